import type { GivenTier } from '#core/market/given-tier.ts';
import { plainJson } from '#core/plain-json.ts';
import type { DeleveragingPolicy, SafeguardPolicy } from '#core/policy.ts';
import { contentHash } from '#rule-sets/content-hash.ts';
import { RULE_FILES } from '#rule-sets/rule-files.ts';
import type { RuleSet, Source } from '#rule-sets/rule-set.ts';
import { type Attribute, oneOf, text, whole } from '../dynamodb/attribute.ts';
import { list, mapOf, membersOf, nullable, structure } from '../dynamodb/composite-attribute.ts';
import { durationNumber, moneyNumber, ratioNumber } from '../dynamodb/decimal-attribute.ts';
import { DecodeError, type Place, within } from '../dynamodb/decode-error.ts';
import { fundPolicyAttribute } from '../dynamodb/fund-policy-attribute.ts';
import { marketOrAny, ruleSetReference } from '../dynamodb/key-attributes.ts';
import { marginPolicyMembers, openInterestScale } from '../dynamodb/terms-attribute.ts';
import { containmentMembers } from './containment-json.ts';
import { execution } from './execution-json.ts';
import { excludePolicy, indicatorPolicy, rankingPolicy } from './ranking-json.ts';
import { marginEvent, rulesParser, shortfallEvent } from './rule-json.ts';
import { type Json, membersRead, type Parser } from './strict-json.ts';
import { afterCounterparties, allocationPolicy, settlementPricePolicy, severityPolicy } from './taking-json.ts';

const sentence = text('a text', /\S/);
const count = whole((value) => value, 1, 100);

const source: Attribute<Source> = structure({ title: sentence, url: sentence, readOn: sentence });

const tier: Attribute<GivenTier> = structure({
  notionalFloor: moneyNumber,
  notionalCap: nullable(moneyNumber),
  maintenanceMarginRate: ratioNumber,
  maintenanceAmount: nullable(moneyNumber),
  maximumLeverage: nullable(ratioNumber),
});

const tiers: Attribute<RuleSet['tiers']> = structure({
  form: oneOf('DEDUCTION', 'MARGINAL', 'FLAT'),
  boundary: marginPolicyMembers.boundary,
  measuredIn: marginPolicyMembers.measuredIn,
  valuedAt: marginPolicyMembers.valuedAt,
  closingFee: marginPolicyMembers.closingFee,
  openInterestScales: mapOf(marketOrAny, openInterestScale),
  markets: mapOf(marketOrAny, list(tier)),
});

const deleveraging: Attribute<DeleveragingPolicy> = structure({
  ranking: rankingPolicy,
  allocation: allocationPolicy,
  severity: severityPolicy,
  settlementPrice: settlementPricePolicy,
  afterCounterparties,
  exclude: excludePolicy,
  indicator: indicatorPolicy,
});

const safeguards: Attribute<SafeguardPolicy> = structure({
  markMaximumAge: nullable(durationNumber),
  jumpBand: nullable(ratioNumber),
  jumpConfirmations: count,
  indexDivergence: nullable(ratioNumber),
  throttle: nullable(structure({ notionalPerMarket: moneyNumber, interval: durationNumber, maximumDelay: durationNumber })),
  graceAfterHalt: nullable(durationNumber),
  ...containmentMembers,
});

const trigger = oneOf('ORDER_ENDED', 'MARK_AT_BANKRUPTCY', 'FUND_DRAWDOWN');

const marginPart: Parser<RuleSet['margin']> = (json, at) => {
  const members = membersRead(json, at, ['rules', 'execution']);
  const rules = rulesParser('margin', marginEvent)(members.rules, within(at, 'rules'));
  if (rules.length === 0) throw new DecodeError(within(at, 'rules'), 'at least one rule');
  return { rules, execution: execution.parse(members.execution, within(at, 'execution')) };
};

const shortfallPart: Parser<RuleSet['shortfall']> = (json, at) => {
  const members = membersRead(json, at, ['deleveragingTrigger', 'rules']);
  return {
    deleveragingTrigger: trigger.parse(members.deleveragingTrigger, within(at, 'deleveragingTrigger')),
    rules: rulesParser('shortfall', shortfallEvent)(members.rules, within(at, 'rules')),
  };
};

const PARTS = [
  'reference',
  'description',
  'sources',
  'markets',
  'tiers',
  'margin',
  'shortfall',
  'funds',
  'deleveraging',
  'safeguards',
  'files',
];

/**
 * Reads a rule set out of its plain JSON, as strictly as a rule set's folder is read. Throws `DecodeError` for whatever no parsed rule set has, and when
 * its files do not have the name and the hash that it goes by.
 */
export const parseRuleSet = (json: Json, at: Place): RuleSet => {
  const members = membersRead(json, at, PARTS);
  const part = <Value>(name: string, parse: Parser<Value>): Value => parse(members[name], within(at, name));
  const files = part('files', (found, place) => membersRead(found, place, Object.keys(RULE_FILES)));
  const ruleSet: RuleSet = {
    reference: part('reference', ruleSetReference.parse),
    description: part('description', sentence.parse),
    sources: part('sources', list(source).parse),
    markets: part('markets', list(marketOrAny).parse),
    tiers: part('tiers', tiers.parse),
    margin: part('margin', marginPart),
    shortfall: part('shortfall', shortfallPart),
    funds: part('funds', list(fundPolicyAttribute).parse),
    deleveraging: part('deleveraging', deleveraging.parse),
    safeguards: part('safeguards', safeguards.parse),
    files,
  };
  const manifest = membersOf(files['rule-set.json'], within(at, 'files'));
  const isNamedSo = manifest.id === ruleSet.reference.id && manifest.version === ruleSet.reference.version;
  if (!isNamedSo) throw new DecodeError(within(at, 'reference'), 'the id and the version that the files have');
  if (contentHash(files) !== ruleSet.reference.hash) throw new DecodeError(within(at, 'reference.hash'), 'the hash of the files');
  return ruleSet;
};

/** A rule set as plain JSON: decimals as strings, maps as objects. `parseRuleSet` reads it back to the same rule set. */
export const ruleSetJson = (ruleSet: RuleSet): Json => plainJson(ruleSet);
