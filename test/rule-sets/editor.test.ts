import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FACTS, factNames } from '#rule-sets/facts.ts';
import { OPERATOR_MEANINGS, OPERATOR_NAMES } from '#rule-sets/operators.ts';
import { RULE_FILES } from '#rule-sets/rule-files.ts';
import { SCHEMAS } from '../../scripts/schema-list.ts';
import { projectFiles } from '../tidy/project-files.ts';
import { hoverOn, offersAt, schemaSettings, underlinedIn } from './editor.ts';

/** A new version that is being written, whose files name no schema: the settings alone say which one they have. */
const draft = (file: string): string => `rules/venue/1.0.0/${file}`;

const shipped = (set: string, file: string): string =>
  readFileSync(new URL(`../../rules/${set}/1.0.0/${file}`, import.meta.url), 'utf8').replace(/^ *"\$schema".*\n/m, '');

const labels = async (file: string, marked: string): Promise<readonly string[]> =>
  (await offersAt(draft(file), marked)).map(({ label }) => label).filter((label) => label !== '$schema' && label !== 'notes');

const RULE = '{ "rules": [{ "name": "a", "priority": 1, "conditions": { "all": [';

describe('the settings of the editor', () => {
  it('give every file of a rule set, every test, book and scenario a schema that exists', () => {
    const urls = schemaSettings().map(({ url }) => url.replace('./rules/schema/', '').replace('.schema.json', ''));
    expect(urls.filter((name) => !Object.hasOwn(SCHEMAS, name))).toEqual([]);
    for (const file of Object.keys(RULE_FILES))
      expect(
        schemaSettings().filter(({ fileMatch }) => fileMatch.includes(`/rules/*/*/${file}`)),
        file,
      ).toHaveLength(1);
  });
});

describe('the editor offers', () => {
  const fieldsOf = (schema: z.ZodType): readonly string[] =>
    Object.keys(
      z.object({ properties: z.record(z.string(), z.unknown()) }).parse(z.toJSONSchema(schema, { io: 'input' })).properties,
    ).filter((name) => name !== '$schema' && name !== 'notes');

  it.each(Object.keys(RULE_FILES))('the fields of %s in an empty file', async (file) => {
    const schema = SCHEMAS[file.replace('.rules.json', '-rules').replace('.json', '')];
    const expected = schema === undefined ? [] : fieldsOf(schema);
    expect(expected.length).toBeGreaterThan(0);
    expect(await labels(file, '{ | }')).toEqual(expected);
  });

  it.each([
    ['rules/venue/1.0.0/tests/a.json', ['name', 'expect']],
    ['rules/venue/1.0.0/tests/books/one.json', ['markets', 'accounts']],
    ['docs/examples/any/book.json', ['markets', 'accounts']],
    ['docs/examples/any/scenario.json', ['book', 'marks']],
  ])('the fields of %s', async (path, fields) => {
    expect((await offersAt(path, '{ | }')).map(({ label }) => label)).toEqual(expect.arrayContaining(fields));
  });

  it('the fields of a rule, of a comparison and of a tier, with a value to begin with', async () => {
    expect(await labels('margin.rules.json', '{ "rules": [{ | }] }')).toEqual(['name', 'priority', 'conditions', 'event']);
    expect((await labels('margin.rules.json', `${RULE}{ | }] } }] }`)).toSorted()).toEqual(
      ['all', 'any', 'fact', 'not', 'operator', 'value'].toSorted(),
    );
    expect(await labels('margin-tiers.json', '{ "markets": { "*": [{ | }] } }')).toEqual([
      'notionalFloor',
      'notionalCap',
      'maintenanceMarginRate',
      'maintenanceAmount',
      'maximumLeverage',
    ]);
    const [, priority] = await offersAt(draft('margin.rules.json'), '{ "rules": [{ | }] }');
    expect(priority?.inserts).toMatch(/^"priority": \$\{1:10\}/);
  });

  it('a whole rule, tier and fund to begin with', async () => {
    const inserted = async (file: string, marked: string) => (await offersAt(draft(file), marked)).map(({ inserts }) => inserts).join('');
    expect(await inserted('margin.rules.json', '{ "rules": [|] }')).toMatch(/"name".*"priority".*"marginExcess".*"LIQUIDATE"/s);
    expect(await inserted('shortfall.rules.json', '{ "rules": [|] }')).toMatch(/"residualQuantity".*"DELEVERAGE"/s);
    expect(await inserted('margin-tiers.json', '{ "markets": { "*": [|] } }')).toMatch(/"notionalFloor".*"maintenanceMarginRate"/s);
    expect(await inserted('insurance-fund.json', '{ "domains": [|] }')).toMatch(/"fundId".*"floor"/s);
  });

  it.each(['margin', 'shortfall'] as const)('exactly the facts of %s rules, each with meaning and unit', async (kind) => {
    const offers = await offersAt(draft(`${kind}.rules.json`), `${RULE}{ "fact": | }] } }] }`);
    expect(offers.map(({ label }) => label)).toEqual(factNames(kind));
    for (const { label, explains } of offers) {
      const fact = Object.entries(FACTS).find(([name]) => name === label)?.[1];
      expect(explains).toContain(fact?.meaning ?? 'no such fact');
      expect(explains).toContain(`Unit: ${fact?.unit}`);
    }
  });

  it('every operator with its meaning', async () => {
    const offers = await offersAt(draft('margin.rules.json'), `${RULE}{ "fact": "markAge", "operator": | }] } }] }`);
    expect(offers.map(({ label }) => label)).toEqual(OPERATOR_NAMES);
    for (const name of OPERATOR_NAMES)
      expect(offers.find(({ label }) => label === name)?.explains).toBe(`Holds when the fact is ${OPERATOR_MEANINGS[name]}.`);
  });

  it('the events of margin and of shortfall rules, each with what it does', async () => {
    const margin = await offersAt(draft('margin.rules.json'), '{ "rules": [{ "event": { "type": | } }] }');
    const shortfall = await offersAt(draft('shortfall.rules.json'), '{ "rules": [{ "event": { "type": | } }] }');
    expect(margin.map(({ label }) => label)).toEqual([
      'WARN',
      'REDUCE_TO_TIER',
      'REDUCE_BY_FRACTION',
      'REDUCE_EQUALLY',
      'REDUCE_BY_PORTION',
      'REDUCE_TO_RECOVERY',
      'LIQUIDATE',
      'TAKE_OVER',
    ]);
    expect(shortfall.map(({ label }) => label)).toEqual(['ABSORB', 'DELEVERAGE', 'SOCIALIZE', 'HALT']);
    for (const { label, explains } of [...margin, ...shortfall]) expect(explains, label).toMatch(/^[A-Z].{15,}\.$/);
  });
});

describe('the editor shows on hover', () => {
  it.each([
    ['margin.rules.json', '"liquidationFeeRate"', /^Liquidation fee rate\n.*\nUnit: ratio of the filled value\.\nRaise it/s],
    ['margin.rules.json', '"priority"', /^Priority\n.*Unit: whole number, 1 to 1000000/s],
    ['margin.rules.json', '"marginExcess"', /^Fact\n.*`marginExcess`: marginBalance − .*Unit: settlement asset/s],
    ['margin.rules.json', '"decimalLessThan"', /^Operator\n.*`decimalLessThan`: Holds when the fact is below the value/s],
    ['margin.rules.json', '"REDUCE_TO_TIER"', /^Event REDUCE_TO_TIER\n.*taken down by one tier/s],
    ['margin-tiers.json', '"maintenanceMarginRate"', /^Maintenance margin rate\n.*Unit: ratio of the notional value.*\nRaise it/s],
    ['insurance-fund.json', '"floor"', /^Floor\n.*Unit: asset of the fund\.\nRaise it/s],
    ['safeguards.json', '"jumpBand"', /^Jump band\n.*Unit: ratio of the accepted mark\.\nRaise it/s],
    ['deleveraging.json', '"EXCLUDE"', /^Counterparties without profit\n.*`EXCLUDE`: Never asked/s],
    ['shortfall.rules.json', '"DELEVERAGE"', /`DELEVERAGE`: Counterparties in profit take the residual/],
  ])('in %s on %s title, unit and effect', async (file, target, shown) => {
    expect(await hoverOn(draft(file), shipped('house', file), target)).toMatch(shown);
  });
});

describe('the editor underlines', () => {
  it.each([
    ['an unknown key', 'margin.rules.json', '"name": "liquidate"', '"nam": "liquidate"', '"nam"', /not allowed/],
    ['a number for a decimal', 'margin.rules.json', '"value": "0"', '"value": 0', '0', /expected a decimal string such as "0\.5"/],
    ['a wrong operator', 'margin.rules.json', '"decimalLessThan"', '"lessThan"', '"lessThan"', /Valid values: "decimalLessThan", /],
    ['a wrong fact', 'margin.rules.json', '"tierIndex"', '"tier"', '"tier"', /Valid values: "marginBalance", /],
    ['a wrong event', 'margin.rules.json', '"LIQUIDATE" }', '"CLOSE" }', '"CLOSE"', /expected an event of WARN, /],
    ['an empty all', 'shortfall.rules.json', /\{ "fact": "shortfall".*?\}/, '', '[]', /too few items/],
    ['a number for a rate', 'margin-tiers.json', '"0.05"', '0.05', '0.05', /expected a decimal string between "0" and "1"/],
    ['a rate of 1', 'margin-tiers.json', '"0.05"', '"1"', '"1"', /expected a decimal string between "0" and "1"/],
    ['a number of seconds', 'safeguards.json', '"markMaximumAge": "PT60S"', '"markMaximumAge": 60', '60', /such as "PT60S"/],
    ['a weight out of bounds', 'deleveraging.json', '"pnlRatio": 1', '"pnlRatio": 5', '5', /maximum of 4/],
    ['a bad version', 'rule-set.json', '"1.0.0"', '"1.0"', '"1.0"', /expected a version of three numbers/],
  ])('%s, at the value or key itself', async (_claim, file, before, after, underlined, message) => {
    const text = shipped('house-guarded', file);
    const broken = text.replace(before, after);
    expect(broken).not.toBe(text);
    const line = text
      .slice(0, text.search(before instanceof RegExp ? before : RegExp(before.replace(/[.{}]/g, '\\$&'))))
      .split('\n').length;
    const found = await underlinedIn(draft(file), broken);
    expect(found).toContainEqual([line, underlined, expect.stringMatching(message)]);
    expect(found.length).toBeLessThanOrEqual(2);
  });

  it('a missing field, at the beginning of what lacks it', async () => {
    const broken = shipped('house', 'margin.rules.json').replace('"priority": 30,', '');
    expect(await underlinedIn(draft('margin.rules.json'), broken)).toEqual([[4, '{', 'Missing property "priority".']]);
  });

  it('nothing in what the project ships, by the schema that each file names and by the settings', async () => {
    const files = projectFiles(['rules', 'docs/examples'], /\.json$/).filter(({ path }) => !/schema\/|lock\.json$/.test(path));
    expect(files.length).toBeGreaterThanOrEqual(16);
    for (const { path, text } of files) expect(await underlinedIn(path, text), path).toEqual([]);
    for (const { path, text } of files)
      expect(await underlinedIn(path, text.replace(/^ *"\$schema".*\n/m, '')), `${path} without $schema`).toEqual([]);
  });
});
