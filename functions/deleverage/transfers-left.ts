import type { DeleveragingPlan, Transfer } from '#core/adl/deleveraging-plan.ts';
import { invariant } from '#core/invariant.ts';
import type { CaseLeg } from '#core/liquidation/liquidation-case.ts';
import type { Decimal } from '#core/units/decimal.ts';

/** Transfers of the plan that the leg has not booked yet. Chunks are booked whole and in order, so what is booked is how far the plan has come. */
export const transfersLeft = (plan: DeleveragingPlan, leg: CaseLeg): readonly Transfer[] => {
  let booked: Decimal = plan.residual.quantity.minus(leg.residualQuantity);
  const left = plan.transfers.filter((transfer) => {
    if (booked.isZero()) return true;
    booked = booked.minus(transfer.quantity);
    return false;
  });
  invariant(booked.isZero(), 'a leg in its run has booked a whole number of its plan');
  return left;
};
