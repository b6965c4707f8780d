import { describe, expect, it } from 'vitest';
import { acceptMark, type MarkVerdict } from '#core/market/accept-mark.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { SafeguardPolicy } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { marketState, observation } from '../../support/core-states.ts';
import { textTable } from '../../support/text-table.ts';

const ALL_OFF: SafeguardPolicy = {
  securityToValue: null,
  volatility: null,
  opening: null,
  withdrawalGate: null,
  markMaximumAge: null,
  jumpBand: null,
  jumpConfirmations: 2,
  indexDivergence: null,
  throttle: null,
  graceAfterHalt: null,
};

const POLICY: SafeguardPolicy = {
  ...ALL_OFF,
  markMaximumAge: durationMs(60_000),
  jumpBand: ratio(decimal('0.1')),
  indexDivergence: ratio(decimal('0.05')),
};

const word = (verdict: MarkVerdict): string => (verdict.kind === 'ACCEPTED' ? verdict.kind : verdict.reason);

/** A market at 100, sequence 7. */
const at100 = marketState('100', { sequenceSeen: 7, accepted: observation(7, '100') });

describe('one mark against a market at 100, sequence 7', () => {
  it.each(
    textTable(
      'sequence | mark     | index | age   | guarded            | off',
      `
       8         | 100      | 100   | 0     | ACCEPTED           | ACCEPTED
       9         | 100      | 100   | 0     | ACCEPTED           | ACCEPTED             // gaps are the venue's to make
       7         | 100      | 100   | 0     | SEQUENCE_NOT_GROWING | SEQUENCE_NOT_GROWING // no rule set switches it off
       6         | 100      | 100   | 0     | SEQUENCE_NOT_GROWING | SEQUENCE_NOT_GROWING
       8         | 100      | 100   | 59999 | ACCEPTED           | ACCEPTED
       8         | 100      | 100   | 60000 | ACCEPTED           | ACCEPTED             // exactly the maximum age
       8         | 100      | 100   | 60001 | MARK_TOO_OLD       | ACCEPTED
       8         | 100      | 100   | -5000 | ACCEPTED           | ACCEPTED             // a venue's clock ahead of ours makes nothing old
       8         | 105      | 100   | 0     | ACCEPTED           | ACCEPTED             // exactly 5 % off its index
       8         | 105.0001 | 100   | 0     | INDEX_DIVERGENCE   | ACCEPTED
       8         | 95       | 100   | 0     | ACCEPTED           | ACCEPTED
       8         | 94.9999  | 100   | 0     | INDEX_DIVERGENCE   | ACCEPTED
       8         | 110      | 110   | 0     | ACCEPTED           | ACCEPTED             // exactly 10 % off the last mark
       8         | 110.0001 | 110   | 0     | JUMP_UNCONFIRMED   | ACCEPTED
       8         | 90       | 90    | 0     | ACCEPTED           | ACCEPTED
       8         | 89.9999  | 90    | 0     | JUMP_UNCONFIRMED   | ACCEPTED
       7         | 50       | 100   | 99999 | SEQUENCE_NOT_GROWING | SEQUENCE_NOT_GROWING // the sequence is asked first,
       8         | 50       | 100   | 99999 | MARK_TOO_OLD       | ACCEPTED             // then the age,
       8         | 50       | 100   | 0     | INDEX_DIVERGENCE   | ACCEPTED             // then the index, then the jump
      `,
    ),
  )('sequence $sequence, $mark with index $index, $age ms old: $guarded', ({ sequence, mark, index, age, guarded, off }) => {
    const observed = observation(Number(sequence), mark, index, epochMs(1_000_000));
    const now = epochMs(1_000_000 + Number(age));
    expect(word(acceptMark(at100, observed, POLICY, now))).toBe(guarded);
    expect(word(acceptMark(at100, observed, ALL_OFF, now))).toBe(off);
  });

  it('the first mark of a market has nothing to jump from', () => {
    expect(word(acceptMark(marketState(null), observation(1, '0.0001'), POLICY, epochMs(0)))).toBe('ACCEPTED');
  });
});

/** The market after each mark of a course, and what was said about each. */
const course = (marks: string): { readonly verdicts: string; readonly market: MarketState } => {
  let market = marketState('100');
  const verdicts = marks.split(' ').map((text) => {
    const [mark = '', index = mark] = text.split('/');
    const verdict = acceptMark(market, observation(market.sequenceSeen + 1, mark, index), POLICY, epochMs(0));
    market = { ...market, sequenceSeen: market.sequenceSeen + 1 };
    if (verdict.kind === 'ACCEPTED') market = { ...market, accepted: verdict.mark, pending: null };
    if (verdict.kind === 'QUARANTINED') market = { ...market, pending: verdict.pending };
    return verdict.kind === 'ACCEPTED' ? (verdict.confirmedJump ? 'C' : 'A') : verdict.kind === 'QUARANTINED' ? 'Q' : 'I';
  });
  return { verdicts: verdicts.join(''), market };
};

describe('marks one after another from 100, band 10 %, two confirmations; A accepted, Q quarantined, C accepted as a confirmed jump', () => {
  it.each(
    textTable(
      'marks                    | verdicts | mark | what',
      `
       80 100                   | QA       | 100  | a single bad print
       80 80 100                | QQA      | 100  | a bad source that repeats itself once
       80 80 80                 | QQC      | 80   | a jump that two further marks confirm
       80 72 79.2               | QQC      | 79.2 | each within exactly 10 % of the one before
       80 71.9 71.9 71.9        | QQQC     | 71.9 | the second disagrees with the first and is confirmed itself
       80 120 80 120            | QQQQ     | 100  | a source that jumps to and fro is never believed
       80 80 100 80 80          | QQAQQ    | 100  | a mark back in the band ends the wait
       80 80/100 80 80          | QQQC     | 80   | a mark off its index neither confirms nor ends the wait
       90 81 72.9               | AAA      | 72.9 | steps of exactly the band are no jump
       1000 1000 1000           | QQC      | 1000 | jumps upwards too
      `,
    ),
  )('$what: $marks is $verdicts', ({ marks, verdicts, mark }) => {
    const found = course(marks);
    expect(found.verdicts).toBe(verdicts);
    expect(found.market.accepted?.markPrice.toFixed()).toBe(mark);
  });

  it('keeps the quarantined mark and its confirmations for everybody to see', () => {
    const { market } = course('80 81');
    expect(market.pending).toMatchObject({ confirmations: 1 });
    expect(market.pending?.observation.markPrice.toFixed()).toBe('81');
  });

  it('asks for as many confirmations as the rule set says', () => {
    const once = { ...POLICY, jumpConfirmations: 1 };
    const first = acceptMark(marketState('100'), observation(2, '80'), once, epochMs(0));
    const pending = first.kind === 'QUARANTINED' ? first.pending : null;
    const market = marketState('100', { sequenceSeen: 2, pending });
    expect(acceptMark(market, observation(3, '80'), once, epochMs(0))).toMatchObject({ kind: 'ACCEPTED', confirmedJump: true });
  });
});
