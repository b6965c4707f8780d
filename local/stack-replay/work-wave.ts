import type { LaneWave } from '#core/lane.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { Quantity } from '#core/units/money.ts';
import { sideBySide } from '#functions/adapters/dynamodb/side-by-side.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import type { DepthUse } from '../replay/depth-use.ts';
import type { RankedOrder } from '../replay/match-order.ts';
import { type PlannedEnd, planFills } from './plan-fills.ts';
import type { StackSession } from './stack-session.ts';

/** The simulated venue beside a stack: what it reads, and what its marks have given so far. */
export interface WorkingVenue {
  readonly session: StackSession;
  readonly operator: EnginePorts;
  readonly depthPerMark: ReadonlyMap<string, Quantity>;
  readonly depth: DepthUse;
}

/** What became of a wave, for whoever follows it. */
export interface WorkedWave {
  readonly cases: readonly LiquidationCase[];
  readonly ordersEnded: number;
}

/** Whether the wave has left its lane. */
const hasLeft = async ({ operator }: WorkingVenue, { fundId, waveId }: LaneWave): Promise<boolean> =>
  (await operator.loadLane(fundId)).waves[0]?.waveId !== waveId;

/**
 * The wave's cases once all of it is evaluated and opened; null before. A ring goes in the write that puts its nomination, so that rings are looked for
 * first. A wave without cases leaves by itself.
 */
const openedCases = async ({ operator }: WorkingVenue, { fundId, waveId }: LaneWave): Promise<readonly LiquidationCase[] | null> => {
  const head = (await operator.loadLane(fundId)).waves[0];
  if (head?.waveId === waveId && (head.stage !== 'RUNG' || (await operator.hasRings(waveId)) || (await operator.hasNominations(waveId))))
    return null;
  return operator.loadWaveCases(waveId);
};

const openOrders = async ({ operator }: WorkingVenue, cases: readonly LiquidationCase[]): Promise<readonly RankedOrder[]> => {
  const ranked: RankedOrder[] = [];
  for (const liquidation of cases) {
    const { waveRank, state } = liquidation;
    if (state !== 'ORDERED') continue;
    for (const order of await operator.loadOrders(liquidation)) if (order.status === 'NEW') ranked.push({ order, waveRank });
  }
  return ranked;
};

const marketsOf = async ({ operator }: WorkingVenue, orders: readonly RankedOrder[]): Promise<ReadonlyMap<string, MarketState>> => {
  const markets = new Map<string, MarketState>();
  for (const { order } of orders) {
    const market = markets.get(order.marketId) ?? (await operator.loadMarket(order.marketId));
    if (market !== null) markets.set(order.marketId, market);
  }
  return markets;
};

/** A venue first sees to it that nothing of the account rests, then fills. */
const acknowledgeCancels = async ({ session }: WorkingVenue, cases: readonly LiquidationCase[]): Promise<void> => {
  await sideBySide(cases, ({ caseId, attempt }) => session.venue.acknowledgeCancel(`${caseId}#CANCEL#${attempt}`));
};

/** All fills of a wave are there before its first order ends: what settling one order does to its market changes nothing for the others, also after a crash. */
const fillAndEnd = async ({ session }: WorkingVenue, ends: readonly PlannedEnd[]): Promise<void> => {
  const filled = ends.flatMap(({ order, fill }) => (fill === null ? [] : [{ orderId: order.orderId, fillSequence: 1, ...fill }]));
  await sideBySide(filled, (report) => session.venue.reportFill(report));
  for (const { order, fill } of ends) {
    // Refused: somebody ended it meanwhile, and it is settled as it ended.
    await session.venue.endOrder({ orderId: order.orderId, fillSequence: fill === null ? order.fillSequence : 1 });
  }
  session.stack.hurry();
};

/**
 * Works the first wave of a lane: waits until it is opened, ends its orders in filling order, and waits until it has left the lane. Before the first order
 * ends nobody is at work any more, so that the ends alone ring who settles, and the fund pays in their order on every run.
 */
export const workWave = async (venue: WorkingVenue, wave: LaneWave): Promise<WorkedWave> => {
  const { watch, until, isQuiet } = venue.session;
  const cases = await watch(`wave ${wave.waveId} is opened`, () => openedCases(venue, wave));
  if (cases.length > 0) await acknowledgeCancels(venue, cases);
  const orders = await openOrders(venue, cases);
  if (orders.length > 0) {
    await until(`all that rang in wave ${wave.waveId} is done`, isQuiet);
    await fillAndEnd(venue, planFills(orders, await marketsOf(venue, orders), venue.depthPerMark, venue.depth));
  }
  await until(`wave ${wave.waveId} leaves its lane`, () => hasLeft(venue, wave));
  return { cases, ordersEnded: orders.length };
};

/** Works one lane until nothing stands in it any more. */
export const workLane = async (venue: WorkingVenue, fundId: string, worked: (wave: LaneWave, what: WorkedWave) => void): Promise<void> => {
  for (;;) {
    const head = (await venue.operator.loadLane(fundId)).waves[0];
    if (head === undefined) return;
    worked(head, await workWave(venue, head));
  }
};
