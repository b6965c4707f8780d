import { type Fraction, fraction, greatest, least, total, ZERO } from './fraction.ts';
import { fillToLevel } from './water-level.ts';

export interface ReferencePayer {
  readonly poolId: string;
  readonly quantity: Fraction;
  readonly profit: Fraction;
  readonly equity: Fraction;
}

const QUANTUM = fraction('0.000000000001');

/**
 * What each pool pays of a loss, in the order given, and what part of the loss that covers. Each pays in proportion to its contracts or its profit, no
 * more than its balance, winners no more than their profit; what one cannot pay the others do. Amounts are rounded up to the quantum, limits down.
 */
export const socialize = (
  over: 'OPEN_INTEREST' | 'WINNERS',
  loss: Fraction,
  open: Fraction,
  lotSize: Fraction,
  payers: readonly ReferencePayer[],
): { readonly closed: Fraction; readonly amounts: readonly Fraction[] } => {
  const weights = payers.map(({ quantity, profit }) => (over === 'WINNERS' ? greatest(ZERO, profit) : quantity));
  const limits = payers.map(({ profit, equity }, index) => {
    const most = over === 'WINNERS' ? least(profit, equity) : equity;
    return weights[index]?.sign() === 1 ? greatest(ZERO, most).floorTo(QUANTUM) : ZERO;
  });
  const most = total(limits);
  const isCovered = !most.isBelow(loss.ceilTo(QUANTUM));
  const closed = isCovered ? open : open.times(most).over(loss).floorTo(lotSize);
  const needed = loss.times(closed).over(open).ceilTo(QUANTUM);
  const shares = fillToLevel(
    needed,
    payers.map((_, index) => ({ intercept: ZERO, weight: weights[index] ?? ZERO, cap: limits[index] ?? ZERO })),
  );
  return { closed, amounts: shares.map((share, index) => least(limits[index] ?? ZERO, share.ceilTo(QUANTUM))) };
};
