import type { Decision } from '#core/decision.ts';
import { opposite, type Side } from '#core/market/side.ts';
import { byCodeUnits } from '#core/ordering.ts';
import type { WaveCase } from '#functions/adapters/dynamodb/ring-item.ts';
import type { RecordedLine } from './read-tables.ts';

type Part = number | string;

/** Where a decision stands: compared part by part, numbers as numbers and texts by code units. */
type Place = readonly Part[];

const PHASES: Readonly<Record<Decision['kind'], number>> = {
  MARK: 0,
  MARGIN: 1,
  OPENING: 2,
  SHORTFALL: 3,
  RANKING: 4,
  DELEVERAGING: 4,
  SAFEGUARD: 5,
};

/** A case that its wave did not open or attempt comes after those that it did. */
const NO_RANK = Number.MAX_SAFE_INTEGER;

const rankKey = (waveId: string, caseId: string): string => `${waveId} ${caseId}`;

/** Residuals of one market and side go down one queue, LONG before SHORT; what was ranked comes before who was deleveraged by it. */
const queuePlace = (marketId: string, residualSide: Side, step: number, rank: number): Place => [
  marketId,
  residualSide === 'LONG' ? 0 : 1,
  step,
  rank,
];

const placeInPhase = (decision: Decision, rankOf: (waveId: string, caseId: string) => number): Place => {
  switch (decision.kind) {
    case 'MARK':
      return [];
    case 'SAFEGUARD':
      return [];
    case 'MARGIN':
      return [decision.poolId];
    case 'OPENING':
    case 'SHORTFALL':
      return [rankOf(decision.waveId, decision.caseId)];
    case 'RANKING':
      return queuePlace(decision.marketId, opposite(decision.side), 0, 0);
    case 'DELEVERAGING':
      return queuePlace(decision.marketId, decision.side, 1, rankOf(decision.waveId, decision.caseId));
  }
};

const compareParts = (a: Part | undefined, b: Part | undefined): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return byCodeUnits(String(a ?? ''), String(b ?? ''));
};

const comparePlaces = (a: Place, b: Place): number => {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = compareParts(a[at], b[at]);
    if (difference !== 0) return difference;
  }
  return 0;
};

/**
 * Decisions in the order in which one process takes them, whatever order they were stored in: instant by instant, its marks first, then its waves as they
 * stood in line, in each phase by phase, and by id where that leaves it open. `waveIds` are the waves of each instant, in order.
 */
export const inOrderOfWaves = (
  decisions: readonly RecordedLine[],
  waveIds: readonly (readonly string[])[],
  waveCases: readonly WaveCase[],
): readonly RecordedLine[] => {
  const ranks = new Map(waveCases.map(({ waveId, caseId, waveRank }) => [rankKey(waveId, caseId), waveRank]));
  const places = new Map(waveIds.flatMap((ids, instant) => ids.map((waveId, place) => [waveId, { instant, place }] as const)));
  const rankOf = (waveId: string, caseId: string): number => ranks.get(rankKey(waveId, caseId)) ?? NO_RANK;
  const placeOf = ({ decision }: RecordedLine): Place => {
    const { instant, place } = places.get(decision.waveId) ?? { instant: waveIds.length, place: 0 };
    const isMark = decision.kind === 'MARK' ? 0 : 1;
    return [instant, isMark, place, PHASES[decision.kind], ...placeInPhase(decision, rankOf), decision.decisionId];
  };
  return decisions
    .map((recorded) => ({ recorded, place: placeOf(recorded) }))
    .sort((a, b) => comparePlaces(a.place, b.place))
    .map(({ recorded }) => recorded);
};
