import { expect } from 'vitest';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf } from '../support/small-venue.ts';
import { templateRinging } from './deaf-template.ts';
import type { DrivenVenue } from './driven-venue.ts';
import { bookPools, fillInPart, moveLaw, startCold } from './from-outside.ts';
import { STILL_RINGING, sweepThrough } from './lost-records.ts';
import { breakBooks, leaveStaleHint, marked, openedOrder, poisonStreams, RARE, ringAgain } from './rare-records.ts';
import { onStack, WAVES_OF_ALL_KINDS } from './waves-of-all-kinds.ts';
import { until, type WholeStack } from './whole-stack.ts';

/** Runs an audit and gives what it found. */
const audited = async ({ stack }: WholeStack): Promise<readonly string[]> => {
  const report = await stack.invoke('audit', {});
  return Object(report).findings;
};

/** Everything that a healthy engine seldom meets, one after the other on one stack. */
const rarePaths = async (whole: WholeStack, venue: DrivenVenue): Promise<void> => {
  await marked(venue, 1, '94');
  await openedOrder(venue);
  // The first time it may not have been evaluated yet: a pool that got its guards in time is not rung.
  for (const time of ['first', 'second']) await until(`the ${time} ring is answered`, await ringAgain(whole, 'usdt#AAA#1'));
  await venue.finish();
  expect(await audited(whole)).toEqual([]);
  const isGone = await leaveStaleHint(whole);
  await marked(venue, 2, '88');
  const order = await openedOrder(venue);
  await until('the stale hint is taken away', isGone);
  await fillInPart(venue, order);
  await venue.finish();
  await breakBooks(whole, order.caseId);
  expect(await audited(whole)).toContain('market `AAA` was stopped');
  await marked(venue, 2, '88');
  await bookPools(venue);
  await moveLaw(whole);
  await poisonStreams(whole);
  await startCold(whole);
};

/** What the whole stack is taken through so that everything that it may do is done. */
export const EVERY_PATH: readonly (readonly [what: string, take: () => Promise<void>])[] = [
  ...WAVES_OF_ALL_KINDS.map(([what, inputs]) => [what, () => onStack(inputs, (_whole, venue) => venue.run())] as const),
  ['what is rare', () => onStack(inputsOf(RARE, HOUSE), rarePaths)],
  ['lost records', async () => onStack(inputsOf(RARE, HOUSE), sweepThrough, await templateRinging(STILL_RINGING))],
];
