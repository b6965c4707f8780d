import { type Fraction, fraction, total } from '../reference/fraction.ts';
import { assess } from '../reference/margin.ts';
import { present } from '../reference/replay/present.ts';
import type { ReferenceReplay } from '../reference/replay/replay.ts';
import { AMOUNTS, COUNTS, QUANTITIES } from '../reference/replay/replay-totals.ts';
import type { ReplayScenario } from '../reference/replay/scenario.ts';
import { poolAtMarks } from '../reference/replay/venue-state.ts';
import { exactly } from '../support/compare.ts';
import type { EngineRun } from './engine-replay.ts';

/** What money may differ by: the engine keeps twelve places and splits with a floor. */
const MONEY_ERROR_MAX = fraction('0.000001');

const PLACES = 12;

type Differences = string[];

const compareMoney = (differences: Differences, what: string, engine: Fraction, twin: Fraction): void => {
  if (engine.minus(twin).absolute().isAbove(MONEY_ERROR_MAX)) {
    differences.push(`${what}: engine ${engine.toDecimalString(PLACES)}, twin ${twin.toDecimalString(PLACES)}`);
  }
};

const compareExactly = (differences: Differences, what: string, engine: string, twin: Fraction | number): void => {
  const same = fraction(engine).equals(typeof twin === 'number' ? fraction(`${twin}`) : twin);
  if (!same) differences.push(`${what}: engine ${engine}, twin ${typeof twin === 'number' ? twin : twin.toDecimalString(PLACES)}`);
};

const compareCounters = (differences: Differences, { document }: EngineRun, { totals }: ReferenceReplay): void => {
  const rows = [
    { at: 'total', engine: document.totals, count: totals.totalCount.bind(totals), sum: totals.totalSum.bind(totals) },
    ...Object.entries(document.markets).map(([marketId, engine]) => ({
      at: marketId,
      engine,
      count: (name: (typeof COUNTS)[number]) => totals.countIn(marketId, name),
      sum: (name: (typeof QUANTITIES)[number] | (typeof AMOUNTS)[number]) => totals.sumIn(marketId, name),
    })),
  ];
  for (const { at, engine, count, sum } of rows) {
    for (const name of COUNTS) compareExactly(differences, `${at} ${name}`, `${engine[name]}`, count(name));
    for (const name of QUANTITIES) compareExactly(differences, `${at} ${name}`, engine[name], sum(name));
    for (const name of AMOUNTS) compareMoney(differences, `${at} ${name}`, fraction(engine[name]), sum(name));
  }
};

/** Σ margin balances, at the book's mark where a market never had one. */
const marginBalanceOf = (scenario: ReplayScenario, { state }: ReferenceReplay): Fraction => {
  const ofBook = scenario.book.markets.map(({ marketId, markPrice }) => [marketId, fraction(markPrice)] as const);
  const marks = new Map([...ofBook, ...state.marks]);
  return total(state.pools.map((pool) => assess(present(poolAtMarks({ ...state, marks }, pool))).marginBalance));
};

const comparePools = (differences: Differences, { outcome }: EngineRun, { state }: ReferenceReplay): void => {
  const pools = outcome.store.tables.Pools;
  compareExactly(differences, 'pools', `${pools.size}`, state.pools.length);
  for (const pool of state.pools) {
    const engine = present(pools.get(pool.poolId));
    const names = (positions: readonly { readonly marketId: string; readonly side: string }[]): string =>
      positions.map(({ marketId, side }) => `${marketId} ${side}`).join();
    compareMoney(differences, `${pool.poolId} balance`, exactly(engine.balance), pool.collateral);
    if ((engine.caseId === null) !== (pool.openCase === null)) differences.push(`${pool.poolId} case: engine ${engine.caseId}`);
    if (names(engine.positions) !== names(pool.positions)) {
      differences.push(`${pool.poolId} positions: engine ${names(engine.positions)}, twin ${names(pool.positions)}`);
      continue;
    }
    for (const [at, position] of pool.positions.entries()) {
      const held = present(engine.positions[at]);
      const what = `${pool.poolId} ${position.marketId} ${position.side}`;
      compareExactly(differences, `${what} quantity`, held.quantity.toFixed(), position.quantity);
      compareMoney(differences, `${what} entryValue`, exactly(held.entryValue), position.entryValue);
    }
  }
};

/** The fund of each asset, and their sum. */
const compareFunds = (
  differences: Differences,
  { document, outcome }: EngineRun,
  { book }: ReplayScenario,
  twin: ReferenceReplay,
): void => {
  const serving = new Map(book.insuranceFunds.toReversed().map(({ asset, fundId }) => [asset, fundId]));
  const funds = outcome.store.tables.Funds;
  for (const [asset, balance] of twin.state.funds) {
    // Without a fund in the book the rule set's own one serves, which is named after the asset and empty.
    const fundId = serving.get(asset) ?? asset.toLowerCase();
    const fund = present([...funds.values()].find((each) => each.fundId === fundId));
    compareMoney(differences, `fund of ${asset}`, exactly(fund.balance), balance);
  }
  compareMoney(differences, 'fundBalance', fraction(document.totals.fundBalance), total([...twin.state.funds.values()]));
};

/** Everything in which the engine's replay and the twin's end differently, one line each. */
export const differencesOf = (scenario: ReplayScenario, engine: EngineRun, twin: ReferenceReplay): readonly string[] => {
  const differences: Differences = [];
  const { marks, totals, conserved, violations } = engine.document;
  compareCounters(differences, engine, twin);
  comparePools(differences, engine, twin);
  compareFunds(differences, engine, scenario, twin);
  compareExactly(differences, 'marks', `${marks}`, scenario.instants.flat().length);
  compareExactly(differences, 'poolsOpen', `${totals.poolsOpen}`, twin.state.pools.filter(({ positions }) => positions.length > 0).length);
  compareMoney(differences, 'marginBalance', fraction(totals.marginBalance), marginBalanceOf(scenario, twin));
  if (!conserved || violations.length > 0) differences.push(`violations: ${JSON.stringify(violations)}`);
  return differences;
};
