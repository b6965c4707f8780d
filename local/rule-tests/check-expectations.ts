import type { BookOutcome } from './book-outcome.ts';
import type { Expectation } from './expectation-schema.ts';
import type { FactsOutcome } from './facts-outcome.ts';
import { type Concern, type Reasons, reasonsOf } from './failure-reasons.ts';
import { namedSubject, type Subject, type SubjectMismatch, verdictsMismatches } from './named-subjects.ts';
import { keyedMismatches, type Mismatch, mismatches, pathText } from './partial-match.ts';
import type { AskedFacts, RuleTestFailure } from './rule-test.ts';

const EXPECT = 'expect';

interface Decided extends Subject {
  readonly decision: { readonly kind: string; readonly state?: string };
}

const decisionMismatches = (stated: Expectation['decisions'], subjects: readonly Decided[]): readonly SubjectMismatch[] =>
  (stated ?? []).flatMap((each, index) => {
    const path = [EXPECT, 'decisions', index];
    const subject = namedSubject(each, subjects, path);
    if ('expected' in subject) return [subject];
    const { kind, state } = each;
    return mismatches({ kind, state }, subject.decision, path).map((mismatch) => ({ ...mismatch, asked: [subject.asked] }));
  });

/** A mismatch, with what more can be told about. */
interface ConcernedMismatch extends SubjectMismatch {
  readonly concern: Concern;
}

const NOTHING: Concern = { kind: 'NOTHING' };

const concerning = (found: readonly Mismatch[], concern: (mismatch: Mismatch) => Concern): readonly ConcernedMismatch[] =>
  found.map((each) => ({ ...each, asked: [], concern: concern(each) }));

const unconcerned = (found: readonly SubjectMismatch[]): readonly ConcernedMismatch[] =>
  found.map((each) => ({ ...each, concern: NOTHING }));

interface OfPool {
  readonly poolId?: string | undefined;
}

/** The entry of a list that a mismatch is about; undefined where it is about the whole list. */
const entryAt = <Entry>(entries: readonly Entry[], { path }: Mismatch): Entry | undefined =>
  typeof path[2] === 'number' ? entries[path[2]] : undefined;

/** Pools of which one list has more entries than the other. */
const unevenPools = (stated: readonly OfPool[], got: readonly OfPool[]): readonly string[] => {
  const countIn = (entries: readonly OfPool[], poolId: string): number => entries.filter((each) => each.poolId === poolId).length;
  const poolIds = [...new Set([...stated, ...got].flatMap(({ poolId }) => poolId ?? []))];
  return poolIds.filter((poolId) => countIn(stated, poolId) !== countIn(got, poolId));
};

/** The pools that a mismatch of a list is about: those of its entry, else those that only one of the lists has so often. */
const poolsOf = (stated: readonly OfPool[], got: readonly OfPool[], mismatch: Mismatch): readonly string[] => {
  const named = entryAt(stated, mismatch)?.poolId ?? entryAt(got, mismatch)?.poolId;
  return named === undefined ? unevenPools(stated, got) : [named];
};

const poolMismatches = ({ pools = [], orders }: Expectation, outcome: BookOutcome): readonly SubjectMismatch[] => {
  const askedOf = (poolIds: readonly string[]): readonly AskedFacts[] =>
    outcome.subjects.filter(({ ids }) => poolIds.includes(ids.poolId ?? '')).map(({ asked }) => asked);
  return [
    ...keyedMismatches(pools, outcome.pools, ['poolId'], [EXPECT, 'pools']).map((each) => ({
      ...each,
      asked: askedOf([entryAt(pools, each)?.poolId ?? '']),
    })),
    ...(orders === undefined ? [] : mismatches(orders, outcome.orders, [EXPECT, 'orders'])).map((each) => ({
      ...each,
      asked: askedOf(poolsOf(orders ?? [], outcome.orders, each)),
    })),
  ];
};

/** A list that has to be whole, whose entries are found by some of their members. */
const wholeMismatches = (
  stated: readonly unknown[],
  got: readonly unknown[],
  keys: readonly string[],
  key: string,
): readonly Mismatch[] => {
  const found = keyedMismatches(stated, got, keys, [EXPECT, key]);
  return found.length > 0 || stated.length === got.length ? found : mismatches(stated, got, [EXPECT, key]);
};

const caseMismatches = (stated: NonNullable<Expectation['cases']>, got: readonly unknown[]): readonly Mismatch[] =>
  stated.length === 0 ? mismatches(stated, got, [EXPECT, 'cases']) : keyedMismatches(stated, got, ['poolId'], [EXPECT, 'cases']);

const ofFund =
  (stated: readonly { readonly fundId: string }[]) =>
  (mismatch: Mismatch): Concern => {
    const fundId = entryAt(stated, mismatch)?.fundId;
    return fundId === undefined ? NOTHING : { kind: 'FUND', fundId };
  };

const ofCases =
  (stated: readonly OfPool[], got: readonly OfPool[]) =>
  (mismatch: Mismatch): Concern => ({ kind: 'CASES', poolIds: poolsOf(stated, got, mismatch) });

interface OfMarket {
  readonly marketId?: string | undefined;
}

const ofQueues =
  (stated: readonly OfMarket[], got: readonly OfMarket[]) =>
  (mismatch: Mismatch): Concern => ({
    kind: 'QUEUES',
    marketIds: [entryAt(stated, mismatch)?.marketId ?? [], entryAt(got, mismatch)?.marketId ?? []].flat(),
  });

const waveMismatches = ({ funds = [], residuals, cases, totals }: Expectation, { waves }: BookOutcome): readonly ConcernedMismatch[] => {
  if (waves === null) return [];
  const allCases = ofCases(waves.cases, []);
  return [
    ...concerning(keyedMismatches(funds, waves.funds, ['fundId'], [EXPECT, 'funds']), ofFund(funds)),
    ...(residuals === undefined
      ? []
      : concerning(
          wholeMismatches(residuals, waves.residuals, ['poolId', 'marketId', 'side'], 'residuals'),
          ofCases(residuals, waves.residuals),
        )),
    ...(cases === undefined ? [] : concerning(caseMismatches(cases, waves.cases), ofCases(cases, waves.cases))),
    ...(totals === undefined ? [] : concerning(mismatches(totals, waves.totals, [EXPECT, 'totals']), allCases)),
    ...concerning(
      waves.violations.map((violation) => ({ path: [], expected: 'no invariant breaks', got: violation })),
      () => NOTHING,
    ),
  ];
};

const listMismatches = ({ plans, transfers }: Expectation, outcome: BookOutcome): readonly ConcernedMismatch[] => [
  ...(plans === undefined ? [] : concerning(mismatches(plans, outcome.plans, [EXPECT, 'plans']), ofQueues(plans, outcome.plans))),
  ...(transfers === undefined
    ? []
    : concerning(mismatches(transfers, outcome.transfers, [EXPECT, 'transfers']), ofQueues(transfers, outcome.transfers))),
];

const failureOf = ({ expected, got, ...mismatch }: SubjectMismatch, { asked, because }: Reasons): RuleTestFailure => ({
  path: pathText({ expected, got, ...mismatch }),
  expected,
  got,
  asked: [...mismatch.asked, ...asked],
  because,
});

/** Compares what a test expects with what came out of its book: every difference, and every name that nothing has. */
export const bookFailures = async (expect: Expectation, outcome: BookOutcome): Promise<readonly RuleTestFailure[]> => {
  const { verdicts = [], shortfallVerdicts = [] } = expect;
  const found = [
    ...unconcerned(verdictsMismatches(verdicts, outcome.subjects, [EXPECT, 'verdicts'])),
    ...verdictsMismatches(shortfallVerdicts, outcome.waves?.subjects ?? [], [EXPECT, 'shortfallVerdicts']).map((each) => ({
      ...each,
      concern: each.asked.length > 0 ? NOTHING : ofCases(shortfallVerdicts, [])(each),
    })),
    ...unconcerned(decisionMismatches(expect.decisions, outcome.subjects)),
    ...unconcerned(poolMismatches(expect, outcome)),
    ...listMismatches(expect, outcome),
    ...waveMismatches(expect, outcome),
  ];
  const failures: RuleTestFailure[] = [];
  for (const each of found) failures.push(failureOf(each, await reasonsOf(each.concern, outcome)));
  return failures;
};

/** Compares what a test expects with what the rules said about its facts. */
export const factsFailures = (expect: Expectation, { subject, decision }: FactsOutcome): readonly RuleTestFailure[] =>
  [
    ...verdictsMismatches(expect.verdicts ?? [], [subject], [EXPECT, 'verdicts']),
    ...verdictsMismatches(expect.shortfallVerdicts ?? [], [subject], [EXPECT, 'shortfallVerdicts']),
    ...(decision === null ? [] : decisionMismatches(expect.decisions, [{ ...subject, decision }])),
  ].map((each) => failureOf(each, { asked: [], because: [] }));
