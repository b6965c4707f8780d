import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseBook } from '#local/parse-book.ts';
import { parseCandles } from '#local/parse-candles.ts';
import { parseScenario } from '#local/parse-scenario.ts';
import { bookDocument, bytesOf } from './book-document.ts';

const book = bytesOf(JSON.stringify(bookDocument(), null, 1));

const expectOneLine = (fault: { file: string; line: number; message: string } | null): void => {
  expect(fault?.file).toBe('input');
  expect(fault?.line).toBeGreaterThanOrEqual(1);
  // One line for a person: no stack trace, no control characters from the file.
  expect(fault?.message).not.toMatch(/\p{Cc}|\bat .*\.ts:/u);
  expect(fault?.message).not.toBe('');
};

const bookFault = (bytes: Uint8Array) => {
  const parsed = parseBook('input', bytes);
  return parsed.ok ? null : parsed.refusal;
};

it('a book cut off anywhere is refused in one line', () => {
  for (let end = 0; end < book.length - 1; end += 1) expectOneLine(bookFault(book.subarray(0, end)));
});

it('a book with foreign bytes in it is parsed or refused, never thrown at', () => {
  const spoilt = fc.tuple(fc.nat(book.length - 1), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(([at, bytes]) => {
    const copy = Uint8Array.from(book);
    copy.set(bytes.subarray(0, copy.length - at), at);
    return copy;
  });
  fc.assert(
    fc.property(spoilt, (bytes) => {
      const fault = bookFault(bytes);
      if (fault !== null) expectOneLine(fault);
    }),
    { numRuns: 2_000 },
  );
});

it('random bytes are no book and no scenario', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expectOneLine(bookFault(bytes));
      const scenario = parseScenario('input', bytes);
      expectOneLine(scenario.ok ? null : scenario.refusal);
    }),
    { numRuns: 1_000 },
  );
});

it('any other JSON value is no book and no scenario', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const bytes = bytesOf(JSON.stringify(value));
      expectOneLine(bookFault(bytes));
      const scenario = parseScenario('input', bytes);
      expectOneLine(scenario.ok ? null : scenario.refusal);
    }),
    { numRuns: 1_000 },
  );
});

it('random text is no candle file', () => {
  const headed = fc.string({ unit: 'binary', maxLength: 100 }).map((text) => `open_time_ms,open_usd,high_usd,low_usd,close_usd\n${text}`);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), headed), (text) => {
      const candles = parseCandles('input', text);
      expectOneLine(candles.ok ? null : candles.refusal);
    }),
    { numRuns: 1_000 },
  );
});
