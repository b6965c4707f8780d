import { drawdownOf } from '#core/insurance/drawdown.ts';
import { fundAvailable } from '#core/insurance/fund-limits.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { Decimal } from '#core/units/decimal.ts';
import type { Money, Quantity } from '#core/units/money.ts';
import type { Facts } from './facts.ts';
import type { Condition, Rule } from './rule-set.ts';

export interface ShortfallInputs {
  readonly residualQuantity: Quantity;
  readonly shortfall: Money;
  readonly fund: FundState;
  readonly market: MarketState;
  /** null where no rule asks for it or the market has no open value. */
  readonly securityToValue: Decimal | null;
}

/** What shortfall rules may ask about one leg after its order ended. The fund is taken as it was before the leg is paid. */
export const shortfallFacts = (inputs: ShortfallInputs): Facts => {
  const facts = new Map<string, Decimal | string>([
    ['residualQuantity', inputs.residualQuantity],
    ['shortfall', inputs.shortfall],
    ['fundBalance', inputs.fund.balance],
    ['fundAvailable', fundAvailable(inputs.fund, inputs.market.terms.marketId)],
    ['fundDrawdown', drawdownOf(inputs.fund.drawdown, inputs.fund.balance)],
    ['marketStatus', inputs.market.status],
  ]);
  if (inputs.securityToValue !== null) facts.set('securityToValue', inputs.securityToValue);
  return facts;
};

const asks = (condition: Condition, fact: string): boolean => {
  if ('all' in condition) return condition.all.some((each) => asks(each, fact));
  if ('any' in condition) return condition.any.some((each) => asks(each, fact));
  if ('not' in condition) return condition.not.fact === fact;
  return condition.fact === fact;
};

/** Whether any rule asks for a fact, so that costly ones are computed only when needed. */
export const asksFor = (rules: readonly Rule<unknown>[], fact: string): boolean => rules.some((rule) => asks(rule.conditions, fact));
