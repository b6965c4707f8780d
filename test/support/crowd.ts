import fc, { type Arbitrary } from 'fast-check';
import type { Counterparty } from '#core/adl/counterparty.ts';
import type { ExcludePolicy } from '#core/adl/ranking/ranking-policy.ts';
import type { DeleveragingPolicy } from '#core/policy.ts';
import { fraction, total } from '../reference/fraction.ts';
import { assess } from '../reference/margin.ts';
import type { ReferenceCandidate, ReferenceRankingPolicy } from '../reference/ranking.ts';
import { assessed } from './assessed.ts';
import { moneyText, scaledText, timesText } from './decimal-text.ts';
import { type MarketCase, type PoolCase, referencePool } from './pool-case.ts';

/** One counterparty in plain texts: a pool with one position in the crowd's market. */
export interface MemberCase {
  readonly accountId: string;
  readonly marginMode: 'CROSS' | 'ISOLATED';
  readonly quantity: string;
  /** Entry value as a part of the notional; 1 is no profit. */
  readonly entryFactor: string;
  /** Margin balance as a part of the notional; leverage is one over it. */
  readonly balanceFactor: string;
}

/** Everybody opposite to a residual of one market. */
export interface Crowd {
  readonly market: MarketCase;
  readonly side: 'LONG' | 'SHORT';
  readonly members: readonly MemberCase[];
}

/** Ids whose order by code units is not the order that people expect. */
const ACCOUNT_IDS = ['a1', 'a10', 'a2', 'A2', 'B', 'b', '_x', 'Z.9', 'z-1'] as const;

const member = (lotSize: string): Arbitrary<MemberCase> =>
  fc.record({
    accountId: fc.constantFrom(...ACCOUNT_IDS),
    marginMode: fc.constantFrom('CROSS', 'ISOLATED'),
    quantity: fc
      .tuple(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 100_000 })), fc.constantFrom('1', '1', '1', '0.5'))
      .map(([lots, odd]) =>
        timesText(lotSize, scaledText(BigInt(lots), 0))
          .times(fraction(odd))
          .toDecimalString(12),
      ),
    entryFactor: fc.oneof(
      fc.constantFrom('1', '0.5', '0.75', '1.25', '1.5', '2'),
      fc.integer({ min: 400, max: 1600 }).map((mantissa) => scaledText(BigInt(mantissa), 3)),
    ),
    balanceFactor: fc.oneof(
      fc.constantFrom('0', '-0.1', '0.1', '0.3', '0.5', '1', '2'),
      fc.integer({ min: 1, max: 3000 }).map((mantissa) => scaledText(BigInt(mantissa), 3)),
    ),
  });

/** Crowds of up to eight, full of equal scores, odd lots, losers and insolvent pools; no two members share a pool id. */
export const crowd: Arbitrary<Crowd> = fc
  .record({
    lotSize: fc.constantFrom('1', '0.001', '5'),
    markPrice: fc.constantFrom('100', '0.0125', '64000', '3.7'),
    side: fc.constantFrom('LONG', 'SHORT'),
  })
  .chain(({ lotSize, markPrice, side }) =>
    fc.uniqueArray(member(lotSize), { minLength: 1, maxLength: 8, selector: (each) => `${each.accountId}#${each.marginMode}` }).map(
      (members): Crowd => ({
        side,
        members,
        market: {
          marketId: 'AAA',
          multiplier: '1',
          markPrice,
          takerFeeRate: '0',
          tickSize: '0.0001',
          lotSize,
          form: 'DEDUCTION',
          tiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01', maintenanceAmount: null }],
        },
      }),
    ),
  );

const poolCaseOf = ({ market, side }: Crowd, each: MemberCase): PoolCase => {
  const units = timesText(each.quantity, market.multiplier);
  const isInverse = market.contract === 'INVERSE';
  const notional = isInverse ? units.over(fraction(market.markPrice)) : units.times(fraction(market.markPrice));
  const entryValue = moneyText(notional.times(fraction(each.entryFactor)));
  const gain = notional.minus(fraction(entryValue));
  const pnl = (side === 'LONG') === isInverse ? gain.negated() : gain;
  const collateral = moneyText(total([notional.times(fraction(each.balanceFactor)), pnl.negated()]));
  return { collateral, markets: [market], positions: [{ marketId: market.marketId, side, quantity: each.quantity, entryValue }] };
};

/** The members as the core ranks them. */
export const coreCounterparties = (people: Crowd): readonly Counterparty[] =>
  people.members.map((each) => {
    const assessment = assessed(poolCaseOf(people, each), each.accountId, each.marginMode);
    const [position] = assessment.positions;
    if (position === undefined) throw new RangeError('every member holds a position');
    return { assessment, assessed: position, inLiquidation: false };
  });

/** The members as the twin ranks them. */
export const referenceCandidates = (people: Crowd): readonly ReferenceCandidate[] =>
  people.members.map((each) => {
    const pool = referencePool(poolCaseOf(people, each));
    const assessment = assess(pool);
    const [position] = pool.positions;
    const [values] = assessment.positions;
    if (position === undefined || values === undefined) throw new RangeError('every member holds a position');
    return {
      accountId: each.accountId,
      poolId: `${each.accountId}#${each.marginMode}#USDT`,
      quantity: position.quantity,
      unrealizedPnl: values.unrealizedPnl,
      entryValue: position.entryValue,
      notionalValue: values.notionalValue,
      marginBalance: assessment.marginBalance,
    };
  });

export const rankingPolicy: Arbitrary<ReferenceRankingPolicy> = fc.record({
  pnlRatioWeight: fc.oneof(fc.constant(1), fc.integer({ min: -4, max: 4 })),
  leverageWeight: fc.oneof(fc.constant(1), fc.integer({ min: -4, max: 4 })),
  losers: fc.constantFrom('DIVIDE', 'FLOOR_AT_ZERO', 'EXCLUDE'),
  tieBreak: fc.constantFrom([], ['accountId']),
});

/** Who is never asked, where a rule set says nothing of it. */
export const EXCLUDE_NOBODY: ExcludePolicy = {
  tags: [],
  ownerTagPrefix: null,
  bankruptcyPriceCrossed: false,
  insolventAfter: false,
  withoutPositiveScore: false,
  hedged: false,
};

/** The policy as a rule set would hand it to the core. */
export const deleveragingPolicy = (policy: ReferenceRankingPolicy, steps = 5): DeleveragingPolicy => ({
  ranking: {
    formula: 'PROFIT_TIMES_LEVERAGE',
    weights: { pnlRatio: policy.pnlRatioWeight, effectiveLeverage: policy.leverageWeight },
    losers: policy.losers,
    tieBreak: policy.tieBreak,
  },
  allocation: 'QUEUE',
  severity: { kind: 'FULL' },
  settlementPrice: 'BANKRUPTCY',
  afterCounterparties: 'CARRY_AND_HALT',
  exclude: EXCLUDE_NOBODY,
  indicator: { kind: 'CUMULATIVE_QUANTITY', steps },
});
