import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import type { MarkGroup } from '#local/mark-path.ts';
import { runReplay } from '#local/replay/run-replay.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { booksOf, committingBy, deliverGroup, type Engine, engineOf, violationsOf } from '../support/delivery.ts';
import { Crash, crashingAt } from '../support/other-writer.ts';
import { GUARDED, HOUSE, seconds, withFund, withSafeguards } from '../support/small-law.ts';
import { inputsOf, type SmallVenue } from '../support/small-venue.ts';

/** Two markets, a depth that orders compete for, a fund that pays part, counterparties for most of the rest, a cross pool, fees. */
const VENUE: SmallVenue = {
  accounts: `
    b1   | 30   | LONG 10 AAA 100
    b2   | 50   | LONG 10 AAA 100
    b3   | 100  | LONG 10 AAA 100 + SHORT 10 BBB 50
    b4   | 60   | LONG 10 AAA 100 + SHORT 2 AAA 100
    s1   | 500  | SHORT 6 AAA 100
    s2   | 400  | SHORT 6 AAA 101
    s3   | 300  | SHORT 6 AAA 102
    x1   | 5000 | LONG 12 BBB 49
  `,
  fund: '150',
  depthPerMark: { AAA: '3' },
  takerFeeRate: '0.0005',
  marks: '0 | 100 | 50\n 15 | 90 | 55\n 30 | 89 | -\n 45 | 88 | 56',
};

const SMALL_GUARDED = withFund(
  withSafeguards(GUARDED, {
    jumpBand: null,
    throttle: { notionalPerMarket: money(decimal('1900')), interval: seconds(30), maximumDelay: seconds(3600) },
  }),
  { floor: '50', drawCapPerMarket: '60', drawdown: 'AT_LEAST' },
);

const inputsUnder = (law: RuleSet) => inputsOf({ ...VENUE, events: '10 | BBB | HALTED\n 20 | BBB | ACTIVE' }, law);

const undisturbed = async (law: RuleSet): Promise<Engine> => {
  const inputs = inputsUnder(law);
  const engine = engineOf(inputs);
  for (const group of inputs.groups) await deliverGroup(engine, group);
  return engine;
};

/** Runs all marks; whatever a delivery threw, everything is delivered again. */
const runThrough = async (engine: Engine, groups: readonly MarkGroup[]): Promise<void> => {
  for (const group of groups) {
    try {
      await deliverGroup(engine, group);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      await deliverGroup(engine, group);
    }
  }
};

/** The engine for each instant, whose k-th commit of the run has to wait until another delivery of the same instant is through. */
const overtakenAt = (engine: Engine, k: number): ((group: MarkGroup) => Engine) => {
  let count = 0;
  return (group) =>
    committingBy(engine, (commit) => async (writes) => {
      count += 1;
      if (count === k) await deliverGroup(engine, group);
      return commit(writes);
    });
};

describe.each([
  ['house', HOUSE],
  ['the guarded rules', SMALL_GUARDED],
])('under %s', (_, law) => {
  it.each(['BEFORE', 'AFTER'] as const)(
    'a crash %s any commit leaves books that balance, and the marks delivered again end the same',
    async (moment) => {
      const clean = await undisturbed(law);
      const books = booksOf(clean);
      expect(clean.store.commits).toBeGreaterThan(40);
      for (let k = 1; k <= clean.store.commits; k += 1) {
        const inputs = inputsUnder(law);
        const engine = engineOf(inputs);
        await runThrough(crashingAt(engine, k, moment), inputs.groups);
        expect(violationsOf(engine), `crash at ${k}`).toEqual([]);
        expect(booksOf(engine), `crash at ${k}`).toEqual(books);
      }
    },
  );

  it('a delivery that another one overtakes at any commit ends the same', async () => {
    const clean = await undisturbed(law);
    const books = booksOf(clean);
    for (let k = 1; k <= clean.store.commits; k += 1) {
      const inputs = inputsUnder(law);
      const engine = engineOf(inputs);
      const overtaken = overtakenAt(engine, k);
      for (const group of inputs.groups) await deliverGroup(overtaken(group), group);
      expect(violationsOf(engine), `overtaken at ${k}`).toEqual([]);
      expect(booksOf(engine), `overtaken at ${k}`).toEqual(books);
    }
  });
});

it('deliveries one by one end as the replay does', async () => {
  const replay = await runReplay(inputsOf(VENUE, HOUSE), () => {});
  const inputs = inputsOf(VENUE, HOUSE);
  const engine = engineOf(inputs);
  for (const group of inputs.groups) await deliverGroup(engine, group);
  engine.tally.finish(engine.store.tables);
  expect(booksOf({ ...engine, store: replay.store, tally: replay.tally })).toEqual(booksOf(engine));
});
