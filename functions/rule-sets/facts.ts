import type { Decimal } from '#core/units/decimal.ts';

/** Rules of one kind are asked about one kind of thing: a margin pool at a mark, or what an ended liquidation left open. */
export type RuleKind = 'margin' | 'shortfall';

export interface FactDefinition {
  readonly ruleKind: RuleKind;
  readonly kind: 'decimal' | 'text';
  readonly unit: string;
  readonly meaning: string;
}

/**
 * Every fact that a rule may ask about. A rule compares a fact with a constant; how a fact is computed is code, never JSON.
 * Amounts are in the settlement asset of the pool, the market or the fund.
 */
export const FACTS = {
  marginBalance: {
    ruleKind: 'margin',
    kind: 'decimal',
    unit: 'settlement asset',
    meaning: 'wallet balance or isolated margin + Σ unrealized PnL',
  },
  maintenanceMargin: { ruleKind: 'margin', kind: 'decimal', unit: 'settlement asset', meaning: 'Σ maintenance margin of the positions' },
  marginExcess: {
    ruleKind: 'margin',
    kind: 'decimal',
    unit: 'settlement asset',
    meaning:
      'marginBalance − maintenanceMargin − closing fee, which is Σ notional value · taker fee rate where margin-tiers.json counts it beside maintenance',
  },
  marginRatio: {
    ruleKind: 'margin',
    kind: 'decimal',
    unit: 'ratio',
    meaning: '(maintenanceMargin + closing fee as in marginExcess) / marginBalance; 1000000000 for a pool at or below zero balance',
  },
  notionalValue: {
    ruleKind: 'margin',
    kind: 'decimal',
    unit: 'settlement asset',
    meaning: 'Σ notional value of the positions at the mark',
  },
  tierIndex: { ruleKind: 'margin', kind: 'decimal', unit: 'count', meaning: 'highest tier of the positions; the lowest tier is 0' },
  positionCount: { ruleKind: 'margin', kind: 'decimal', unit: 'count', meaning: 'open positions of the pool' },
  effectiveLeverage: { ruleKind: 'margin', kind: 'decimal', unit: 'ratio', meaning: 'Σ notional value / marginBalance' },
  markAge: { ruleKind: 'margin', kind: 'decimal', unit: 'seconds', meaning: 'age of the oldest mark that the assessment used' },
  residualQuantity: { ruleKind: 'shortfall', kind: 'decimal', unit: 'contracts', meaning: 'quantity that the market did not take' },
  shortfall: {
    ruleKind: 'shortfall',
    kind: 'decimal',
    unit: 'settlement asset',
    meaning: 'what the fills cost beyond the bankruptcy price',
  },
  fundBalance: { ruleKind: 'shortfall', kind: 'decimal', unit: 'settlement asset', meaning: 'balance of the insurance fund' },
  fundAvailable: {
    ruleKind: 'shortfall',
    kind: 'decimal',
    unit: 'settlement asset',
    meaning: 'what the fund may still pay: above its floor, within its caps, not reserved',
  },
  fundDrawdown: {
    ruleKind: 'shortfall',
    kind: 'decimal',
    unit: 'ratio',
    meaning: 'fall of the fund below its peak in the window, as a share of the peak',
  },
  securityToValue: { ruleKind: 'shortfall', kind: 'decimal', unit: 'ratio', meaning: 'security behind the open value of the market' },
  marketStatus: { ruleKind: 'shortfall', kind: 'text', unit: 'id', meaning: 'ACTIVE, REDUCE_ONLY, HALTED or SETTLING' },
} as const satisfies Readonly<Record<string, FactDefinition>>;

export type FactName = keyof typeof FACTS;

/** Facts of one question, by name. Decimals for numbers, strings for ids. */
export type Facts = ReadonlyMap<string, Decimal | string>;

const isFactName = (name: string): name is FactName => Object.hasOwn(FACTS, name);

/** Names of the facts that rules of one kind may ask about, in the order of the catalogue. */
export const factNames = (ruleKind: RuleKind): readonly FactName[] =>
  Object.keys(FACTS)
    .filter(isFactName)
    .filter((name) => FACTS[name].ruleKind === ruleKind);

/** What the catalogue says about a fact. */
export const factDefinition = (name: FactName): FactDefinition => FACTS[name];
