import fc from 'fast-check';
import { present } from '#core/invariant.ts';
import { fraction } from '../reference/fraction.ts';
import type { ReplayScenario, ScenarioMarket } from '../reference/replay/scenario.ts';
import { anyScenario } from '../simulation/arbitrary-scenario.ts';
import type { Files } from '../support/folder.ts';
import { scenarioFiles } from './scenario-files.ts';

/** Two bars of eight marks for the first market, one for the others, twice as long: every second instant has a mark of each. */
const BARS = [2, 1, 1] as const;
const BAR_SECONDS = 60;

const barOf = (open: string, close: string): string => {
  const isFall = fraction(open).isAbove(fraction(close));
  return [open, isFall ? open : close, isFall ? close : open, close].join(' ');
};

/** From the first price on to those at the ends of the scenario's halves, so that what happens in many instants happens in few. */
const barsOf = ({ instants }: ReplayScenario, { marketId, markPrice }: ScenarioMarket, count: number): string => {
  const prices = instants.flat().flatMap((mark) => (mark.marketId === marketId ? [mark.price] : []));
  const ends = Array.from({ length: count }, (_, nth) => prices[Math.ceil(((nth + 1) * prices.length) / count) - 1] ?? markPrice);
  return ends.map((close, nth) => barOf(ends[nth - 1] ?? markPrice, close)).join('\n');
};

/** The scenario that the generator gives for a seed, with its path pressed into eight instants. */
export const arbitraryFiles = (seed: number): Files => {
  const scenario = present(fc.sample(anyScenario, { seed, numRuns: 1 })[0], 'a scenario');
  const { markets } = scenario.book;
  const paths = markets.map((market, at) => {
    const count = BARS[at] ?? 1;
    return { marketId: market.marketId, barSeconds: (BAR_SECONDS * BARS[0]) / count, bars: barsOf(scenario, market, count) };
  });
  const venue = { accounts: '', depthPerMark: scenario.depthPerMark };
  return { ...scenarioFiles({ name: `arbitrary-${seed}`, venue, paths }), 'book.json': scenario.book };
};
