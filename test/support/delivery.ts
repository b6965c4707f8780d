import type { CommitPort } from '#core/commit.ts';
import type { MarkObservation } from '#core/market/market-state.ts';
import type { Side } from '#core/market/side.ts';
import { byCodeUnits } from '#core/ordering.ts';
import { plainJson } from '#core/plain-json.ts';
import type { Wave } from '#core/wave.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import { deleverageMarket } from '#functions/deleverage/deleverage.ts';
import { evaluateMargin, renewGuards } from '#functions/evaluate-margin/evaluate-margin.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { settleLiquidation } from '#functions/settle-liquidation/settle-liquidation.ts';
import { publishMark, ringWave } from '#functions/watch-marks/watch-marks.ts';
import { Auditor } from '#local/audit/auditor.ts';
import type { MarkGroup } from '#local/mark-path.ts';
import type { ReplayInputs } from '#local/replay/run-replay.ts';
import { SimulatedVenue } from '#local/replay/simulated-venue.ts';
import { Tally } from '#local/replay/tally.ts';
import { enginePorts } from '#local/store/engine-ports.ts';
import { MemoryStore } from '#local/store/memory-store.ts';

/** The engine over an in-memory store, its use cases called one by one as deliveries would call them. */
export interface Engine {
  readonly store: MemoryStore;
  readonly ports: EnginePorts;
  readonly venue: SimulatedVenue;
  readonly auditor: Auditor;
  readonly tally: Tally;
}

export const engineOf = (inputs: ReplayInputs): Engine => {
  const auditor = new Auditor(inputs.initial);
  const tally = new Tally([]);
  const store = new MemoryStore(inputs.initial, [auditor, tally]);
  return {
    store,
    ports: enginePorts(store, inputs.ruleSet, inputs.fundIds),
    venue: new SimulatedVenue(store, inputs.depthPerMark),
    auditor,
    tally,
  };
};

/** The same engine with another way to commit; the venue keeps its own. */
export const committingBy = (engine: Engine, wrap: (commit: CommitPort) => CommitPort): Engine => ({
  ...engine,
  ports: { ...engine.ports, commit: wrap(engine.ports.commit) },
});

export const observationsOf = (group: MarkGroup): readonly MarkObservation[] =>
  group.marks.map((mark) => ({ ...mark, observedAt: group.at }));

const casesIn = (engine: Engine, wave: Wave, states: readonly string[]) =>
  [...engine.store.tables.Cases.values()]
    .filter((each) => each.wave === wave.waveId && states.includes(each.state))
    .sort((a, b) => a.waveRank - b.waveRank);

export const settleWave = async (engine: Engine, wave: Wave): Promise<void> => {
  await engine.venue.work(wave.waveId);
  for (const { caseId } of casesIn(engine, wave, ['ORDERED'])) await settleLiquidation(engine.ports)(caseId, wave);
};

export const deleverageWave = async (engine: Engine, wave: Wave): Promise<void> => {
  const legs = casesIn(engine, wave, ['ADL_WAIT', 'ADL_RUN']).flatMap((each) => each.legs.filter((leg) => leg.awaitsDeleveraging));
  const waiting = new Map<string, readonly [string, Side]>(legs.map(({ marketId, side }) => [`${marketId}#${side}`, [marketId, side]]));
  for (const [, [marketId, side]] of [...waiting].sort(([a], [b]) => byCodeUnits(a, b))) {
    await deleverageMarket(engine.ports)(wave, marketId, side);
  }
};

const deliverWave = async (engine: Engine, wave: Wave, moved: readonly string[]): Promise<void> => {
  for (const ring of await ringWave(engine.ports)(wave, moved)) await evaluateMargin(engine.ports)(ring, wave);
  await openWave(engine.ports)(wave);
  await settleWave(engine, wave);
  await deleverageWave(engine, wave);
  const changed = [...engine.store.tables.Pools.values()].filter(
    ({ lastWriter }) => lastWriter === 'SETTLE' || lastWriter === 'DELEVERAGE',
  );
  for (const { poolId } of changed) await renewGuards(engine.ports)(poolId, async () => wave.at);
};

/** Publishes the marks of an instant. */
export const publishGroup = async (engine: Engine, group: MarkGroup): Promise<readonly Wave[]> => {
  const waves: Wave[] = [];
  for (const observation of observationsOf(group)) {
    const wave = await publishMark(engine.ports)(observation, group.at);
    if (wave !== null) waves.push(wave);
  }
  return waves;
};

/** Delivers everything that the marks of an instant set off. Called again it delivers everything again, as streams may. */
export const deliverGroup = async (engine: Engine, group: MarkGroup): Promise<void> => {
  const waves = await publishGroup(engine, group);
  const moved = waves.map((wave) => wave.marketId);
  for (const wave of waves) await deliverWave(engine, wave, moved);
};

/** What two runs must agree in: books, cases, orders and postings, without the versions, which count attempts. */
export const booksOf = ({ store, tally }: Engine): unknown => {
  const { Pools, Funds, Cases, Orders, Journal } = store.tables;
  const withoutVersion = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(plainJson(value)), (key, each) => (key === 'version' || key === 'lastWriter' ? undefined : each));
  return withoutVersion({ Pools, Funds, Cases, Orders, Journal, total: tally.total });
};

/** Violations so far and at the end; the engine may go on afterwards. */
export const violationsOf = ({ auditor, store }: Engine): readonly string[] => {
  auditor.finish(store.tables);
  return auditor.violations;
};
