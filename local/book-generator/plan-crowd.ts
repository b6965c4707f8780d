import {
  CROSS_AND_ISOLATED_SHARE,
  HEDGED_SHARE,
  ISOLATED_LEVERAGE_MIN,
  ISOLATED_SHARE,
  LONG_LEVERAGE,
  SHORT_SHARE,
  THREE_MARKETS_SHARE,
  TWO_MARKETS_SHARE,
} from './assumed-shape.ts';
import type { GeneratedSide } from './generated-book.ts';
import { SHORT_LEVERAGE } from './published-shape.ts';
import { type QuantileTable, quantileOf } from './quantile-table.ts';
import type { RandomSource } from './random-source.ts';

/** What an account of the crowd holds. `HEDGED`: both sides of one market in its cross pool. */
export type SeatKind = 'CROSS' | 'ISOLATED' | 'TWO_MARKETS' | 'THREE_MARKETS' | 'CROSS_AND_ISOLATED' | 'HEDGED';

/** An account before it has positions. */
export interface Seat {
  readonly accountId: string;
  readonly kind: SeatKind;
  readonly side: GeneratedSide;
  readonly leverage: number;
}

type Hand = Pick<Seat, 'side' | 'leverage'>;

const handsOf = (random: RandomSource, side: GeneratedSide, table: QuantileTable, count: number): Hand[] =>
  random.strata(count).map((fraction) => ({ side, leverage: quantileOf(table, fraction) }));

const repeat = <Member>(member: Member, count: number): Member[] => Array.from({ length: count }, () => member);

const kindsOf = (count: number): SeatKind[] => {
  const several: SeatKind[] = [
    ...repeat<SeatKind>('TWO_MARKETS', Math.round(count * TWO_MARKETS_SHARE)),
    ...repeat<SeatKind>('THREE_MARKETS', Math.round(count * THREE_MARKETS_SHARE)),
    ...repeat<SeatKind>('CROSS_AND_ISOLATED', Math.round(count * CROSS_AND_ISOLATED_SHARE)),
    ...repeat<SeatKind>('HEDGED', Math.round(count * HEDGED_SHARE)),
  ];
  return [...several, ...repeat<SeatKind>('CROSS', count - several.length)];
};

/** Makes `ISOLATED_SHARE` of the seats isolated, drawn from those with one position and enough leverage. */
const isolate = (random: RandomSource, seats: readonly Seat[]): Seat[] => {
  const able = seats
    .filter(({ kind, leverage }) => kind === 'CROSS' && leverage >= ISOLATED_LEVERAGE_MIN)
    .map(({ accountId }) => accountId);
  const chosen = new Set(random.shuffled(able).slice(0, Math.round(seats.length * ISOLATED_SHARE)));
  return seats.map((seat) => (chosen.has(seat.accountId) ? { ...seat, kind: 'ISOLATED' } : seat));
};

/** Returns `count` seats: kinds and sides in exact shares, leverage from every stratum of the table of the seat's side. */
export const planCrowd = (random: RandomSource, count: number): Seat[] => {
  const shorts = Math.round(count * SHORT_SHARE);
  const hands = random.shuffled([
    ...handsOf(random, 'SHORT', SHORT_LEVERAGE, shorts),
    ...handsOf(random, 'LONG', LONG_LEVERAGE, count - shorts),
  ]);
  const kinds = random.shuffled(kindsOf(count));
  const digits = String(count).length;
  const seats = hands.map((hand, index) => ({
    accountId: `trader-${String(index + 1).padStart(digits, '0')}`,
    kind: kinds[index] ?? 'CROSS',
    ...hand,
  }));
  return isolate(random, seats);
};
