import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { price } from '#core/units/money.ts';
import type { MarkGroup } from '#local/mark-path.ts';
import { runReplay } from '#local/replay/run-replay.ts';
import { GUARDED, withSafeguards } from '../support/small-law.ts';
import { inputsOf, recorded, replayed, second } from '../support/small-venue.ts';

/** A long that is liquidated below 95.96 and bankrupt at 95, and a short who would pay for it. */
const LOSER_AND_WINNER = `
  loser  | 50   | LONG 10 AAA 100
  winner | 1000 | SHORT 10 AAA 100
`;

const quarantines = async (marks: string, law = GUARDED) => {
  const outcome = await replayed({ accounts: LOSER_AND_WINNER, fund: '500000', marks }, law);
  return { breaches: outcome.tally.total.breaches, reasons: Object.fromEntries(outcome.tally.safeguards.quarantined), outcome };
};

describe('the maximum age of a mark', () => {
  const accounts = 'both | 50 | LONG 10 AAA 100 + LONG 1 BBB 50';
  // BBB is marked once and then 75 s later; AAA falls at 61 s.
  const marks = '0 | 100 | 50\n 30 | 100 | -\n 61 | 90 | -\n 75 | 90 | 50';

  it('refuses a pool with a leg whose mark is too old, and judges it when that market is marked again', async () => {
    const { tally } = await replayed({ accounts, marks, fund: '500000' }, GUARDED);
    expect(tally.safeguards.refused).toBe(1);
    expect(tally.total.breaches).toBe(1);
  });

  it('records the refusal with every rule in error and the market that is too old', async () => {
    const outcome = await replayed({ accounts, marks, fund: '500000' }, GUARDED);
    const refusals = recorded(outcome, 'MARGIN').filter(({ at }) => at === second('61'));
    expect(refusals).toMatchObject([{ choice: { kind: 'REFUSED', reason: 'MARK_TOO_OLD in market `BBB`' } }]);
    expect(refusals.flatMap(({ verdicts }) => verdicts)).toMatchObject([{ outcome: 'ERROR' }, { outcome: 'ERROR' }, { outcome: 'ERROR' }]);
    expect(recorded(outcome, 'OPENING')).toMatchObject([{ at: second('75') }]);
  });

  it('would have liquidated at the old mark without the guard', async () => {
    const outcome = await replayed({ accounts, marks, fund: '500000' }, withSafeguards(GUARDED, { markMaximumAge: null }));
    expect(outcome.tally.safeguards.refused).toBe(0);
    expect(recorded(outcome, 'OPENING')[0]).toMatchObject({ at: second('61') });
  });

  it('takes a mark of exactly the maximum age', async () => {
    const { tally } = await replayed({ accounts, marks: '0 | 100 | 50\n 60 | 90 | -', fund: '500000' }, GUARDED);
    expect([tally.safeguards.refused, tally.total.breaches]).toEqual([0, 1]);
  });
});

describe('a market without any accepted mark', () => {
  it.each([GUARDED, withSafeguards(GUARDED, { markMaximumAge: null })])(
    'refuses every pool with a leg in it, whatever the rules',
    async (law) => {
      const accounts = 'both | 50 | LONG 10 AAA 100 + LONG 1 BBB 50';
      const outcome = await replayed({ accounts, marks: '0 | 100 | -\n 15 | 91 | -', fund: '500000' }, law);
      expect([outcome.tally.safeguards.refused, outcome.tally.total.breaches]).toEqual([2, 0]);
      expect(recorded(outcome, 'MARGIN')[1]).toMatchObject({ choice: { kind: 'REFUSED', reason: 'NO_ACCEPTED_MARK in market `BBB`' } });
    },
  );
});

describe('the sequence of marks', () => {
  const groups = (sequences: readonly number[]): readonly MarkGroup[] =>
    ['100', '99', '90'].map((mark, index) => ({
      at: second(String(15 * index)),
      marks: [{ marketId: 'AAA', sequence: sequences[index] ?? 0, markPrice: price(decimal(mark)), indexPrice: price(decimal(mark)) }],
    }));
  const replay = (sequences: readonly number[]) =>
    runReplay({ ...inputsOf({ accounts: LOSER_AND_WINNER, fund: '500000' }, GUARDED), groups: groups(sequences) }, () => {});

  it('ignores a mark that comes late, and says so', async () => {
    const outcome = await replay([1, 3, 2]);
    expect(outcome.tally.total.breaches).toBe(0);
    expect(Object.fromEntries(outcome.tally.safeguards.quarantined)).toEqual({ SEQUENCE_NOT_GROWING: 1 });
    expect(outcome.store.tables.Markets.get('AAA')?.accepted?.markPrice.toFixed()).toBe('99');
  });

  it('would have liquidated had the same mark come in order', async () => {
    expect((await replay([1, 2, 3])).tally.total.breaches).toBe(1);
  });
});

describe('the jump band', () => {
  const off = withSafeguards(GUARDED, { jumpBand: null });

  it('keeps a single bad print from liquidating anybody', async () => {
    const marks = '0 | 100 | -\n 15 | 80 | -\n 30 | 100 | -';
    expect(await quarantines(marks)).toMatchObject({ breaches: 0, reasons: { JUMP_UNCONFIRMED: 1 } });
    expect(await quarantines(marks, off)).toMatchObject({ breaches: 1, reasons: {} });
  });

  it('believes a jump that two further marks confirm, and liquidates at the third', async () => {
    const { breaches, reasons, outcome } = await quarantines('0 | 100 | -\n 15 | 80 | -\n 30 | 79 | -\n 45 | 81 | -');
    expect({ breaches, reasons }).toEqual({ breaches: 1, reasons: { JUMP_UNCONFIRMED: 2 } });
    expect(recorded(outcome, 'MARK').at(-1)).toMatchObject({ at: second('45'), verdict: { kind: 'ACCEPTED', confirmedJump: true } });
    expect(recorded(outcome, 'OPENING')).toMatchObject([{ at: second('45') }]);
  });

  it('counts anew when the marks disagree with each other', async () => {
    const marks = '0 | 100 | -\n 15 | 80 | -\n 30 | 120 | -\n 45 | 80 | -\n 60 | 80 | -';
    expect(await quarantines(marks)).toMatchObject({ breaches: 0, reasons: { JUMP_UNCONFIRMED: 4 } });
  });

  it('lets a jump of exactly the band pass', async () => {
    expect(await quarantines('0 | 100 | -\n 15 | 90 | -')).toMatchObject({ breaches: 1, reasons: {} });
  });
});

describe('the divergence from the index', () => {
  const off = withSafeguards(GUARDED, { indexDivergence: null });

  it('quarantines a mark too far from its index, however near it is to the last mark', async () => {
    const marks = '0 | 100 | -\n 15 | 94/105 | -\n 30 | 100 | -';
    expect(await quarantines(marks)).toMatchObject({ breaches: 0, reasons: { INDEX_DIVERGENCE: 1 } });
    expect(await quarantines(marks, off)).toMatchObject({ breaches: 1, reasons: {} });
  });

  it('takes a mark at exactly the divergence', async () => {
    expect(await quarantines('0 | 100 | -\n 15 | 94.5/105 | -')).toMatchObject({ breaches: 1, reasons: {} });
  });
});

describe('the warning', () => {
  it('tells before anything happens and stands in the way of no order', async () => {
    // Margin ratio 0.97 · 10 / 20 = 0.485 at 97, 9.62 / 12 = 0.80 at 96.2, in breach at 95.
    const { outcome } = await quarantines('0 | 97 | -\n 15 | 96.2 | -\n 30 | 95.5 | -');
    expect(recorded(outcome, 'MARGIN').filter(({ poolId }) => poolId === 'loser#CROSS#USDT')).toMatchObject([
      { choice: { kind: 'NONE' } },
      { choice: { kind: 'WARN', rule: 'warn' } },
      { choice: { kind: 'LIQUIDATE' } },
    ]);
    expect(outcome.tally.safeguards.warned).toBe(1);
    expect(outcome.tally.total.liquidationOrders).toBe(1);
  });
});
