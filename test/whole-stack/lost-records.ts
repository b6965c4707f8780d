import { expect, vi } from 'vitest';
import { setHeld } from '#local/stack-replay/lanes.ts';
import type { DrivenVenue } from './driven-venue.ts';
import { marked, openedOrder, ringAgain } from './rare-records.ts';
import { until, type WholeStack } from './whole-stack.ts';

/** What still rings where everything else is lost. */
export const STILL_RINGING = ['watch-marks on Observations', 'open-wave on Rings'] as const;

const WAVE = 'usdt#AAA#1';

/** Runs a sweep, which makes good this and nothing else. */
const swept = async ({ stack }: WholeStack, kind: string, count: number): Promise<void> => {
  const metric = (name: string, value: number) => expect.objectContaining({ name, value });
  expect(await stack.invoke('sweep', {})).toMatchObject({
    metrics: expect.arrayContaining([metric(kind, count), metric('Rescues', count)]),
    findings: [],
  });
  stack.hurry();
};

/** A wave that sweeps alone bring on: nobody hears of its lane, evaluates its pools, ends its orders or settles its case. */
export const sweepThrough = async (whole: WholeStack, venue: DrivenVenue): Promise<void> => {
  await setHeld(whole.ports, 'usdt', true);
  await marked(venue, 1, '94');
  await setHeld(whole.ports, 'usdt', false);
  await swept(whole, 'LanesRung', 1);
  await marked(venue, 2, '94');
  await until('all pools are rung', async () => (await whole.ports.loadLane('usdt')).waves[0]?.stage === 'RUNG');
  await swept(whole, 'RingsEvaluated', 3);
  const { poolId } = await openedOrder(venue);
  const isAnswered = await ringAgain(whole, WAVE);
  await swept(whole, 'RingsEvaluated', 1);
  expect(await isAnswered()).toBe(true);
  // One that is in hand by now is left alone.
  const isLeftAlone = await ringAgain(whole, WAVE, poolId);
  await swept(whole, 'RingsEvaluated', 1);
  expect(await isLeftAlone()).toBe(true);
  // By the clock of this machine the order of that day is long past its time.
  vi.stubEnv('CLOCK', 'SYSTEM');
  await swept(whole, 'OrdersExpired', 1);
  vi.unstubAllEnvs();
  await swept(whole, 'CasesRung', 1);
};
