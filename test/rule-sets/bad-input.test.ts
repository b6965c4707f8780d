import { describe, expect, it } from 'vitest';
import { loadRuleSet } from '#rule-sets/load-rule-set.ts';
import { encoded, faultsAfter, faultsWith, load, marginRulesWith, shippedFiles, shown } from './shipped-files.ts';

const FILE = 'set/margin.rules.json';
const BELOW = '{ "fact": "marginExcess", "operator": "decimalLessThan", "value": "0" }';
const EXACTLY_ONE = 'exactly one of `all`, `any`, `not` or a comparison of `fact`, `operator` and `value`';
const DECIMAL_OR_IDS = 'expected a decimal string such as "0.5", or a list of ids for `oneOf`';

/** Faults of a margin rule with these conditions; they begin on line 2 at column 56. */
const of = (conditions: string): readonly string[] => faultsWith('margin.rules.json', marginRulesWith(conditions)).map(shown);

const compared = (operator: string, value: string): string =>
  `{ "all": [{ "fact": "marginExcess", "operator": "${operator}", "value": ${value} }] }`;

describe('a rule file is refused', () => {
  it('row 1: for an empty `all`, which would fire for everyone', () => {
    expect(of('{ "all": [] }')).toEqual([`${FILE}:2:65 $.rules[0].conditions.all expected a list of at least 1, got an empty list`]);
  });

  it('row 2: for an empty `any`, which would fire too', () => {
    expect(of('{ "any": [] }')).toEqual([`${FILE}:2:65 $.rules[0].conditions.any expected a list of at least 1, got an empty list`]);
  });

  it('row 3: for `all` and `any` in one node', () => {
    expect(of(`{ "all": [${BELOW}], "any": [${BELOW}] }`)).toEqual([
      `${FILE}:2:56 $.rules[0].conditions expected a condition: ${EXACTLY_ONE}, got an object`,
    ]);
    expect(of(`{ "all": [${BELOW}], "any": [] }`)).toEqual([
      `${FILE}:2:140 $.rules[0].conditions.any unknown key \`any\`: a condition is ${EXACTLY_ONE}`,
    ]);
  });

  it('row 4: for a misspelt key, at the key', () => {
    expect(of('{ "all": [{ "fact": "marginExcess", "operator": "decimalLessThan", "value": "0",\n  "pathh": "$.x" }] }')).toEqual([
      `${FILE}:3:3 $.rules[0].conditions.all[0].pathh unknown key \`pathh\`: a comparison holds \`fact\`, \`operator\` and \`value\`, nothing else`,
    ]);
  });

  it('row 5: for an unknown operator, even where it would never be reached', () => {
    const [fault] = of(`{ "any": [${BELOW}, { "all": [{ "fact": "marginRatio", "operator": "lessThan", "value": "1" }] }] }`);
    expect(fault).toBe(
      `${FILE}:2:186 $.rules[0].conditions.any[1].all[0].operator expected one of "decimalLessThan", "decimalAtMost", "decimalEqual", ` +
        '"decimalAtLeast", "decimalGreaterThan", "oneOf", got string "lessThan"',
    );
  });

  it.each([
    ['null', 'null'],
    ['true', 'boolean true'],
    ['{ "fact": "marginBalance" }', 'an object'],
    ['"ten"', 'string "ten"'],
  ])('row 6: for the constant %s', (value, got) => {
    expect(of(compared('decimalLessThan', value))).toEqual([
      `${FILE}:2:132 $.rules[0].conditions.all[0].value ${DECIMAL_OR_IDS}, got ${got}`,
    ]);
  });

  it('row 6: for an empty list as constant', () => {
    expect(of(compared('decimalLessThan', '[]'))[0]).toBe(
      `${FILE}:2:132 $.rules[0].conditions.all[0].value expected a list of at least 1, got an empty list`,
    );
  });

  it('row 7: for an operator that would compare decimals as text', () => {
    expect(of(compared('greaterThanInclusive', '"10"'))[0]).toContain(
      `${FILE}:2:104 $.rules[0].conditions.all[0].operator expected one of`,
    );
  });

  it('row 8: for a number in place of a decimal string, and for one that would lose digits', () => {
    expect(of(compared('decimalEqual', '5'))).toEqual([`${FILE}:2:129 $.rules[0].conditions.all[0].value ${DECIMAL_OR_IDS}, got number 5`]);
    expect(of(compared('decimalEqual', '9007199254740993'))).toEqual([
      `${FILE}:2:129 $.rules[0].conditions.all[0].value number \`9007199254740993\` loses digits when it is read: write decimals as strings`,
    ]);
  });

  it('row 9: for an infinite number', () => {
    expect(of(compared('decimalEqual', '1e999'))).toEqual([
      `${FILE}:2:129 $.rules[0].conditions.all[0].value number \`1e999\` is not a finite number: write decimals as strings`,
    ]);
  });

  it('row 10: for a key given twice', () => {
    expect(of(`{ "all": [${BELOW}], "all": [${BELOW}] }`)).toEqual([
      `${FILE}:2:140 $.rules[0].conditions.all key \`all\` is given twice in one object`,
    ]);
    expect(faultsAfter('insurance-fund.json', '"floor": "0"', '"floor": "1000", "floor": "0"').map((fault) => fault.message)).toEqual([
      'key `floor` is given twice in one object',
    ]);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('row 11: for the key `%s`, however it is written', (key) => {
    const escaped = `\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}`;
    const expected = `${FILE}:2:58 $.rules[0].conditions.${key} key \`${key}\` is not allowed`;
    expect(of(`{ "${key}": {}, "all": [${BELOW}] }`)).toEqual([expected]);
    expect(of(`{ "${escaped}": {}, "all": [${BELOW}] }`)).toEqual([expected]);
  });

  it('row 12: for an event outside the closed list', () => {
    const faults = faultsWith('margin.rules.json', marginRulesWith(`{ "all": [${BELOW}] }`, '{ "type": "error" }'));
    expect(faults.map(shown)).toEqual([
      `${FILE}:3:24 $.rules[0].event.type expected an event of WARN, REDUCE_TO_TIER, REDUCE_BY_FRACTION, REDUCE_EQUALLY, REDUCE_BY_PORTION, REDUCE_TO_RECOVERY, LIQUIDATE, TAKE_OVER, got string "error"`,
    ]);
  });

  it('row 13: for `oneOf` with a string, which would find substrings', () => {
    const text = shippedFiles('house')['shortfall.rules.json'] ?? '';
    const changed = text.replace(
      '"fact": "shortfall", "operator": "decimalGreaterThan", "value": "0"',
      '"fact": "marketStatus", "operator": "oneOf", "value": "1"',
    );
    expect(faultsWith('shortfall.rules.json', changed).map(shown)).toEqual([
      'set/shortfall.rules.json:9:73 $.rules[0].conditions.all[0].value expected a list of ids for `oneOf`, got string "1"',
    ]);
  });

  it.each(['path', 'params', 'condition', 'priority', 'name'])('row 14: for the key `%s`, which reaches beyond the comparison', (key) => {
    const [fault] = of(`{ "all": [{ "fact": "marginExcess", "${key}": "$.a", "operator": "decimalLessThan", "value": "0" }] }`);
    expect(fault).toBe(
      `${FILE}:2:92 $.rules[0].conditions.all[0].${key} unknown key \`${key}\`: a comparison holds \`fact\`, \`operator\` and \`value\`, nothing else`,
    );
  });

  it('row 15: when it is nested 5,000 deep, or 9 conditions deep', () => {
    const nested = (depth: number): readonly string[] => of(`${'{"all":['.repeat(depth - 1)}${BELOW}${']}'.repeat(depth - 1)}`);
    expect(nested(5000)).toEqual([
      expect.stringMatching(/^set\/margin\.rules\.json:2:143 .* nested deeper than the limit of `24` levels$/),
    ]);
    expect(nested(9)).toEqual([`${FILE}:2:56 $.rules[0].conditions conditions are \`9\` deep, more than the limit of \`8\``]);
    expect(nested(8)).toEqual([]);
  });

  it('row 15: when it is 100,000 wide, or holds 201 conditions', () => {
    const wide = (leaves: number): readonly string[] => of(`{"all":[${Array(leaves).fill(BELOW).join(',')}]}`);
    expect(wide(100_000)).toEqual([
      expect.stringMatching(/^set\/margin\.rules\.json:1:1 \$ `\d+` bytes are more than the limit of `65536`$/),
    ]);
    expect(wide(200)).toEqual([`${FILE}:1:12 $.rules \`201\` conditions are more than the limit of \`200\` per file`]);
    expect(wide(199)).toEqual([]);
  });

  it('row 16: for a reference to a condition', () => {
    expect(of('{ "condition": "liquidate" }')).toEqual([
      `${FILE}:2:56 $.rules[0].conditions expected a condition: ${EXACTLY_ONE}, got an object`,
    ]);
  });

  it.each(['condition', 'conditions', 'ref', '$ref'])('row 16: for a comparison that refers to another by `%s`', (key) => {
    expect(of(`{ "all": [{ "fact": "marginExcess", "${key}": "liquidate", "operator": "decimalLessThan", "value": "0" }] }`)).toEqual([
      `${FILE}:2:92 $.rules[0].conditions.all[0].${key} unknown key \`${key}\`: a comparison holds \`fact\`, \`operator\` and \`value\`, nothing else`,
    ]);
  });

  it('row 17: for one byte more than 64 KB', () => {
    const text = marginRulesWith(`{ "all": [${BELOW}] }`);
    const padded = (bytes: number): readonly string[] => faultsWith('margin.rules.json', text.padEnd(bytes)).map(shown);
    expect(padded(65_536)).toEqual([]);
    expect(padded(65_537)).toEqual([`${FILE}:1:1 $ \`65537\` bytes are more than the limit of \`65536\``]);
  });

  it('row 17: for a byte order mark', () => {
    expect(load({ ...shippedFiles('house'), 'margin.rules.json': `\ufeff${marginRulesWith(`{ "all": [${BELOW}] }`)}` })).toMatchObject({
      refusal: [{ file: FILE, line: 1, path: '$', message: 'starts with a byte order mark: save it as plain utf-8' }],
    });
  });

  it('row 17: for bytes that are not utf-8, with their line', () => {
    const text = marginRulesWith(`{ "all": [${BELOW}] }`);
    const bytes = Uint8Array.from([...(encoded({ text }).get('text')?.subarray(0, 60) ?? []), 0xff]);
    expect(loadRuleSet('set', new Map([...encoded(shippedFiles('house')), ['margin.rules.json', bytes] as const]))).toMatchObject({
      refusal: [{ file: FILE, line: 2, path: '$', message: 'holds bytes that are not utf-8' }],
    });
  });

  it('for `not` before anything but a comparison', () => {
    expect(of(`{ "not": { "all": [${BELOW}] } }`)).toContain(
      `${FILE}:2:67 $.rules[0].conditions.not.all unknown key \`all\`: \`not\` stands before a comparison only, which holds \`fact\`, \`operator\` and \`value\``,
    );
  });
});
