import { HEDGE_RATIO, LARGE_SIZE_FROM, SHORT_NOTIONAL_TOP } from './assumed-shape.ts';
import { CRASH_MARKETS, type CrashMarket, lotsOf } from './crash-markets.ts';
import type { GeneratedSide } from './generated-book.ts';
import type { Seat, SeatKind } from './plan-crowd.ts';
import { LONG_NOTIONAL, SHORT_NOTIONAL } from './published-shape.ts';
import { quantileOf } from './quantile-table.ts';
import type { RandomSource } from './random-source.ts';

/** A position without its entry: that depends on the pool's leverage. `entryFraction` picks it from the table of distances. */
export interface Leg {
  readonly market: CrashMarket;
  readonly side: GeneratedSide;
  readonly lots: number;
  readonly entryFraction: number;
}

interface SeatLegs {
  readonly seat: Seat;
  readonly legs: readonly Leg[];
}

const MARKETS_OF: Record<SeatKind, number> = { CROSS: 1, ISOLATED: 1, HEDGED: 1, TWO_MARKETS: 2, CROSS_AND_ISOLATED: 2, THREE_MARKETS: 3 };

const isLarge = (sizeFraction: number): boolean => sizeFraction >= LARGE_SIZE_FROM;

/** Small sizes follow the accounts of each market, large ones its notional: so both published weights hold in one book. */
const weightOf = (market: CrashMarket, large: boolean): number => (large ? market.notionalWeight : market.accountWeight);

const sizeOf = (side: GeneratedSide, fraction: number): number =>
  side === 'LONG' ? quantileOf(LONG_NOTIONAL, fraction) : quantileOf(SHORT_NOTIONAL, fraction * SHORT_NOTIONAL_TOP);

const legOf = (random: RandomSource, market: CrashMarket, side: GeneratedSide, sizeFraction: number): Leg => ({
  market,
  side,
  lots: lotsOf(market, sizeOf(side, sizeFraction)),
  entryFraction: random.fraction(),
});

/**
 * Gives each market its share of the sizes, smallest first: the market that is furthest behind its weight takes the next one, so that every
 * market gets small, middling and large sizes for any seed.
 */
const spreadOverMarkets = (random: RandomSource, side: GeneratedSide, sizeFractions: readonly number[]): Leg[] => {
  const ascending = sizeFractions.toSorted((a, b) => a - b);
  return [false, true].flatMap((large) => {
    const totalWeight = CRASH_MARKETS.reduce((total, market) => total + weightOf(market, large), 0);
    const lines = CRASH_MARKETS.map((market) => ({ market, share: weightOf(market, large) / totalWeight, owed: 0 }));
    return ascending
      .filter((fraction) => isLarge(fraction) === large)
      .flatMap((fraction) => {
        for (const line of lines) line.owed += line.share;
        const [first, ...others] = lines;
        if (first === undefined) return [];
        const next = others.reduce((most, line) => (line.owed > most.owed ? line : most), first);
        next.owed -= 1;
        return [legOf(random, next.market, side, fraction)];
      });
  });
};

/** A leg in a market that the account is not in yet. */
const furtherLeg = (random: RandomSource, legs: readonly Leg[], side: GeneratedSide): Leg[] => {
  const sizeFraction = random.fraction();
  const free = CRASH_MARKETS.filter((market) => legs.every((leg) => leg.market !== market));
  let left = random.fraction() * free.reduce((total, market) => total + weightOf(market, isLarge(sizeFraction)), 0);
  const market = free.find((candidate) => {
    left -= weightOf(candidate, isLarge(sizeFraction));
    return left < 0;
  });
  return market === undefined ? [] : [legOf(random, market, side, sizeFraction)];
};

const hedgeOf = (random: RandomSource, leg: Leg): Leg => ({
  market: leg.market,
  side: leg.side === 'LONG' ? 'SHORT' : 'LONG',
  lots: Math.max(1, Math.round(leg.lots * (HEDGE_RATIO.least + (HEDGE_RATIO.most - HEDGE_RATIO.least) * random.fraction()))),
  entryFraction: random.fraction(),
});

const completed = (random: RandomSource, seat: Seat, first: Leg): Leg[] => {
  const legs = [first];
  while (legs.length < MARKETS_OF[seat.kind]) legs.push(...furtherLeg(random, legs, seat.side));
  return seat.kind === 'HEDGED' ? [first, hedgeOf(random, first)] : legs;
};

/** Returns each seat with its legs: first legs from every stratum of the size table of their side, further legs drawn freely. */
export const dealPositions = (random: RandomSource, seats: readonly Seat[]): SeatLegs[] => {
  const sides: readonly GeneratedSide[] = ['LONG', 'SHORT'];
  return sides.flatMap((side) => {
    const ofSide = seats.filter((seat) => seat.side === side);
    const firstLegs = random.shuffled(spreadOverMarkets(random, side, random.strata(ofSide.length)));
    return ofSide.flatMap((seat, index) => {
      const first = firstLegs[index];
      return first === undefined ? [] : [{ seat, legs: completed(random, seat, first) }];
    });
  });
};
