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

/** Everything in which the engine's replay and the twin's end differently, one line each. */
export const differencesOf = (scenario: ReplayScenario, engine: EngineRun, twin: ReferenceReplay): readonly string[] => {
  const differences: Differences = [];
  const { totals, conserved, violations } = engine.document;
  compareCounters(differences, engine, twin);
  comparePools(differences, engine, twin);
  const funds = new Map(scenario.book.insuranceFunds.toReversed().map(({ asset, fundId }) => [asset, fundId]));
  for (const [asset, balance] of twin.state.funds) {
    const fund = [...engine.outcome.store.tables.Funds.values()].find(({ fundId }) => fundId === (funds.get(asset) ?? 'usdt'));
    compareMoney(differences, `fund of ${asset}`, exactly(present(fund).balance), balance);
  }
  compareExactly(differences, 'poolsOpen', `${totals.poolsOpen}`, twin.state.pools.filter(({ positions }) => positions.length > 0).length);
  compareMoney(differences, 'marginBalance', fraction(totals.marginBalance), marginBalanceOf(scenario, twin));
  if (!conserved || violations.length > 0) differences.push(`violations: ${JSON.stringify(violations)}`);
  return differences;
};
