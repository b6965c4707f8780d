import { describe, expect, it } from 'vitest';
import type { ChosenSettlementPrice } from '#core/adl/settlement-price-policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { DecodeError } from '#functions/adapters/dynamodb/decode-error.ts';
import { commandOfEvent } from '#functions/adapters/lambda/rule-command.ts';
import { packRuleSet, unpackRuleSet } from '#functions/adapters/lambda/rule-set-body.ts';
import { parseRuleSet, ruleSetJson } from '#functions/adapters/lambda/rule-set-json.ts';
import { settlementPricePolicy } from '#functions/adapters/lambda/taking-json.ts';
import { GUARDED, HOUSE } from '../../support/small-law.ts';

const AT = { table: 'RuleSets', key: 'house', attribute: '' };

type Path = readonly (string | number)[];

/** The guarded law as JSON with one member set to another value, or taken out. */
const changed = (path: Path, value: unknown): unknown => {
  const json: unknown = JSON.parse(JSON.stringify(ruleSetJson(GUARDED)));
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => Object(at)[step], json);
  if (value === undefined) Reflect.deleteProperty(Object(parent), path.at(-1) ?? '');
  else Reflect.set(Object(parent), path.at(-1) ?? '', value);
  return json;
};

const LEAF = { fact: 'marginExcess', operator: 'decimalLessThan', value: '0', threshold: '0' };
const CONDITIONS: Path = ['margin', 'rules', 0, 'conditions'];
const deep = (depth: number): unknown => (depth === 0 ? LEAF : { all: [deep(depth - 1)] });

describe.each([
  ['house', HOUSE],
  ['house-guarded', GUARDED],
] as const)('%s', (_name, law) => {
  it('is the same law after a way through JSON', () => {
    expect(parseRuleSet(JSON.parse(JSON.stringify(ruleSetJson(law))), AT)).toEqual(law);
  });

  it('is the same law after it was packed and unpacked', () => {
    expect(unpackRuleSet(packRuleSet(law), AT)).toEqual(law);
  });
});

describe('a settlement price', () => {
  it.each<[string, ChosenSettlementPrice]>([
    ['a name', 'PREVIOUS_MARK'],
    ['a kind with its measure', { kind: 'MARK_SPREAD', spread: ratio(decimal('0.001')) }],
    ['a name by margin mode', { CROSS: 'FROZEN_MARK', ISOLATED: 'BANKRUPTCY' }],
  ])('that is %s is the same at rest, as JSON and as an item', (_what, price) => {
    expect(settlementPricePolicy.parse(JSON.parse(JSON.stringify(price)), AT)).toEqual(price);
    expect(settlementPricePolicy.decode(settlementPricePolicy.encode(price), AT)).toEqual(price);
  });
});

describe('a law', () => {
  it.each<[string, Path, unknown]>([
    ['an empty `all`', CONDITIONS, { all: [] }],
    ['an empty `any`', CONDITIONS, { any: [] }],
    ['`all` and `any` in one node', CONDITIONS, { all: [LEAF], any: [LEAF] }],
    ['a misspelt member', CONDITIONS, { ...LEAF, pathh: '$' }],
    ['an unknown fact', CONDITIONS, { ...LEAF, fact: 'balance' }],
    ['a fact of the other kind of rule', CONDITIONS, { ...LEAF, fact: 'shortfall' }],
    ['an operator of the engine itself', CONDITIONS, { ...LEAF, operator: 'lessThan' }],
    ['a native number', CONDITIONS, { ...LEAF, value: 0 }],
    ['a threshold that is another number than the value', CONDITIONS, { ...LEAF, threshold: '1' }],
    ['`not` before more than a comparison', CONDITIONS, { not: { all: [LEAF] } }],
    ['conditions without end', CONDITIONS, deep(500)],
    ['an unknown event', ['margin', 'rules', 0, 'event'], { type: 'error' }],
    ['a fraction above one', ['margin', 'rules', 0, 'event'], { type: 'REDUCE_BY_FRACTION', fraction: '1.5' }],
    ['a priority of zero', ['margin', 'rules', 0, 'priority'], 0],
    ['no margin rule', ['margin', 'rules'], []],
    ['a floor that is no decimal', ['funds', 0, 'floor'], '1e999'],
    ['a floor of NaN', ['funds', 0, 'floor'], 'NaN'],
    ['a settlement price for one margin mode alone', ['deleveraging', 'settlementPrice'], { CROSS: 'MARK' }],
    [
      'a settlement price with a mode too many',
      ['deleveraging', 'settlementPrice'],
      { CROSS: 'MARK', ISOLATED: 'MARK', PORTFOLIO: 'MARK' },
    ],
    ['a duration that is a text', ['safeguards', 'markMaximumAge'], 'PT60S'],
    ['an unknown part', ['more'], 1],
    ['a missing part', ['safeguards'], undefined],
    ['a file too many', ['files', 'more.json'], {}],
    ['files that have another hash', ['files', 'safeguards.json'], {}],
    ['another version than its files have', ['reference', 'version'], '9.0.0'],
    ['another id than its files have', ['reference', 'id'], 'other'],
    ['a hash that is none', ['reference', 'hash'], 'sha256:0'],
  ])('is refused with %s', (_what, path, value) => {
    expect(() => parseRuleSet(changed(path, value), AT)).toThrow(DecodeError);
  });

  it('is refused with two rules of one priority', () => {
    const rules = Object(Object(ruleSetJson(GUARDED)).margin).rules;
    const [first] = rules;
    expect(() => parseRuleSet(changed(['margin', 'rules'], [first, { ...first, name: 'twin' }]), AT)).toThrow('priorities of their own');
  });

  it('says where it is wrong', () => {
    expect(() => parseRuleSet(changed(['margin', 'rules', 0, 'conditions'], { all: [] }), AT)).toThrow('margin.rules[0].conditions.all');
  });

  it.each([
    ['not what was published', (parts: readonly Uint8Array[]) => parts.map((part) => part.toReversed())],
    ['incomplete', (parts: readonly Uint8Array[]) => parts.map((part) => part.subarray(1))],
    ['empty', () => []],
  ])('is refused when its body is %s', (_what, damage) => {
    const packed = packRuleSet(HOUSE);
    expect(() => unpackRuleSet({ ...packed, parts: damage(packed.parts) }, AT)).toThrow(DecodeError);
  });

  it('larger than one item is cut into parts and put together again', () => {
    const noise = Array.from({ length: 200_000 }, (_, index) => Math.imul(index + 1, 2_654_435_761).toString(36)).join('');
    const packed = packRuleSet({ ...HOUSE, description: noise });
    expect(packed.parts.length).toBeGreaterThan(1);
    expect(packed.parts.every((part) => part.length <= 300_000)).toBe(true);
    expect(unpackRuleSet(packed, AT).description).toBe(noise);
  });
});

describe('an event', () => {
  const house = ruleSetJson(HOUSE);

  it.each([
    ['PUBLISH', { action: 'PUBLISH', ruleSet: house }],
    ['DEPLOY', { action: 'DEPLOY', ruleSets: [house] }],
    ['ACTIVATE', { action: 'ACTIVATE', id: 'house', version: '1.0.0', previousVersion: null }],
    ['LIST', { action: 'LIST', id: 'house' }],
    ['SHOW', { action: 'SHOW', id: 'house', version: '1.0.0' }],
  ])('is a command to %s', (action, event) => {
    expect(commandOfEvent(event)?.action).toBe(action);
  });

  it('of a deployment carries its command as a text', () => {
    const command = JSON.stringify({ action: 'DEPLOY', ruleSets: [house] });
    expect(commandOfEvent({ RequestType: 'Update', ResourceProperties: { ServiceToken: 'x', command } })).toMatchObject({
      ruleSets: [{ reference: HOUSE.reference }],
    });
  });

  it('of a resource that goes asks for nothing', () => {
    expect(commandOfEvent({ RequestType: 'Delete', ResourceProperties: {} })).toBeNull();
  });

  it.each([
    ['nothing', null],
    ['a text', 'LIST'],
    ['no action', { id: 'house' }],
    ['an unknown action', { action: 'DELETE', id: 'house' }],
    ['a member too many', { action: 'LIST', id: 'house', all: true }],
    ['a member too few', { action: 'SHOW', id: 'house' }],
    ['an id that is a path', { action: 'LIST', id: '../house' }],
    ['a version that is none', { action: 'SHOW', id: 'house', version: 'latest' }],
    ['another request of a deployment', { RequestType: 'Replace' }],
    ['a deployment without command', { RequestType: 'Create', ResourceProperties: {} }],
    ['a deployment with a broken command', { RequestType: 'Create', ResourceProperties: { command: '{' } }],
  ])('is refused with %s', (_what, event) => {
    expect(() => commandOfEvent(event)).toThrow(DecodeError);
  });
});
