import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, quantity, ratio } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { runReplay } from '#local/replay/run-replay.ts';
import type { MemoryTables } from '#local/store/memory-tables.ts';
import { hasEmbeddedTables } from '../support/embedded-tables.ts';
import { withSafeguards } from '../support/small-law.ts';
import { textTable } from '../support/text-table.ts';
import { askedInProcess, askedOnStack, bookTrade } from './asking-venue.ts';
import { DrivenVenue } from './driven-venue.ts';
import { moveLaw } from './from-outside.ts';
import { ASKING_VENUE, type AskedSafeguard } from './safeguards/asked-safeguard.ts';
import { OPEN_INTEREST } from './safeguards/open-interest.ts';
import { POSITION_SHARE } from './safeguards/position-share.ts';
import { PROFIT_CAP } from './safeguards/profit-cap.ts';
import { startWholeStack, until, type WholeStack } from './whole-stack.ts';

const ALL: readonly (readonly [name: string, asked: AskedSafeguard])[] = [OPEN_INTEREST, POSITION_SHARE, PROFIT_CAP].map((each) => [
  each.name,
  each,
]);

/** Security to value that no market has. */
const ALWAYS_AMBER = { enter: ratio(decimal('1000000')), leave: ratio(decimal('1000000')) };

const rowsOf = ({ asks }: AskedSafeguard) => textTable('mark | pool | asks | answer', asks);

describe.each(ALL)('the safeguard %s, asked in one process', (_name, asked) => {
  it.each(rowsOf(asked))('after mark $mark answers $pool, $asks: $answer', async ({ mark, pool, asks, answer }) => {
    const groups = ASKING_VENUE.groups.slice(0, Number(mark) + 1);
    const { tables, violations } = await runReplay({ ...ASKING_VENUE, groups }, () => {});
    expect(violations).toEqual([]);
    expect(askedInProcess(tables, ASKING_VENUE, pool, asks)).toBe(answer);
  });
});

describe.skipIf(!hasEmbeddedTables)('the safeguards of openings, asked on the local stack', () => {
  let whole: WholeStack;
  let venue: DrivenVenue;
  /** What was heard, by safeguard, in the order of its table. */
  const heard = new Map<string, string[]>();
  let inProcess: MemoryTables;

  beforeAll(async () => {
    inProcess = (await runReplay(ASKING_VENUE, () => {})).tables;
    whole = await startWholeStack(ASKING_VENUE);
    venue = new DrivenVenue(whole, ASKING_VENUE);
    for (const [at, group] of ASKING_VENUE.groups.entries()) {
      await venue.run([group]);
      for (const [name, asked] of ALL) {
        const rows = rowsOf(asked).filter(({ mark }) => Number(mark) === at);
        for (const { pool, asks } of rows) {
          const answer = await venue.does((client) => askedOnStack(client, ASKING_VENUE, pool, asks));
          heard.set(name, [...(heard.get(name) ?? []), answer]);
        }
      }
    }
  });
  afterAll(() => whole?.stop());

  /** The mark once more, so long after it, with another open interest. */
  const markAgain = async (marketId: string, told: string, afterMs: number): Promise<number> => {
    const accepted = present((await whole.ports.loadMarket(marketId))?.accepted, marketId);
    const sequence = accepted.sequence + 1;
    const openInterest = quantity(decimal(told));
    await venue.publish({ ...accepted, sequence, observedAt: epochMs(accepted.observedAt + afterMs), openInterest });
    await venue.finish();
    return sequence;
  };

  it('leave the markets as in one process: told open interest, band and status', async () => {
    for (const [marketId, market] of inProcess.Markets) {
      const onStack = await whole.ports.loadMarket(marketId);
      expect([onStack?.accepted?.openInterest?.toFixed(), onStack?.security?.band, onStack?.status]).toEqual([
        market.accepted?.openInterest?.toFixed(),
        market.security?.band,
        market.status,
      ]);
    }
  });

  it.each(ALL)('%s: each question hears what it heard in one process', (name, asked) => {
    expect(heard.get(name)).toEqual(rowsOf(asked).map(({ answer }) => answer));
  });

  it.each(ALL)('%s: what is allowed is opened, and then no more is', async (_name, { opens: { poolId, trade, told, next, answer } }) => {
    const ask = (asks: string) => venue.does((client) => askedOnStack(client, ASKING_VENUE, poolId, asks));
    expect(await ask(trade)).toBe('-');
    await until('the trade is booked', async () => (await venue.does((client) => bookTrade(client, poolId, trade))) === 'WRITTEN');
    await markAgain(trade.slice(-3), told, 1000);
    expect(await ask(next)).toBe(answer);
  });

  it('FPP-5: another version of the law, once it is active, is what the venue hears and what the engine decides under', async () => {
    const opening = { ...present(ASKING_VENUE.ruleSet.safeguards.opening, 'opening'), openInterestCap: money(decimal('1000')) };
    const securityToValue = { ...present(ASKING_VENUE.ruleSet.safeguards.securityToValue, 'bands'), amber: ALWAYS_AMBER };
    await moveLaw(whole, withSafeguards(ASKING_VENUE.ruleSet, { opening, securityToValue }));
    expect(await venue.does((client) => askedOnStack(client, ASKING_VENUE, 'wide#CROSS#USDT', 'LONG 1 BBB'))).toBe('OPEN_INTEREST_CAP');
    const sequence = await markAgain('BBB', '111', 60_000);
    const decision = await whole.ports.loadDecision(`SAFEGUARD#MARKET#BBB#${sequence}`);
    expect(decision).toMatchObject({ ruleSet: { version: '1.1.0' }, event: { band: 'AMBER' } });
  });
});
