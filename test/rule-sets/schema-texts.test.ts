import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FACTS } from '#rule-sets/facts.ts';
import { toJsonSchema } from '#rule-sets/json-schema.ts';
import { OPERATOR_MEANINGS } from '#rule-sets/operators.ts';
import { RULE_FILES } from '#rule-sets/rule-files.ts';
import { SCHEMAS } from '../../scripts/schema-list.ts';

interface Field {
  readonly path: string;
  readonly node: Readonly<Record<string, unknown>>;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const documentOf = (file: string): Readonly<Record<string, unknown>> => {
  const schema = SCHEMAS[file.replace('.rules.json', '-rules').replace('.json', '')] ?? z.never();
  return JSON.parse(toJsonSchema(schema));
};

/** Every property that a schema describes anywhere, references resolved; each definition once. */
const fieldsOf = (root: Readonly<Record<string, unknown>>): readonly Field[] => {
  const definitions = isObject(root.definitions) ? root.definitions : {};
  const seen = new Set<unknown>();
  const targetOf = (node: unknown): unknown =>
    isObject(node) && typeof node.$ref === 'string' ? definitions[node.$ref.replace('#/definitions/', '')] : node;
  const walk = (given: unknown, path: string): readonly Field[] => {
    const node = targetOf(given);
    if (!isObject(node) || seen.has(node)) return [];
    seen.add(node);
    const members = isObject(node.properties) ? Object.entries(node.properties) : [];
    const own = members.flatMap(([key, value]) => {
      const target = targetOf(value);
      return isObject(target) ? [{ path: `${path}.${key}`, node: target }] : [];
    });
    const branches = [node.anyOf, node.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
    return [
      ...own,
      ...members.flatMap(([key, value]) => walk(value, `${path}.${key}`)),
      ...walk(node.items, `${path}[]`),
      ...walk(node.additionalProperties, `${path}.*`),
      ...branches.flatMap((branch) => walk(branch, path)),
    ];
  };
  return walk(root, '$');
};

const isForPeople = ({ path }: Field): boolean => /\.(?:\$schema|notes)$/.test(path);
const branchesOf = ({ node }: Field): readonly unknown[] => [node, ...(Array.isArray(node.anyOf) ? node.anyOf : [])];

/** Whether a field is a number: a decimal, a count or a length of time. Its effect and unit are then worth saying. */
const isNumber = (field: Field): boolean =>
  branchesOf(field).some(
    (branch) =>
      isObject(branch) &&
      (branch.type === 'integer' || (typeof branch.errorMessage === 'string' && /decimal string|length of time/.test(branch.errorMessage))),
  );

describe.each(Object.keys(RULE_FILES))('the schema of %s', (file) => {
  const fields = fieldsOf(documentOf(file)).filter((field) => !isForPeople(field));

  it('has title and description for the file and for every field', () => {
    const root = { path: '$', node: documentOf(file) };
    const bare = [root, ...fields].filter(
      ({ node }) => !(/\w{2}/.test(String(node.title ?? '')) && /\w{3}.*\./s.test(String(node.description ?? ''))),
    );
    expect(fields.length).toBeGreaterThan(4);
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  it('says of every number its unit, what another one does, and an example', () => {
    const silent = fields.filter(isNumber).filter(({ path, node }) => {
      const text = String(node.description);
      const moves = /\b[Rr]aise|\b[Ll]engthen|No free choice/.test(text);
      return !(text.includes('\nUnit: ') && moves && Array.isArray(node.examples) && path !== '');
    });
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('explains every name of a list that it lets choose from', () => {
    const lists = fields.flatMap((field) => branchesOf(field)).filter((node) => isObject(node) && Array.isArray(node.enum));
    for (const node of lists)
      if (isObject(node) && Array.isArray(node.enum)) {
        const meanings = z.array(z.string().min(5)).parse(node.enumDescriptions);
        expect(meanings).toHaveLength(node.enum.length);
      }
  });

  it('gives examples that the schema itself accepts', () => {
    for (const { path, node } of fields.filter(({ node: each }) => Array.isArray(each.examples))) {
      const schema = z.fromJSONSchema(
        JSON.parse(JSON.stringify({ ...node, definitions: documentOf(file).definitions, examples: undefined, default: undefined })),
      );
      for (const example of z.array(z.unknown()).parse(node.examples))
        expect(schema.safeParse(example).success, `${path}: ${example}`).toBe(true);
    }
  });
});

describe('the fields that may be missing', () => {
  it('say what holds then', () => {
    expect(
      Object.keys(RULE_FILES).flatMap((file) =>
        fieldsOf(documentOf(file))
          .filter(({ node }) => node.default !== undefined)
          .map(({ path, node }) => `${path} ${JSON.stringify(node.default)}`),
      ),
    ).toEqual([
      '$.measuredIn "NOTIONAL"',
      '$.valuedAt "MARK"',
      '$.closingFee "BESIDE_MAINTENANCE"',
      '$.maintenanceFraction null',
      '$.openInterestScales null',
      '$.markets.*[].maintenanceAmount null',
      '$.markets.*[].maximumLeverage null',
      '$.rules[].event.params {"tiers":1}',
      '$.rules[].event.params {}',
      '$.rules[].event.params.minimumShortage "0"',
      '$.rules[].event.params.minimumNotional "0"',
      '$.execution.fillable null',
      '$.execution.crossBankruptcyPrice "ZERO_PRICE"',
      '$.execution.liquidationFeeBasis {"kind":"FILLED_VALUE"}',
      '$.execution.concessionRate "0"',
      '$.execution.recoveryBuffer null',
      '$.execution.legs {"order":"MARKET","atOnce":"ALL"}',
      '$.domains[].drawCapPerMarket null',
      '$.domains[].drawCapPerInterval null',
      '$.domains[].drawdown null',
      '$.domains[].balanceTrigger null',
      '$.domains[].warning null',
      '$.domains[].drawCapPerMarketForever null',
      '$.domains[].keepsLastUnit false',
      '$.domains[].income {"liquidationFeeShare":"1","surplusShare":"1"}',
      '$.domains[].drawdown.measure "FUND_BALANCE"',
      '$.domains[].warning.drawdown null',
      '$.domains[].warning.balance null',
      '$.domains[].income.liquidationFeeShare "1"',
      '$.domains[].income.surplusShare "1"',
      '$.afterCounterparties "CARRY_AND_HALT"',
      '$.ranking.profit.floor null',
      '$.ranking.profit.walletFloor null',
      '$.ranking.factors[].floor null',
      '$.exclude.ownerTagPrefix null',
      '$.exclude.bankruptcyPriceCrossed false',
      '$.exclude.insolventAfter false',
      '$.exclude.withoutPositiveScore false',
      '$.exclude.hedged false',
      '$.jumpConfirmations 2',
      '$.volatility null',
      '$.opening null',
      '$.withdrawalGate null',
      '$.opening.openInterestCap null',
      '$.opening.amberCapShare "1"',
      '$.opening.positionShare null',
      '$.opening.positionShareFrom "0"',
      '$.opening.unrealizedProfitCap null',
    ]);
  });
});

describe('rules/README.md', () => {
  const readme = readFileSync(new URL('../../rules/README.md', import.meta.url), 'utf8');

  it.each(Object.entries(OPERATOR_MEANINGS))('says of %s what the editor says', (name, meaning) => {
    expect(readme).toContain(`| \`${name}\` | ${meaning}`);
  });

  it.each(Object.entries(FACTS))('says of %s what the editor says', (name, { unit, meaning }) => {
    expect(readme).toContain(`| \`${name}\` | ${unit} | ${meaning} |`);
  });
});
