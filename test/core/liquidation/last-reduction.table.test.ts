import { describe, expect, it } from 'vitest';
import type { LastReduction } from '#core/account/pool.ts';
import { closesAll, isCoolingDown, partSent, rememberedWhenSafe } from '#core/liquidation/last-reduction.ts';
import type { Recovery, ReductionEvent } from '#core/liquidation/reduction-policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { textTable } from '../../support/text-table.ts';

const part = (meanwhile: 'CLOSE_ALL' | 'WAIT'): ReductionEvent => ({
  type: 'REDUCE_BY_FRACTION',
  fraction: ratio(decimal('0.2')),
  cooldown: { notionalAbove: money(decimal('0')), length: durationMs(30_000), meanwhile },
});

const EVENTS: Readonly<Record<string, ReductionEvent>> = {
  CLOSE_ALL: part('CLOSE_ALL'),
  WAIT: part('WAIT'),
  FRACTION: { type: 'REDUCE_BY_FRACTION', fraction: ratio(decimal('0.2')), cooldown: null },
  PORTION: {
    type: 'REDUCE_BY_PORTION',
    fraction: ratio(decimal('0.1')),
    minimumNotional: money(decimal('0')),
    maximumNotional: money(decimal('1')),
    interval: durationMs(60_000),
  },
  TIER: { type: 'REDUCE_TO_TIER', tiers: 1 },
};

const eventOf = (name: string): ReductionEvent => {
  const event = EVENTS[name];
  if (event === undefined) throw new RangeError(`there is no event \`${name}\``);
  return event;
};

/** `100 130`: sent at 100 s, until 130 s; `-` for nothing remembered. */
const memory = (text: string): LastReduction | null => {
  const [at = '', until = ''] = text.split(' ');
  return at === '-' ? null : { rule: 'reduce', at: epochMs(Number(at) * 1000), until: epochMs(Number(until) * 1000) };
};

const shown = (remembered: LastReduction | null): string =>
  remembered === null ? '-' : `${remembered.at / 1000} ${remembered.until / 1000}`;

const secondsOf = (text: string) => epochMs(Number(text) * 1000);

describe('what a pool remembers of a part that is sent', () => {
  it.each(
    textTable(
      'event     | recovery    | before  | now | after',
      `
       CLOSE_ALL | MAINTENANCE | -       | 100 | 100 130
       CLOSE_ALL | MAINTENANCE | 100 130 | 110 | 100 130  // all of it goes, the cooldown that runs is not made longer
       CLOSE_ALL | MAINTENANCE | 100 130 | 130 | 130 160  // a first part again
       WAIT      | MAINTENANCE | -       | 100 | 100 130
       WAIT      | MAINTENANCE | 100 130 | 130 | 130 160
       PORTION   | MAINTENANCE | -       | 100 | 100 120  // intervals of a minute are counted from 1970
       PORTION   | MAINTENANCE | -       | 120 | 120 180
       FRACTION  | MAINTENANCE | -       | 100 | -        // nothing depends on it
       TIER      | MAINTENANCE | -       | 100 | -
       TIER      | INITIAL     | -       | 100 | 100 100  // it goes on until the pool has recovered
       FRACTION  | BUFFER      | 50 60   | 100 | 100 100
      `,
    ),
  )('$event under $recovery at $now, before $before: $after', ({ event, recovery, before, now, after }) => {
    const known: readonly Recovery[] = ['MAINTENANCE', 'BUFFER', 'INITIAL'];
    const target = known.find((each) => each === recovery) ?? 'MAINTENANCE';
    const sent = { rule: 'reduce', event: eventOf(event) };
    expect(shown(partSent({ lastReduction: memory(before) }, sent, { recovery: target }, secondsOf(now)))).toBe(after);
  });
});

describe('a pool whose part was sent at 100 s, until 130 s', () => {
  it.each(
    textTable(
      'event     | remembers | now   | waits | all',
      `
       WAIT      | 100 130   | 100   | yes   | no
       WAIT      | 100 130   | 129.9 | yes   | no
       WAIT      | 100 130   | 130   | no    | yes   // what did not recover closes whole
       WAIT      | -         | 130   | no    | no    // a first part
       CLOSE_ALL | 100 130   | 100   | no    | yes
       CLOSE_ALL | 100 130   | 129.9 | no    | yes
       CLOSE_ALL | 100 130   | 130   | no    | no    // a first part again
       CLOSE_ALL | -         | 100   | no    | no
       PORTION   | 100 130   | 129.9 | yes   | no
       PORTION   | 100 130   | 130   | no    | no    // the next portion
       FRACTION  | 100 130   | 110   | no    | no
       TIER      | 100 130   | 110   | no    | no
      `,
    ),
  )('with $event at $now waits: $waits; closes all: $all', ({ event, remembers, now, waits, all }) => {
    const pool = { lastReduction: memory(remembers) };
    expect(isCoolingDown(pool, eventOf(event), secondsOf(now)) ? 'yes' : 'no').toBe(waits);
    expect(closesAll(pool, eventOf(event), secondsOf(now)) ? 'yes' : 'no').toBe(all);
  });
});

describe('a pool found safe', () => {
  it.each(
    textTable(
      'event     | now | remembers',
      `
       CLOSE_ALL | 110 | 100 130  // counts by time alone
       CLOSE_ALL | 130 | -
       PORTION   | 110 | 100 130
       WAIT      | 110 | -        // another breach begins anew
       TIER      | 110 | -
      `,
    ),
  )('under $event remembers $remembers at $now', ({ event, now, remembers }) => {
    const verdict = { rule: 'reduce', priority: 1, event: eventOf(event), outcome: 'SILENT' as const, error: null };
    expect(shown(rememberedWhenSafe({ lastReduction: memory('100 130') }, [verdict], secondsOf(now)))).toBe(remembers);
  });

  it('forgets a rule that its law does not have any more', () => {
    expect(rememberedWhenSafe({ lastReduction: memory('100 130') }, [], secondsOf('110'))).toBeNull();
  });
});
