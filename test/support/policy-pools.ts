import fc, { type Arbitrary } from 'fast-check';
import { fraction } from '../reference/fraction.ts';
import type { ReferenceMarginPolicy } from '../reference/tiers.ts';
import { anyLegs, anyStanding, type Legs, type Mixture, poolOver, type Standing, standingAs } from './arbitraries.ts';
import { timesText } from './decimal-text.ts';
import type { MarketCase, PoolCase } from './pool-case.ts';

/** Pools whose markets read their tiers in every way that a rule set may choose. */

const marginPolicy: Arbitrary<ReferenceMarginPolicy> = fc.record({
  boundary: fc.constantFrom('LOWER_TIER', 'HIGHER_TIER'),
  measuredIn: fc.constantFrom('NOTIONAL', 'NOTIONAL', 'CONTRACTS'),
  valuedAt: fc.constantFrom('MARK', 'MARK', 'ENTRY'),
  closingFee: fc.constantFrom('BESIDE_MAINTENANCE', 'IN_MAINTENANCE', 'NONE'),
});

/** The market's table over contracts: each cap is to the first position's quantity what it was to its notional. Only flat tiers are by contracts. */
const byContracts = (market: MarketCase, quantity: string): MarketCase => {
  const units = fraction(quantity).times(fraction(market.multiplier));
  const mark = fraction(market.markPrice);
  const notional = market.contract === 'INVERSE' ? units.over(mark) : units.times(mark);
  const inContracts = (text: string): string => timesText(text, quantity).over(notional).toDecimalString(30);
  return {
    ...market,
    form: 'FLAT',
    tiers: market.tiers.map((tier) => ({
      ...tier,
      notionalFloor: inContracts(tier.notionalFloor),
      notionalCap: tier.notionalCap === null ? null : inContracts(tier.notionalCap),
      maintenanceAmount: null,
    })),
  };
};

const withPolicy = (poolCase: PoolCase, policies: readonly ReferenceMarginPolicy[]): PoolCase => ({
  ...poolCase,
  markets: poolCase.markets.map((market, index) => {
    const policy = policies[index] ?? {};
    const quantity = poolCase.positions.find((position) => position.marketId === market.marketId)?.quantity ?? '1';
    return { ...(policy.measuredIn === 'CONTRACTS' ? byContracts(market, quantity) : market), policy };
  }),
});

/** Pools over one to `marketsMax` markets, each with a policy of its own, hedged or not, on either side of every border. */
export const policyPool = (
  marketsMax: number,
  legs: Arbitrary<Legs> = anyLegs,
  standing: Arbitrary<Standing> = anyStanding,
  mixture: Mixture = 'LINEAR',
): Arbitrary<PoolCase> =>
  fc
    .tuple(poolOver(marketsMax, legs, standing, mixture), fc.tuple(marginPolicy, marginPolicy, marginPolicy), standing)
    .map(([poolCase, policies, stands]) => standingAs(withPolicy(poolCase, policies), stands));
