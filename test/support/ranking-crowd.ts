import fc, { type Arbitrary } from 'fast-check';
import type { Counterparty } from '#core/adl/counterparty.ts';
import type { FactorRanking, RankingPolicy } from '#core/adl/ranking/ranking-policy.ts';
import type { DeleveragingPolicy } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { PROFIT_FACTORS, RISK_FACTORS } from '#rule-sets/ranking-factors.ts';
import { fraction, total } from '../reference/fraction.ts';
import { pnlAt } from '../reference/margin.ts';
import type { ReferenceForm, ReferenceHolder } from '../reference/ranking-forms.ts';
import { assessed } from './assessed.ts';
import { deleveragingPolicy } from './crowd.ts';
import { moneyText, scaledText, timesText } from './decimal-text.ts';
import { type MarketCase, type PoolCase, type PositionCase, referencePool } from './pool-case.ts';

/** One holder in plain texts: a pool with the ranked position, perhaps its hedge, perhaps a position elsewhere. */
export interface HolderCase {
  readonly accountId: string;
  readonly lots: number;
  readonly entryFactor: string;
  /** Margin balance as a part of the ranked position's notional value. */
  readonly balanceFactor: string;
  /** Lots of the opposite leg; 0 for none. */
  readonly hedgeLots: number;
  /** Lots in the other market; 0 for none. */
  readonly otherLots: number;
  readonly tags: readonly string[];
}

/** Holders of one side of one market, some of them hedged or with other positions in the pool. */
export interface RankingCrowd {
  readonly market: MarketCase;
  readonly side: 'LONG' | 'SHORT';
  readonly holders: readonly HolderCase[];
}

const TIERS = [
  { notionalFloor: '0', notionalCap: '1000', maintenanceMarginRate: '0.01', maintenanceAmount: null },
  { notionalFloor: '1000', notionalCap: null, maintenanceMarginRate: '0.025', maintenanceAmount: null },
] as const;

const market: Arbitrary<MarketCase> = fc.record({
  marketId: fc.constant('AAA'),
  contract: fc.constantFrom('LINEAR', 'LINEAR', 'INVERSE'),
  multiplier: fc.constantFrom('1', '10'),
  markPrice: fc.constantFrom('100', '3.7', '64000'),
  takerFeeRate: fc.constantFrom('0', '0.0005'),
  tickSize: fc.constant('0.0001'),
  lotSize: fc.constantFrom('1', '0.5'),
  form: fc.constant('DEDUCTION'),
  tiers: fc.constant(TIERS),
});

const holder: Arbitrary<Omit<HolderCase, 'accountId'>> = fc.record({
  lots: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 500 })),
  entryFactor: fc.oneof(
    fc.constantFrom('1', '0.5', '0.75', '1.25', '2'),
    fc.integer({ min: 400, max: 1600 }).map((m) => scaledText(BigInt(m), 3)),
  ),
  balanceFactor: fc.oneof(
    fc.constantFrom('0', '-0.1', '0.1', '0.5', '1', '2'),
    fc.integer({ min: 1, max: 3000 }).map((m) => scaledText(BigInt(m), 3)),
  ),
  hedgeLots: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 6 })),
  otherLots: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 })),
  tags: fc.constantFrom([], [], ['owner.one'], ['owner.two', 'desk']),
});

const ACCOUNT_IDS = ['a1', 'a10', 'a2', 'A2', 'B', 'b', '_x', 'Z.9'] as const;

/** Crowds of up to eight, in linear and inverse markets, with equal scores, losers, insolvent and hedged pools. */
export const rankingCrowd: Arbitrary<RankingCrowd> = fc
  .tuple(market, fc.constantFrom('LONG', 'SHORT'), fc.uniqueArray(fc.constantFrom(...ACCOUNT_IDS), { minLength: 1, maxLength: 8 }))
  .chain(([terms, side, accountIds]) =>
    fc
      .tuple(...accountIds.map((accountId) => holder.map((each) => ({ ...each, accountId }))))
      .map((holders): RankingCrowd => ({ market: terms, side, holders })),
  );

const other = (crowd: RankingCrowd): MarketCase => ({ ...crowd.market, marketId: 'BBB' });

const positionCase = (terms: MarketCase, side: PositionCase['side'], lots: number, entryFactor: string): PositionCase => {
  const quantity = timesText(terms.lotSize, String(lots));
  const units = quantity.times(fraction(terms.multiplier));
  const notional = terms.contract === 'INVERSE' ? units.over(fraction(terms.markPrice)) : units.times(fraction(terms.markPrice));
  const entryValue = moneyText(notional.times(fraction(entryFactor)));
  return {
    marketId: terms.marketId,
    side,
    quantity: quantity.toDecimalString(12),
    entryValue: entryValue === '0' ? '0.000000000001' : entryValue,
  };
};

const opposite = (side: PositionCase['side']): PositionCase['side'] => (side === 'LONG' ? 'SHORT' : 'LONG');

/** The pool of a holder, its collateral such that the margin balance is the given part of the ranked position's notional value. */
const poolCaseOf = (crowd: RankingCrowd, each: HolderCase): PoolCase => {
  const ranked = positionCase(crowd.market, crowd.side, each.lots, each.entryFactor);
  const hedge = each.hedgeLots === 0 ? [] : [positionCase(crowd.market, opposite(crowd.side), each.hedgeLots, '1.1')];
  const elsewhere = each.otherLots === 0 ? [] : [positionCase(other(crowd), 'LONG', each.otherLots, '0.9')];
  const positions = [...(crowd.side === 'LONG' ? [ranked, ...hedge] : [...hedge, ranked]), ...elsewhere];
  const bare: PoolCase = { collateral: '0', markets: [crowd.market, other(crowd)], positions };
  const pool = referencePool(bare);
  const notional = fraction(positionCase(crowd.market, crowd.side, each.lots, '1').entryValue);
  const pnl = total(pool.positions.map((position) => pnlAt(position, position.market.markPrice)));
  return { ...bare, collateral: moneyText(notional.times(fraction(each.balanceFactor)).minus(pnl)) };
};

/** The holders as the core ranks them. */
export const coreHolders = (crowd: RankingCrowd): readonly Counterparty[] =>
  crowd.holders.map((each) => {
    const assessment = assessed(poolCaseOf(crowd, each), each.accountId);
    const position = assessment.positions.find(({ position: { marketId, side } }) => marketId === 'AAA' && side === crowd.side);
    if (position === undefined) throw new RangeError('every holder has the ranked position');
    return { assessment: { ...assessment, pool: { ...assessment.pool, tags: each.tags } }, assessed: position, inLiquidation: false };
  });

/** The holders as the twin ranks them. */
export const referenceHolders = (crowd: RankingCrowd): readonly ReferenceHolder[] =>
  crowd.holders.map((each) => {
    const pool = referencePool(poolCaseOf(crowd, each));
    const at = pool.positions.findIndex(({ market: { marketId }, side }) => marketId === 'AAA' && side === crowd.side);
    return { accountId: each.accountId, poolId: `${each.accountId}#CROSS#USDT`, pool, at };
  });

const weight = fc.oneof(fc.constant(1), fc.integer({ min: -4, max: 4 }));
const floor = fc.constantFrom(null, null, '0.00000001', '0.1');

/** A form in plain texts. */
export interface FormCase {
  readonly profit: {
    readonly factor: (typeof PROFIT_FACTORS)[number];
    readonly weight: number;
    readonly floor: string | null;
    readonly walletFloor: string | null;
  };
  readonly factors: readonly { readonly factor: (typeof RISK_FACTORS)[number]; readonly weight: number; readonly floor: string | null }[];
  readonly losers: FactorRanking['losers'];
}

/** Any form that a rule set may choose. */
export const formCase: Arbitrary<FormCase> = fc.record({
  profit: fc.record({ factor: fc.constantFrom(...PROFIT_FACTORS), weight, floor, walletFloor: fc.constantFrom(null, '1', '50') }),
  factors: fc.array(fc.record({ factor: fc.constantFrom(...RISK_FACTORS), weight, floor }), { maxLength: 3 }),
  losers: fc.constantFrom('DIVIDE', 'MULTIPLY', 'FLOOR_AT_ZERO', 'EXCLUDE'),
});

const coreFloor = (text: string | null) => (text === null ? null : ratio(decimal(text)));
const fractionOf = (text: string | null) => (text === null ? null : fraction(text));

/** The form as a rule set hands it to the core. */
export const coreForm = ({ profit, factors, losers }: FormCase): FactorRanking => ({
  formula: 'FACTORS',
  profit: {
    ...profit,
    floor: coreFloor(profit.floor),
    walletFloor: profit.walletFloor === null ? null : money(decimal(profit.walletFloor)),
  },
  factors: factors.map((term) => ({ ...term, floor: coreFloor(term.floor) })),
  losers,
  tieBreak: ['accountId'],
});

/** The form as the twin takes it. */
export const referenceForm = ({ profit, factors, losers }: FormCase): ReferenceForm => ({
  profit: { ...profit, floor: fractionOf(profit.floor), walletFloor: fractionOf(profit.walletFloor) },
  factors: factors.map((term) => ({ ...term, floor: fractionOf(term.floor) })),
  losers,
});

const PLAIN = deleveragingPolicy({ pnlRatioWeight: 1, leverageWeight: 1, losers: 'EXCLUDE', tieBreak: ['accountId'] });

/** A policy that ranks so, the rest of it plain. */
export const rankedBy = (ranking: RankingPolicy, rest: Partial<DeleveragingPolicy> = {}): DeleveragingPolicy => ({
  ...PLAIN,
  ...rest,
  ranking,
});
