import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { GUARDED, seconds, withSafeguards } from '../support/small-law.ts';
import { recorded, replayed, type SmallVenue, START_MS } from '../support/small-venue.ts';

/** What became of each nomination: `second account OPENED` or the reason for which it was put off. */
const openings = async (venue: SmallVenue, law: RuleSet): Promise<readonly string[]> => {
  const outcome = await replayed({ fund: '500000', ...venue }, law);
  return recorded(outcome, 'OPENING').map(
    ({ at, poolId, outcome: result, deferral }) =>
      `${(Number(at) - START_MS) / 1000} ${String(poolId).split('#')[0]} ${deferral ?? result}`,
  );
};

/** Two longs with a notional value of 950 each at 95; the first is the worse one. */
const TWO_LOSERS = 'loser1 | 45 | LONG 10 AAA 100\n loser2 | 50 | LONG 10 AAA 100\n winner | 9000 | SHORT 20 AAA 100';

const throttled = (notionalPerMarket: string, interval: number, maximumDelay: number) =>
  withSafeguards(GUARDED, {
    throttle: { notionalPerMarket: money(decimal(notionalPerMarket)), interval: seconds(interval), maximumDelay: seconds(maximumDelay) },
  });

describe('the throttle', () => {
  const marks = '0 | 100 | -\n 15 | 95 | -\n 30 | 95 | -\n 60 | 95 | -';

  it('spreads openings over its intervals, the worst first', async () => {
    expect(await openings({ accounts: TWO_LOSERS, marks }, throttled('1899', 60, 3600))).toEqual([
      '15 loser1 OPENED',
      '15 loser2 THROTTLED',
      '30 loser2 THROTTLED',
      '60 loser2 OPENED',
    ]);
  });

  it('lets pass what fits exactly', async () => {
    expect(await openings({ accounts: TWO_LOSERS, marks }, throttled('1900', 60, 3600))).toEqual(['15 loser1 OPENED', '15 loser2 OPENED']);
  });

  it('lets one pool larger than the limit pass, so that it does not wait for ever', async () => {
    expect(await openings({ accounts: TWO_LOSERS, marks }, throttled('1', 60, 3600))).toEqual([
      '15 loser1 OPENED',
      '15 loser2 THROTTLED',
      '30 loser2 THROTTLED',
      '60 loser2 OPENED',
    ]);
  });

  it('holds nobody longer than the maximum delay', async () => {
    expect(await openings({ accounts: TWO_LOSERS, marks }, throttled('1', 3600, 45))).toEqual([
      '15 loser1 OPENED',
      '15 loser2 THROTTLED',
      '30 loser2 THROTTLED',
      '60 loser2 OPENED',
    ]);
  });

  it('counts the delay anew for a pool that recovered in between', async () => {
    const recovering = '0 | 100 | -\n 15 | 95 | -\n 30 | 100 | -\n 60 | 95 | -\n 90 | 95 | -\n 105 | 95 | -';
    const accounts = `${TWO_LOSERS}\n loser3 | 45 | LONG 10 AAA 100`;
    expect(await openings({ accounts, marks: recovering }, throttled('1', 3600, 45))).toEqual([
      '15 loser1 OPENED',
      '15 loser3 THROTTLED',
      '15 loser2 THROTTLED',
      '60 loser3 THROTTLED',
      '60 loser2 THROTTLED',
      '90 loser3 THROTTLED',
      '90 loser2 THROTTLED',
      '105 loser3 OPENED',
      '105 loser2 OPENED',
    ]);
  });

  it('throttles after a halt as before it, however long the halt was', async () => {
    const after = '0 | 100 | -\n 15 | 95 | -\n 391 | 95 | -\n 420 | 95 | -';
    const events = '10 | AAA | HALTED\n 330 | AAA | ACTIVE';
    expect(await openings({ accounts: TWO_LOSERS, marks: after, events }, throttled('1', 60, 300))).toEqual([
      '15 loser1 MARKET_HALTED',
      '15 loser2 MARKET_HALTED',
      '391 loser1 OPENED',
      '391 loser2 THROTTLED',
      '420 loser2 OPENED',
    ]);
  });

  it('off: everybody is opened at once', async () => {
    const off = withSafeguards(GUARDED, { throttle: null });
    expect(await openings({ accounts: TWO_LOSERS, marks }, off)).toEqual(['15 loser1 OPENED', '15 loser2 OPENED']);
  });
});

describe('a halt', () => {
  const accounts = 'loser1 | 50 | LONG 10 AAA 100\n winner | 9000 | SHORT 20 AAA 100';
  const marks = '0 | 100 | -\n 15 | 95 | -\n 30 | 95 | -\n 45 | 95 | -\n 89 | 95 | -\n 90 | 95 | -';
  const events = '10 | AAA | HALTED\n 30 | AAA | ACTIVE';
  const noGrace = withSafeguards(GUARDED, { graceAfterHalt: null });

  it('puts liquidations off, and a grace period after it gives traders the time to act', async () => {
    expect(await openings({ accounts, marks, events }, GUARDED)).toEqual([
      '15 loser1 MARKET_HALTED',
      '30 loser1 GRACE_AFTER_HALT',
      '45 loser1 GRACE_AFTER_HALT',
      '89 loser1 GRACE_AFTER_HALT',
      '90 loser1 OPENED',
    ]);
  });

  it('without the grace period ends with the first mark after it', async () => {
    expect(await openings({ accounts, marks, events }, noGrace)).toEqual(['15 loser1 MARKET_HALTED', '30 loser1 OPENED']);
  });

  it('spares whoever recovers before it ends', async () => {
    const recovering = '0 | 100 | -\n 15 | 95 | -\n 45 | 100 | -\n 120 | 100 | -';
    expect(await openings({ accounts, marks: recovering, events }, GUARDED)).toEqual(['15 loser1 MARKET_HALTED']);
  });

  it.each(['HALTED', 'SETTLING'])('in status %s sends no order even under rules without any safeguard', async (status) => {
    const still = { accounts, marks: '0 | 100 | -\n 15 | 95 | -', events: `10 | AAA | ${status}` };
    expect(await openings(still, noGrace)).toEqual(['15 loser1 MARKET_HALTED']);
  });

  it('of one market puts off a cross pool that holds it, whatever market fell', async () => {
    const cross = 'loser1 | 50 | LONG 10 AAA 100 + LONG 1 BBB 50';
    const venue = { accounts: cross, marks: '0 | 100 | 50\n 15 | 95 | 50', events: '10 | BBB | HALTED' };
    expect(await openings(venue, GUARDED)).toEqual(['15 loser1 MARKET_HALTED', '15 loser1 MARKET_HALTED']);
  });

  it('that only forbids new positions lets liquidations go on, with no grace after it', async () => {
    const reduceOnly = '10 | AAA | REDUCE_ONLY\n 12 | AAA | ACTIVE';
    expect(await openings({ accounts, marks, events: '10 | AAA | REDUCE_ONLY' }, GUARDED)).toEqual(['15 loser1 OPENED']);
    expect(await openings({ accounts, marks, events: reduceOnly }, GUARDED)).toEqual(['15 loser1 OPENED']);
  });
});
