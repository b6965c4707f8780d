import fc, { type Arbitrary } from 'fast-check';
import type { ContractKind } from '#core/market/contract.ts';
import { fraction, total } from '../reference/fraction.ts';
import { assess } from '../reference/margin.ts';
import { moneyText, positiveText, scaledText, thousandths, timesText } from './decimal-text.ts';
import { type MarketCase, type PoolCase, type PositionCase, referencePool, type TierCase } from './pool-case.ts';

/** Books with nasty values: tiny and coarse lots, huge and tiny prices, notionals on a boundary, balances at, just off and below zero. */

const lotSize = fc.constantFrom('1', '0.001', '0.000001', '5', '0.5', '100');
const tickSize = fc.constantFrom('0.1', '0.01', '0.00001', '1', '0.5', '25');
const multiplier = fc.constantFrom('1', '1', '0.001', '10', '0.0001', '1000');
const takerFeeRate = fc.constantFrom('0', '0.0005', '0.00075', '0.01');
const markPrice = fc.oneof(positiveText(99_999_999, [0, 2, 4, 7]), fc.constantFrom('1', '100', '106427.7', '0.00001234', '9999999999.99'));

/** Caps relative to a notional that occurs: 1 puts a position exactly on a boundary. */
const CAP_FACTORS = ['0.1', '0.5', '0.999999', '1', '1.000001', '1.25', '2', '10'] as const;

interface TierPlan {
  readonly capFactors: readonly string[];
  readonly rateSteps: readonly number[];
  readonly form: MarketCase['form'];
  readonly amounts: 'DERIVED' | 'GIVEN';
  readonly lastCap: boolean;
}

const tierPlan: Arbitrary<TierPlan> = fc.record({
  capFactors: fc.subarray([...CAP_FACTORS], { minLength: 1, maxLength: 4 }),
  rateSteps: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 5, maxLength: 5 }),
  form: fc.constantFrom('DEDUCTION', 'MARGINAL', 'FLAT'),
  amounts: fc.constantFrom('DERIVED', 'DERIVED', 'DERIVED', 'GIVEN'),
  lastCap: fc.boolean(),
});

/** Tiers around a notional. Rates grow by 0.1 … 9 % a tier; given amounts grow too, without fitting. */
const tiersAround = (notional: string, plan: TierPlan): readonly TierCase[] => {
  const caps = plan.capFactors.map((factor) => timesText(notional, factor).toDecimalString(40));
  const count = plan.lastCap ? caps.length : caps.length + 1;
  return Array.from({ length: count }, (_, index) => ({
    notionalFloor: index === 0 ? '0' : (caps[index - 1] ?? '0'),
    notionalCap: caps[index] ?? null,
    maintenanceMarginRate: scaledText(BigInt(plan.rateSteps.slice(0, index + 1).reduce((rate, step) => rate + step, 0)), 3),
    maintenanceAmount: plan.amounts === 'GIVEN' && plan.form === 'DEDUCTION' ? moneyText(timesText(notional, `0.00${index}`)) : null,
  }));
};

interface LegPlan {
  readonly lots: number;
  readonly oddPart: string;
  /** Entry value as a part of the notional. */
  readonly entryFactor: string;
}

const legPlan: Arbitrary<LegPlan> = fc.record({
  lots: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 1_000_000 })),
  oddPart: fc.constantFrom('0', '0', '0', '0.5'),
  entryFactor: fc.oneof(fc.constant('1'), thousandths(300, 2500)),
});

export type Legs = 'LONG' | 'SHORT' | 'BOTH';

interface MarketWithPositions {
  readonly market: MarketCase;
  readonly positions: readonly PositionCase[];
}

const sidesOf = (legs: Legs): readonly PositionCase['side'][] => (legs === 'BOTH' ? ['LONG', 'SHORT'] : [legs]);

/** What the terms of a market are drawn from. */
type TermsArbitraries = { readonly contract: Arbitrary<ContractKind> } & Readonly<
  Record<'lotSize' | 'tickSize' | 'multiplier' | 'takerFeeRate' | 'markPrice', Arbitrary<string>>
>;

const LINEAR_TERMS: TermsArbitraries = { contract: fc.constant('LINEAR'), lotSize, tickSize, multiplier, takerFeeRate, markPrice };

/** A market and the positions held in it; the tiers lie around the notional of the first one. */
const marketWithPositions = (
  marketId: string,
  legs: Arbitrary<Legs>,
  marketTerms: TermsArbitraries = LINEAR_TERMS,
): Arbitrary<MarketWithPositions> =>
  fc.record({ ...marketTerms, plan: tierPlan, legs, long: legPlan, short: legPlan }).map(({ plan, legs: held, long, short, ...terms }) => {
    const positions = sidesOf(held).map((side): PositionCase & { notional: string } => {
      const leg = side === 'LONG' ? long : short;
      const quantity = timesText(terms.lotSize, scaledText(BigInt(leg.lots), 0)).plus(timesText(terms.lotSize, leg.oddPart));
      const units = quantity.times(fraction(terms.multiplier));
      const notional = terms.contract === 'INVERSE' ? units.over(fraction(terms.markPrice)) : units.times(fraction(terms.markPrice));
      const entryValue = moneyText(notional.times(fraction(leg.entryFactor)));
      return {
        marketId,
        side,
        quantity: quantity.toDecimalString(20),
        entryValue: entryValue === '0' ? '0.000000000001' : entryValue,
        notional: notional.toDecimalString(40),
      };
    });
    const market = { marketId, ...terms, form: plan.form, tiers: tiersAround(positions[0]?.notional ?? '1', plan) };
    return { market, positions: positions.map(({ notional, ...position }) => position) };
  });

/** How a pool stands: a balance of so many thousandths of its notional, or something on or next to a border. */
export type Standing =
  | { readonly kind: 'THOUSANDTHS'; readonly ofNotional: string }
  | { readonly kind: 'EMPTY' | 'BALANCE_ZERO' | 'EXCESS_ZERO' | 'EXCESS_JUST_BELOW' | 'EXCESS_JUST_ABOVE' };

export const anyStanding: Arbitrary<Standing> = fc.oneof(
  { weight: 5, arbitrary: thousandths(-100, 600).map((ofNotional) => ({ kind: 'THOUSANDTHS' as const, ofNotional })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        'EMPTY' as const,
        'BALANCE_ZERO' as const,
        'EXCESS_ZERO' as const,
        'EXCESS_JUST_BELOW' as const,
        'EXCESS_JUST_ABOVE' as const,
      )
      .map((kind) => ({ kind })),
  },
);

/** Sets the collateral so that the pool stands as asked (to the quantum). */
export const standingAs = (poolCase: PoolCase, standing: Standing): PoolCase => {
  const bare = assess(referencePool({ ...poolCase, collateral: '0' }));
  const toZeroBalance = bare.marginBalance.negated();
  const quantum = fraction('0.000000000001');
  switch (standing.kind) {
    case 'EMPTY':
      return { ...poolCase, collateral: '0' };
    case 'THOUSANDTHS':
      return { ...poolCase, collateral: moneyText(toZeroBalance.plus(bare.notionalValue.times(fraction(standing.ofNotional)))) };
    case 'BALANCE_ZERO':
      return { ...poolCase, collateral: moneyText(toZeroBalance) };
    case 'EXCESS_ZERO':
      return { ...poolCase, collateral: moneyText(bare.marginExcess.negated()) };
    case 'EXCESS_JUST_BELOW':
      return { ...poolCase, collateral: moneyText(total([bare.marginExcess.negated(), quantum.negated()])) };
    case 'EXCESS_JUST_ABOVE':
      return { ...poolCase, collateral: moneyText(total([bare.marginExcess.negated(), quantum])) };
  }
};

export const anyLegs: Arbitrary<Legs> = fc.constantFrom('LONG', 'SHORT', 'BOTH');
export const oneLeg: Arbitrary<Legs> = fc.constantFrom('LONG', 'SHORT');

/** Terms of contracts in quote units; coin at prices from a coin of small change to one of six digits. */
const INVERSE_TERMS: TermsArbitraries = {
  ...LINEAR_TERMS,
  contract: fc.constant('INVERSE'),
  multiplier: fc.constantFrom('1', '1', '10', '100'),
  markPrice: fc.oneof(positiveText(99_999_999, [2, 4]), fc.constantFrom('1', '100', '8000', '106427.7', '0.5')),
};

/** Which kinds of contracts the markets of a pool have, all settled in one coin. */
export type Mixture = 'LINEAR' | 'INVERSE' | 'MIXED';

const termsIn = (mixture: Mixture, place: number): TermsArbitraries => {
  if (mixture === 'LINEAR') return LINEAR_TERMS;
  return mixture === 'INVERSE' || place % 2 === 0 ? INVERSE_TERMS : LINEAR_TERMS;
};

/** Pools over one to `marketsMax` markets, hedged or not. */
export const poolOver = (
  marketsMax: number,
  legs: Arbitrary<Legs>,
  standing: Arbitrary<Standing> = anyStanding,
  mixture: Mixture = 'LINEAR',
): Arbitrary<PoolCase> =>
  fc
    .tuple(
      fc.integer({ min: 1, max: marketsMax }),
      standing,
      ...['AAA', 'BBB', 'CCC'].map((id, place) => marketWithPositions(id, legs, termsIn(mixture, place))),
    )
    .map(([count, stands, ...held]) => {
      const used = held.slice(0, count);
      const poolCase = { collateral: '0', markets: used.map((each) => each.market), positions: used.flatMap((each) => each.positions) };
      return standingAs(poolCase, stands);
    });

/** Cross pools of up to three markets, hedge mode included. */
export const crossPool: Arbitrary<PoolCase> = poolOver(3, anyLegs);

/** One position alone: an isolated pool, or a cross pool that holds nothing else. */
export const singlePositionPool: Arbitrary<PoolCase> = poolOver(1, oneLeg);

/** Tiers whose margin jumps nowhere: derived amounts or slices. */
export const isContinuous = (poolCase: PoolCase): boolean =>
  poolCase.markets.every((market) => market.form !== 'FLAT' && market.tiers.every((tier) => tier.maintenanceAmount === null));
