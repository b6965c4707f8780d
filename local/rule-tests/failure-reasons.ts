import { placeTexts } from '../explain/queue-in-words.ts';
import type { BookOutcome } from './book-outcome.ts';
import { fundTexts } from './fund-in-words.ts';
import type { AskedFacts } from './rule-test.ts';
import { askedOfMargin, askedOfShortfall, type WavesOutcome } from './run-waves.ts';
import { markTrail, poolTrail, queueTrail } from './trail-in-words.ts';

/** What an expectation that failed is about, as far as more can be said than what came instead. */
export type Concern =
  | { readonly kind: 'NOTHING' }
  | { readonly kind: 'CASES'; readonly poolIds: readonly string[] }
  | { readonly kind: 'FUND'; readonly fundId: string }
  | { readonly kind: 'QUEUES'; readonly marketIds: readonly string[] };

/** What a failure came from. */
export interface Reasons {
  readonly asked: readonly AskedFacts[];
  readonly because: readonly string[];
}

const NONE: Reasons = { asked: [], because: [] };

/** The facts that decided about a pool: of its last shortfall, else of its last evaluation, else those at the marks of the book. */
const askedAbout = ({ subjects, waves }: BookOutcome, poolId: string): readonly AskedFacts[] => {
  const decisions = [...(waves?.trail.tables.Decisions.values() ?? [])];
  const shortfall = decisions.findLast((decision) => decision.kind === 'SHORTFALL' && decision.poolId === poolId);
  if (shortfall?.kind === 'SHORTFALL') return [askedOfShortfall(shortfall)];
  const margin = decisions.findLast((decision) => decision.kind === 'MARGIN' && decision.poolId === poolId);
  if (margin?.kind === 'MARGIN') return [askedOfMargin(margin)];
  return subjects.filter(({ ids }) => ids.poolId === poolId).map(({ asked }) => asked);
};

const allMarkets = ({ trail }: WavesOutcome): ReadonlySet<string> => new Set(trail.tables.Markets.keys());

/** Where no case is told of: how each pool stood, so that it can be seen why none was opened. */
const standings = ({ subjects }: BookOutcome): readonly string[] =>
  subjects.map(({ asked, decision }) => `${asked.of}: ${decision.state}${asked.refusal === null ? '' : `, ${asked.refusal}`}`);

const ofCases = async (outcome: BookOutcome, poolIds: readonly string[]): Promise<Reasons> => {
  const { waves } = outcome;
  if (waves === null) return NONE;
  const because: string[] = [...(await markTrail(waves.trail, allMarkets(waves)))];
  for (const poolId of poolIds) because.push(...(await poolTrail(waves.trail, poolId)));
  if (because.length === 0 && poolIds.length === 0) return { asked: [], because: standings(outcome) };
  // What the trail says of a refusal is not said again.
  const asked = poolIds.flatMap((poolId) => askedAbout(outcome, poolId)).filter(({ facts }) => facts.size > 0 || because.length === 0);
  return { asked, because };
};

const ofFund = async (outcome: BookOutcome, fundId: string): Promise<Reasons> => {
  const { waves } = outcome;
  const fund = waves?.trail.tables.Funds.get(fundId);
  if (waves === null || fund === undefined) return NONE;
  const { fundIds, endedAt } = waves.trail;
  const marketIds = [...fundIds].filter(([, each]) => each === fundId).map(([marketId]) => marketId);
  const shortfalls = waves.shortfalls.filter(({ marketId }) => marketIds.includes(marketId));
  const because = fundTexts(fund, marketIds, endedAt);
  if (shortfalls.length === 0) return { asked: [], because: [...because, 'no order ended with a loss or a residual in its markets'] };
  return { asked: shortfalls.map(askedOfShortfall), because };
};

/** The plans of a book's residuals: each with its queue, and what nobody took. */
const planTexts = ({ planned }: BookOutcome, marketIds: ReadonlySet<string>): readonly string[] =>
  planned
    .filter(({ residual }) => marketIds.has(residual.terms.marketId))
    .flatMap(({ residual, ranking, residualQuantity }) => [
      `residual ${residual.side} ${residual.quantity.toFixed()} ${residual.terms.marketId}: ${ranking.length} positions against it`,
      ...placeTexts(ranking),
      `left of it: ${residualQuantity.toFixed()}`,
    ]);

const ofQueues = async (outcome: BookOutcome, named: readonly string[]): Promise<Reasons> => {
  const { waves, planned } = outcome;
  const marketIds = new Set(named.length > 0 ? named : outcome.marketIds);
  if (planned.length > 0) return { asked: [], because: planTexts(outcome, marketIds) };
  if (waves === null) return NONE;
  const because = [...(await markTrail(waves.trail, marketIds)), ...(await queueTrail(waves.trail, marketIds))];
  if (because.length === 0) return { asked: [], because: ['no order left a residual to deleverage', ...standings(outcome)] };
  const isRanked = [...waves.trail.tables.Decisions.values()].some(({ kind }) => kind === 'RANKING');
  const shortfalls = waves.shortfalls.filter(({ marketId }) => marketIds.has(marketId));
  return { asked: isRanked ? [] : shortfalls.map(askedOfShortfall), because };
};

/** Most lines of one failure: the others are counted. */
const LINES_MAX = 14;

const bounded = ({ asked, because }: Reasons): Reasons => {
  const shown = because.slice(0, LINES_MAX);
  const more = because.length - shown.length;
  return { asked, because: more > 0 ? [...shown, `and ${more} more lines`] : shown };
};

/** What an expectation about funds, cases or queues came from: limits, decisions in their order, who could not be asked and why. */
export const reasonsOf = async (concern: Concern, outcome: BookOutcome): Promise<Reasons> => {
  switch (concern.kind) {
    case 'NOTHING':
      return NONE;
    case 'CASES':
      return bounded(await ofCases(outcome, concern.poolIds));
    case 'FUND':
      return bounded(await ofFund(outcome, concern.fundId));
    case 'QUEUES':
      return bounded(await ofQueues(outcome, concern.marketIds));
  }
};
