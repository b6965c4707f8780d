import { setTimeout as sleep } from 'node:timers/promises';
import type { LaneWave } from '#core/lane.ts';
import { DepthUse } from '../replay/depth-use.ts';
import { booksInForce } from './serve-books.ts';
import type { StackSession } from './stack-session.ts';
import { StackStuck } from './watch.ts';
import { type WorkedWave, type WorkingVenue, workLane } from './work-wave.ts';

const IDLE_MS = 50;

const said = ({ waveId }: LaneWave, { cases, ordersEnded }: WorkedWave): string =>
  `${waveId}: ${cases.length} cases, ${ordersEnded} orders ended`;

/** Quiet marks are many: only those that opened something are worth a line. */
const teller =
  (say: (line: string) => void) =>
  (wave: LaneWave, worked: WorkedWave): void => {
    if (worked.cases.length > 0) say(said(wave, worked));
  };

/** Works a lane as long as nobody asks for the end. A wave that is stuck is told of and waited for again. */
const serveLane = async (venue: WorkingVenue, fundId: string, say: (line: string) => void): Promise<void> => {
  const { signal } = venue.session;
  while (!signal.aborted) {
    try {
      await workLane(venue, fundId, teller(say));
    } catch (error) {
      if (!(error instanceof StackStuck)) throw error;
      say(error.message);
    }
    await sleep(IDLE_MS, undefined, { signal }).catch(() => {});
  }
};

/** The simulated venue of a server: fills every liquidation order at the mark, without a limit of depth, until the signal. Then throws its reason. */
export const serveVenue = async (session: StackSession, ruleSetId: string, say: (line: string) => void): Promise<void> => {
  const { fundIds, ruleSet } = await booksInForce(session, ruleSetId);
  const operator = session.operator(ruleSet, fundIds);
  const venue: WorkingVenue = { session, operator, depthPerMark: new Map(), depth: new DepthUse() };
  await Promise.all([...new Set(fundIds.values())].map((fundId) => serveLane(venue, fundId, say)));
  session.signal.throwIfAborted();
};
