import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkSchema, parseJsonSource } from '#rule-sets/json-source.ts';
import {
  closed,
  decimalText,
  durationText,
  idText,
  only,
  ratioBelowOne,
  ratioUpToOne,
  timestampText,
} from '#rule-sets/schema-primitives.ts';

const faultsOf = (schema: z.ZodType, text: string): readonly string[] => {
  const source = parseJsonSource('f', new TextEncoder().encode(text), { bytesMax: 10_000_000, depthMax: 20 });
  if (!source.ok) throw new Error(source.refusal.message);
  const result = checkSchema(source.value, schema);
  return result.ok ? [] : result.refusal.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`);
};

const accepts = (schema: z.ZodType, text: string): boolean => faultsOf(schema, JSON.stringify(text)).length === 0;

describe('a schema fault says', () => {
  const market = closed({ marketId: idText, markPrice: decimalText, kind: z.enum(['A', 'B']).optional() });

  it('what was expected and what was found', () => {
    expect(faultsOf(closed({ markets: z.array(market) }), '{ "markets": [{ "marketId": "x",\n  "markPrice": 0.5 }] }')).toEqual([
      '2:16 $.markets[0].markPrice expected a decimal string such as "0.5", got number 0.5',
    ]);
  });

  it('that a key is missing, at the object that lacks it', () => {
    expect(faultsOf(closed({ market }), '{ "market":\n { "marketId": "x" } }')).toEqual([
      '2:2 $.market.markPrice expected a decimal string such as "0.5", got nothing',
    ]);
  });

  it('every unknown key at its own line, and the choices of a closed list', () => {
    expect(faultsOf(market, '{ "marketId": "x", "markPrice": "1",\n "kind": "C",\n "px": 1,\n "py": {} }')).toEqual([
      '2:10 $.kind expected one of "A", "B", got string "C"',
      '3:2 $.px unknown key `px`',
      '4:2 $.py unknown key `py`',
    ]);
  });

  it('of a union only what the branch that was meant expected', () => {
    const shape = z.union([closed({ circle: decimalText }), closed({ square: decimalText, name: z.string() })]);
    expect(faultsOf(shape, '{ "square": 1, "name": "x" }')).toEqual([
      '1:13 $.square expected a decimal string such as "0.5", got number 1',
    ]);
    expect(faultsOf(shape, '{ "circle": null }')).toEqual(['1:13 $.circle expected a decimal string such as "0.5", got null']);
    expect(faultsOf(z.union([z.string(), z.array(z.string())]), '5')).toEqual(['1:1 $ expected a string or a list, got number 5']);
  });

  it('which choice this version has', () => {
    expect(faultsOf(closed({ allocation: only('QUEUE', 'allocation') }), '{ "allocation": "PRO_RATA" }')).toEqual([
      '1:17 $.allocation expected "QUEUE", the only allocation of this version, got string "PRO_RATA"',
    ]);
  });

  it('of a document with a thousand faults the first hundred, and how many more there are', () => {
    const faults = faultsOf(z.array(idText), JSON.stringify(Array(1_000).fill('#')));
    expect(faults).toHaveLength(100);
    expect(faults.at(-1)).toContain('(and `900` more faults in this file)');
  });
});

describe('notes and $schema', () => {
  it('are let be wherever an object is', () => {
    expect(
      faultsOf(closed({ a: closed({ b: idText }) }), '{ "$schema": "x", "notes": [1], "a": { "notes": { "b": "why" }, "b": "x" } }'),
    ).toEqual([]);
  });
});

describe('a decimal string', () => {
  it.each(['0', '-1', '007', '12345678901234567890.123456789012', '0.5'])('may be %s', (text) => {
    expect(accepts(decimalText, text)).toBe(true);
  });
  it.each(['', ' 1', '1 ', '+1', '.5', '1.', '1e3', '0x10', 'NaN', 'Infinity', '123456789012345678901', '1.1234567890123', '1,5', '1\n'])(
    'is not %j',
    (text) => expect(accepts(decimalText, text)).toBe(false),
  );
  it('has no minus zero', () => expect(decimalText.parse('-0.0').toFixed()).toBe('0'));
});

describe('a ratio', () => {
  it.each(['0.000000000001', '0.5', '0.999999999999'])('between 0 and 1 may be %s', (text) =>
    expect(accepts(ratioBelowOne, text)).toBe(true),
  );
  it.each(['0', '0.0', '1', '1.0', '-0.5', '2'])('between 0 and 1 is not %s', (text) => expect(accepts(ratioBelowOne, text)).toBe(false));
  it.each(['0.2', '1', '1.00'])('up to 1 may be %s', (text) => expect(accepts(ratioUpToOne, text)).toBe(true));
  it.each(['0', '1.000000000001', '11'])('up to 1 is not %s', (text) => expect(accepts(ratioUpToOne, text)).toBe(false));
});

describe('a length of time', () => {
  it.each([
    ['PT60S', 60_000],
    ['PT1H', 3_600_000],
    ['PT8H', 28_800_000],
    ['P1D', 86_400_000],
    ['P1DT2H3M4S', 93_784_000],
  ])('%s is %d ms', (text, milliseconds) => expect(durationText.parse(text)).toBe(milliseconds));
  it.each(['', 'P', 'PT', 'P1DT', 'PT0S', 'P1M', 'P1Y', 'P1W', '60', 'PT1.5S', '-PT1S', 'pt1s'])('is not %j', (text) =>
    expect(accepts(durationText, text)).toBe(false),
  );
});

describe('a time', () => {
  it('is UTC, to the millisecond', () => expect(timestampText.parse('2025-10-10T21:16:04.250Z')).toBe(1760130964250));
  it.each([
    '2025-10-10T21:16:04',
    '2025-10-10T21:16:04+02:00',
    '2025-02-30T00:00:00Z',
    '2025-13-01T00:00:00Z',
    '2025-01-01T24:00:00Z',
    '1760130964',
  ])('is not %s', (text) => expect(accepts(timestampText, text)).toBe(false));
});
