import { assessPosition, type PositionAssessment } from '../margin/assess-margin.ts';
import type { Decimal } from '../units/decimal.ts';
import { money, quantity } from '../units/money.ts';

/**
 * The position as it stands when `remaining` of its contracts are left, at the same mark: its entry value shrinks with it (64 digits), its tier is told
 * anew. Expects 0 ≤ remaining ≤ quantity.
 */
export const remainingPart = (each: PositionAssessment, remaining: Decimal): PositionAssessment => {
  const { position, market } = each;
  if (remaining.eq(position.quantity)) return each;
  const entryValue = money(position.entryValue.times(remaining).div(position.quantity));
  return assessPosition({ ...position, quantity: quantity(remaining), entryValue }, market);
};
