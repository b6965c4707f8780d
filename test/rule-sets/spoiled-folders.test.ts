import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../support/property-runs.ts';
import { load, shippedFiles } from './shipped-files.ts';

const house = shippedFiles('house');

describe('a few hundred spoiled folders', () => {
  const names = Object.keys(house);
  const pieces = [
    '',
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    'null',
    '0',
    '-',
    '1e999',
    '{"fact":"x"}',
    '[]',
    '{}',
    '\\',
    '__proto__',
    '\u0000',
    'é',
  ];

  it('never throw, and each refusal names a file of the folder, a line, a path, a cost and a mend', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.nat({ max: 30 }), fc.constantFrom(...pieces), (name, at, length, piece) => {
        const text = (house[name] ?? '').slice(0, 3_000);
        const position = at % text.length;
        const result = load({ ...house, [name]: text.slice(0, position) + piece + text.slice(position + length) });
        if (result.ok) return;
        for (const fault of result.refusal) {
          expect(fault.file).toMatch(/^set\//);
          expect(fault.line).toBeGreaterThan(0);
          expect(fault.path).toMatch(/^\$/);
          for (const text of [fault.message, fault.effect, fault.mend]) expect(text).toMatch(/^(?!.*(?:undefined|\[object)).{6,}$/);
        }
      }),
      { ...propertyRuns(), numRuns: 300 },
    );
  });

  it('never throw whatever JSON stands in a file', () => {
    const keys = fc.constantFrom(
      'rules',
      'conditions',
      'all',
      'any',
      'not',
      'fact',
      'operator',
      'value',
      'event',
      'type',
      'name',
      'markets',
      '*',
      'notes',
    );
    const leaf = fc.oneof(
      fc.constantFrom('marginExcess', 'decimalLessThan', 'LIQUIDATE', '0', '*'),
      fc.constant(null),
      fc.integer(),
      fc.boolean(),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'medium' },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.constantFrom(...names), tree, (name, value) => {
        const result = load({ ...house, [name]: JSON.stringify(value) });
        expect(result.ok).toBe(false);
        for (const { effect, mend } of result.ok ? [] : result.refusal)
          for (const text of [effect, mend]) expect(text).toMatch(/^(?!.*(?:undefined|\[object)).{6,}$/);
      }),
      { ...propertyRuns(), numRuns: 300 },
    );
  });
});
