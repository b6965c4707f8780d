import { describe, expect, it } from 'vitest';
import { faultsWith, load, shippedFiles } from './shipped-files.ts';

/** `floor cap rate [amount] [leverage]`, `-` for none. */
const tier = (row: string): string => {
  const [floor, cap, rate, amount = '-', leverage = '-'] = row.split(' ');
  const given = (key: string, value: string): string => (value === '-' ? '' : `, "${key}": "${value}"`);
  return (
    `{ "notionalFloor": "${floor}", "notionalCap": ${cap === '-' ? 'null' : `"${cap}"`}, "maintenanceMarginRate": "${rate}"` +
    `${given('maintenanceAmount', amount)}${given('maximumLeverage', leverage)} }`
  );
};

const file = (form: string, rows: readonly string[]): string =>
  `{ "form": "${form}", "boundary": "LOWER_TIER", "markets": { "*": [\n${rows.map(tier).join(',\n')}] } }`;

/** ``[tier].key message``; every tier stands on its own line, which is checked here. */
const faults = (rows: readonly string[], form = 'DEDUCTION'): readonly string[] =>
  faultsWith('margin-tiers.json', file(form, rows)).map(({ line, path, message }) => {
    const at = /^\$\.markets\["\*"\]\[(\d+)\]\.(\w+)$/.exec(path);
    expect(line).toBe(Number(at?.[1]) + 2);
    return `[${at?.[1]}].${at?.[2]} ${message}`;
  });

describe('a tier table is accepted', () => {
  it.each([
    ['with amounts that are exactly continuous', ['0 50000 0.004 0 125', '50000 600000 0.005 50 100', '600000 - 0.0065 950 75']],
    ['without amounts', ['0 50000 0.004', '50000 600000 0.005', '600000 - 0.0065']],
    ['with one tier and no cap', ['0 - 0.5 - 1']],
    ['with equal rates in two tiers', ['0 10 0.01 0', '10 20 0.01 0']],
    ['with amounts in some tiers only', ['0 50000 0.004', '50000 600000 0.005 50', '600000 - 0.0065', '700000 - 0.01'].slice(0, 3)],
  ])('%s', (_claim, rows) => expect(faults(rows)).toEqual([]));

  it.each(['MARGINAL', 'FLAT'])('in form %s without amounts, or with zeros', (form) => {
    expect(faults(['0 50000 0.004', '50000 - 0.005 0'], form)).toEqual([]);
  });
});

describe('a tier table is refused', () => {
  it.each([
    ['when it does not begin at zero', ['1 10 0.01'], ['[0].notionalFloor expected `0`, the floor of the lowest tier, got `1`']],
    ['with a gap', ['0 10 0.01', '11 20 0.02'], ['[1].notionalFloor expected `10`, the cap of the tier below, got `11`']],
    ['with a cap at its floor', ['0 10 0.01', '10 10 0.02'], ['[1].notionalCap expected a cap above the floor `10`, got `10`']],
    [
      'without a cap before the last tier',
      ['0 - 0.01', '10 20 0.02'],
      ['[0].notionalCap expected a cap: only the last tier may have none, got null'],
    ],
    [
      'with a rate that falls',
      ['0 10 0.02', '10 20 0.01'],
      ['[1].maintenanceMarginRate expected at least `0.02`, the rate of the tier below, got `0.01`'],
    ],
    [
      'with an amount that makes a step',
      ['0 50000 0.004', '50000 - 0.005 50.000000000001'],
      ['[1].maintenanceAmount expected `50`, which keeps the maintenance margin continuous at the floor, got `50.000000000001`'],
    ],
    [
      'with an amount in the lowest tier',
      ['0 50000 0.004 1'],
      ['[0].maintenanceAmount expected `0`, which keeps the maintenance margin continuous at the floor, got `1`'],
    ],
    [
      'when a new position at its maximum leverage would be liquidatable: rate 1 / leverage',
      ['0 - 0.02 - 50'],
      [
        '[0].maintenanceMarginRate expected less than the initial margin rate `0.02` (1 / `50`), got `0.02`: a new position would be liquidatable',
      ],
    ],
  ])('%s', (_claim, rows, expected) => expect(faults(rows)).toEqual(expected));

  it.each(['0', '1', '1.5', '-0.01', '0.0'])('with the rate %s', (rate) => {
    expect(faults([`0 - ${rate}`])).toEqual([
      expect.stringMatching(/^\[0\]\.maintenanceMarginRate expected a decimal string between "0" and "1"/),
    ]);
  });

  it.each(['MARGINAL', 'FLAT'])('in form %s with an amount', (form) => {
    expect(faults(['0 50000 0.004', '50000 - 0.005 50'], form)).toEqual([
      `[1].maintenanceAmount expected none in form \`${form}\`, got \`50\``,
    ]);
  });

  it('once for one wrong amount, not again for every tier above it', () => {
    expect(faults(['0 50000 0.004 0', '50000 600000 0.005 51', '600000 3000000 0.0065 950', '3000000 - 0.01 11450'])).toHaveLength(1);
  });

  it('when it is empty, and for a market id that is none', () => {
    const text = '{ "form": "FLAT", "boundary": "LOWER_TIER", "markets": { "notes": "x", "BTC/USDT": [], "a": [] } }';
    expect(faultsWith('margin-tiers.json', text).map(({ path }) => path)).toContain('$.markets.a');
    const named = text.replace('"a": []', `"a": [${tier('0 - 0.5')}]`).replace('"BTC/USDT": []', `"BTC/USDT": [${tier('0 - 0.5')}]`);
    expect(faultsWith('margin-tiers.json', named).map(({ path, message }) => `${path} ${message}`)).toEqual([
      '$.markets["BTC/USDT"] is not a market id and not "*"',
    ]);
  });

  it('beyond 4 MB, and not below', () => {
    const text = shippedFiles('house')['margin-tiers.json'] ?? '';
    const sized = (bytes: number) =>
      load({ ...shippedFiles('house'), 'margin-tiers.json': text.padEnd(bytes - (Buffer.byteLength(text) - text.length)) });
    expect(sized(4_194_304).ok).toBe(true);
    expect(sized(4_194_305)).toMatchObject({ refusal: [{ message: '`4194305` bytes are more than the limit of `4194304`' }] });
  });
});
