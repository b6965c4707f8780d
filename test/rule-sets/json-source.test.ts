import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonSource } from '#rule-sets/json-source.ts';
import { propertyRuns } from '../support/property-runs.ts';

const encoder = new TextEncoder();
const LIMITS = { bytesMax: 30_000_000, depthMax: 64 };

const parse = (text: string, limits = LIMITS) => parseJsonSource('book.json', encoder.encode(text), limits);

/** ``line:column path message`` of the refusal. */
const refusal = (text: string): string => {
  const result = parse(text);
  return result.ok ? 'accepted' : `${result.refusal.line}:${result.refusal.column} ${result.refusal.path} ${result.refusal.message}`;
};

describe('a document is refused where it goes wrong', () => {
  it.each([
    ['nothing', '', '1:1 $ not valid json: expected a value, got the end of the file'],
    ['a trailing comma in an object', '{\n  "a": 1,\n}', '3:1 $ trailing commas are not part of json'],
    ['a trailing comma in a list', '[1,]', '1:4 $[1] trailing commas are not part of json'],
    ['a comment', '{ "a": 1 // one\n}', '1:10 $.a comments are not part of json'],
    ['a word that is none', '{"a":{"b":[1,{"c":tru}]}}', '1:19 $.a.b[1].c not valid json: expected a value, got `t`'],
    ['a missing colon', '{"a" 1}', '1:6 $.a not valid json: expected `:`, got `1`'],
    ['a missing comma', '[1 2]', '1:4 $[0] not valid json: expected `,` or `]`, got `2`'],
    ['the wrong bracket', '{"a":[1}', '1:8 $.a[0] not valid json: expected `,` or `]`, got `}`'],
    ['an open end', '{"a":[', '1:7 $.a[0] not valid json: expected a value, got the end of the file'],
    ['something after the end', '{} {}', '1:4 $ not valid json: expected the end of the file, got `{`'],
    ['a key without quotes', '{a:1}', '1:2 $ not valid json: expected a key in double quotes, got `a`'],
    ['a leading zero', '[01]', '1:3 $[0] not valid json: expected `,` or `]`, got `1`'],
    ['a lone minus', '[-]', '1:2 $[0] not valid json: a malformed number'],
    ['NaN', '[NaN]', '1:2 $[0] not valid json: expected a value, got `N`'],
    ['a bad escape', '["\\x41"]', '1:2 $[0] not valid json: a string that does not end or holds a control character or a bad escape'],
    [
      'a line feed in a string',
      '["a\nb"]',
      '1:2 $[0] not valid json: a string that does not end or holds a control character or a bad escape',
    ],
    ['a key given twice', '{"a":1,\n "b":{"a":2,"\\u0061":3}}', '2:13 $.b.a key `a` is given twice in one object'],
    ['a number out of range', '{"a":-1e999}', '1:6 $.a number `-1e999` is not a finite number: write decimals as strings'],
    ['a number too small for a double', '[1e-400]', '1:2 $[0] number `1e-400` loses digits when it is read: write decimals as strings'],
    ['a number of too many digits', '[0.1234567890123456789]', expect.stringContaining('loses digits when it is read')],
  ])('%s', (_claim, text, expected) => {
    expect(refusal(text)).toEqual(expected);
  });

  it('by its bytes: too many, a byte order mark, not utf-8 (with the line)', () => {
    const message = (bytes: Uint8Array, bytesMax = 100): unknown => {
      const result = parseJsonSource('f', bytes, { bytesMax, depthMax: 8 });
      return result.ok ? 'accepted' : `${result.refusal.line} ${result.refusal.message}`;
    };
    expect(message(encoder.encode('[1]'), 2)).toBe('1 `3` bytes are more than the limit of `2`');
    expect(message(encoder.encode('[1]'), 3)).toBe('accepted');
    expect(message(encoder.encode('\ufeff[1]'))).toBe('1 starts with a byte order mark: save it as plain utf-8');
    expect(message(new Uint8Array([0x5b, 0x0a, 0x22, 0xc3, 0x28, 0x22, 0x5d]))).toBe('2 holds bytes that are not utf-8');
  });

  it('by its depth, at the bracket that is one too many', () => {
    expect(parse('[[1]]', { ...LIMITS, depthMax: 2 }).ok).toBe(true);
    expect(parse('[[[1]]]', { ...LIMITS, depthMax: 2 })).toMatchObject({
      refusal: { column: 3, message: 'nested deeper than the limit of `2` levels' },
    });
  });

  it.each([5_000, 1_000_000])('when it is %d deep, without overflowing the stack', (depth) => {
    expect(refusal('['.repeat(depth))).toContain('nested deeper than the limit of `64` levels');
    expect(refusal('{"a":'.repeat(depth))).toContain('nested deeper than the limit of `64` levels');
  });

  it('in one line, whatever its keys contain', () => {
    const result = parse(`{${JSON.stringify('a\n\u202e\u2028b')}:1,${JSON.stringify('a\n\u202e\u2028b')}:2}`);
    expect(result.ok ? '' : result.refusal.message).toBe('key `a\ufffd\ufffd\ufffdb` is given twice in one object');
  });
});

describe('a document that is accepted', () => {
  it('has the value that JSON.parse gives, in every layout', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 1, 2), (text, indent) => {
        const laidOut = JSON.stringify(JSON.parse(text), null, indent);
        const result = parse(laidOut);
        if (result.ok) expect(result.value.value).toEqual(JSON.parse(laidOut));
        else expect(result.refusal.message).toMatch(/loses digits|is not allowed/);
      }),
      propertyRuns(),
    );
  });

  it('is one that JSON.parse accepts: spoiled documents never throw and never slip through', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', '"', '{', ']', ',', '\\', '\u0000', '/', 'e', '-', '9'),
        (text, at, put) => {
          const position = at % (text.length + 1);
          const spoiled = text.slice(0, position) + put + text.slice(position + 1);
          if (parse(spoiled).ok) expect(() => JSON.parse(spoiled)).not.toThrow();
        },
      ),
      propertyRuns(),
    );
  });

  it('keeps numbers that a double holds as written', () => {
    const result = parse('[0.1, 1e3, 1.50e2, -0, 0.30000000000000004, 123456789012345680, 0.000001]');
    expect(result.ok && result.value.value).toEqual([0.1, 1000, 150, -0, 0.30000000000000004, 123456789012345680, 0.000001]);
  });
});

describe('places', () => {
  const text = '{\n  "a b": [1,\n    { "c": "x" }],\n  "d" :\n  null\n}';
  const source = parse(text);

  it.each([
    [[], '1:1', '1:1'],
    [['a b'], '2:10', '2:3'],
    [['a b', 0], '2:11', '2:11'],
    [['a b', 1, 'c'], '3:12', '3:7'],
    [['d'], '5:3', '4:3'],
    [['a b', 1, 'missing'], '3:5', '3:5'],
    [['a b', 7], '2:10', '2:3'],
    [['d', 'x', 'y'], '5:3', '4:3'],
  ])('of %j: value at %s, key at %s', (path, valueAt, keyAt) => {
    if (!source.ok) throw new Error('refused');
    const show = ({ line, column }: { line: number; column: number }): string => `${line}:${column}`;
    expect([show(source.value.locate(path)), show(source.value.locateKey(path))]).toEqual([valueAt, keyAt]);
  });
});

describe('a book of 5 MB', () => {
  const position = { marketId: 'BTC-USDT', side: 'LONG', quantity: '1.5', entryPrice: '100.25', marginMode: 'CROSS' };
  const accounts = Array.from({ length: 30_000 }, (_, index) => ({
    accountId: `a${index}`,
    walletBalances: { USDT: '1000.5' },
    positions: [position],
  }));
  const bytes = encoder.encode(JSON.stringify({ accounts }));

  it('parses in well under 2 seconds, and a thousand places in it are found in as little', () => {
    expect(bytes.length).toBeGreaterThan(4_500_000);
    const started = performance.now();
    const result = parseJsonSource('book.json', bytes, LIMITS);
    for (let index = 0; index < 1_000; index += 1)
      if (result.ok) result.value.locate(['accounts', 29_999 - index, 'positions', 0, 'quantity']);
    expect(result.ok).toBe(true);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
