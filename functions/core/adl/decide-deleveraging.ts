import { invariant } from '../invariant.ts';
import { valueSign } from '../market/valuation.ts';
import { type Decimal, larger, sum, ZERO } from '../units/decimal.ts';
import { type Money, money, type Price, type Quantity, quantity } from '../units/money.ts';
import { shareOf } from '../units/rounding.ts';
import { allocate, type Place } from './allocation/allocate.ts';
import type { DeleveragingInput, DeleveragingOutcome, DeleveragingPlan, ResidualTerms, Transfer } from './deleveraging-plan.ts';
import { onlyMark, settlementPriceOf } from './deleveraging-price.ts';
import { fundFlowOf } from './fund-flow.ts';
import { haircutPerContract, placesOf, takenBefore, type WantedQuantity, wantedOf } from './plan-quantity.ts';
import type { RankedCounterparty } from './rank-counterparties.ts';
import {
  AT_BANKRUPTCY,
  type ClosesAt,
  haircutOf,
  type Residual,
  residualAfter,
  type TransferValue,
  transferValue,
} from './settlement-price.ts';
import { settlementPriceKind } from './settlement-price-policy.ts';

const plainTerms = (markPrice: Price): ResidualTerms => ({
  policy: { allocation: 'QUEUE', severity: { kind: 'FULL' }, settlementPrice: 'BANKRUPTCY' },
  references: onlyMark(markPrice),
  given: new Map(),
  fundAvailable: money(ZERO),
});

/** The value of each part in turn, as the ledger will book it; a part of nothing has none. */
const valuesInTurn = (residual: Residual, closesAt: ClosesAt, parts: readonly Quantity[]): readonly (TransferValue | null)[] => {
  let left = residual;
  return parts.map((part) => {
    if (part.isZero()) return null;
    const value = transferValue(left, part, closesAt);
    left = residualAfter(left, part);
    return value;
  });
};

const positivePart = (values: readonly Decimal[]): Decimal => sum(values.map((value) => larger(ZERO, value)));

/** One way to take a residual: where it closes, what is wanted of it and who may give. */
interface Taking {
  readonly input: DeleveragingInput;
  readonly closesAt: ClosesAt;
  readonly price: Price;
  readonly terms: ResidualTerms;
  readonly eligible: readonly RankedCounterparty[];
  readonly places: readonly Place[];
  readonly wanted: WantedQuantity;
}

const takingOf = (input: DeleveragingInput): Taking => {
  const { residual, markPrice } = input;
  const terms = input.terms ?? plainTerms(markPrice);
  const { policy, given, fundAvailable } = terms;
  const bankrupt = { side: residual.side, bankruptcyPrice: residual.price, takerFeeRate: residual.terms.takerFeeRate };
  const price = settlementPriceOf(policy.settlementPrice, bankrupt, terms.references);
  const closesAt: ClosesAt = policy.settlementPrice === 'BANKRUPTCY' ? AT_BANKRUPTCY : { kind: 'OTHER', price };
  const perContract = haircutPerContract(residual, closesAt, markPrice);
  const eligible = input.ranking.filter((each) => each.eligible);
  return {
    input,
    closesAt,
    price,
    terms,
    eligible,
    places: placesOf(eligible, policy, input.remaining, given, perContract),
    wanted: wantedOf(residual, closesAt, policy, { takenBefore: takenBefore(given), fundAvailable, haircutPerContract: perContract }),
  };
};

const transferTo = ({ input, price }: Taking, ranked: RankedCounterparty, part: Quantity, value: TransferValue): Transfer => {
  const { position } = ranked.counterparty.assessed;
  const sign = valueSign(input.residual.terms.contract, position.side);
  const entryPart = shareOf(position.entryValue, part, position.quantity);
  return {
    accountId: ranked.accountId,
    poolId: ranked.poolId,
    quantity: part,
    price,
    realizedPnl: money(value.toCounterparty.minus(sign.times(entryPart))),
    haircut: haircutOf(input.residual, part, value, input.markPrice),
    toFund: value.toFund,
  };
};

const transfersOf = (taking: Taking, needed: Quantity): readonly Transfer[] => {
  const { input, closesAt, eligible, places, terms } = taking;
  const { taken } = allocate(terms.policy.allocation, needed, places, input.residual.terms.lotSize);
  const values = valuesInTurn(input.residual, closesAt, taken);
  return eligible.flatMap((each, index) => {
    const part = taken[index];
    const value = values[index];
    return part === undefined || value === null || value === undefined ? [] : [transferTo(taking, each, part, value)];
  });
};

/** The transfers, from the first on, that an amount pays for. */
const paidFor = (transfers: readonly Transfer[], available: Money): readonly Transfer[] => {
  let left: Decimal = available;
  const end = transfers.findIndex(({ toFund }) => {
    left = left.minus(larger(ZERO, toFund.negated()));
    return left.lt(0);
  });
  return end === -1 ? transfers : transfers.slice(0, end);
};

interface Afforded {
  readonly transfers: readonly Transfer[];
  /** Whether the fund cannot pay for all that was wanted and within its means to the digit. */
  readonly isCut: boolean;
}

/**
 * The transfers of what is wanted. Where costs rounded to quanta pass what the fund has, of a lot less; where it has not even a quantum, such as at a
 * settlement price that is the bankruptcy price, as many as it pays for: earlier ones bring it the quanta that later ones cost.
 */
const affordedTransfers = (taking: Taking): Afforded => {
  const { wanted, terms, input } = taking;
  const transfers = transfersOf(taking, wanted.inLots);
  if (fundFlowOf(transfers).paid.lte(terms.fundAvailable)) return { transfers, isCut: false };
  const less = transfersOf(taking, quantity(larger(ZERO, wanted.inLots.minus(input.residual.terms.lotSize))));
  return { transfers: paidFor(less, terms.fundAvailable), isCut: true };
};

/** Σ of positive haircuts of an allocation that ignores the lot, and what it could not take. */
const exactTaking = ({ input, closesAt, places, terms, wanted }: Taking): { readonly budget: Decimal; readonly isFeasible: boolean } => {
  const { taken, residual } = allocate(terms.policy.allocation, wanted.exact, places, null);
  const values = valuesInTurn(input.residual, closesAt, taken);
  const haircuts = taken.flatMap((part, index) => {
    const value = values[index];
    return value === null || value === undefined ? [] : [haircutOf(input.residual, part, value, input.markPrice)];
  });
  return { budget: positivePart(haircuts), isFeasible: residual.isZero() };
};

const outcomeOf = ({ wanted }: Taking, isFeasible: boolean, isCut: boolean): DeleveragingOutcome => {
  if (!isFeasible) return 'INFEASIBLE';
  if (isCut) return 'LIMITED_BY_FUND';
  return wanted.limitedBy === null ? 'COVERED' : `LIMITED_BY_${wanted.limitedBy}`;
};

/**
 * Plans who takes a residual: how much by severity, from whom by allocation, at the settlement price; each as the rule set chose.
 *
 * Σ transfers + residualQuantity = residual exactly; nobody gives more than it holds or may, nobody flips, ineligible places give nothing.
 * budget = Σ max(0, haircut) at exact allocation, taken = the same over the transfers, overshoot = taken − budget. Settlement asset. At another price than the
 * bankruptcy price the fund bears the difference, and of what it cannot pay nothing is transferred.
 * What the counterparties cannot take is the visible `residualQuantity` of an INFEASIBLE plan; the plan never loops.
 */
export const decideDeleveraging = (input: DeleveragingInput): DeleveragingPlan => {
  const taking = takingOf(input);
  const { residual, markPrice, ranking } = input;
  const { transfers, isCut } = affordedTransfers(taking);
  const moved = sum(transfers.map((each) => each.quantity));
  invariant(moved.lte(residual.quantity), 'transfers and residual add up to the bankrupt quantity');
  const { budget, isFeasible } = exactTaking(taking);
  const taken = positivePart(transfers.map((each) => each.haircut));
  return {
    residual,
    markPrice,
    settlementPrice: taking.price,
    settlementPriceKind: settlementPriceKind(taking.terms.policy.settlementPrice),
    closesAt: taking.closesAt,
    ranking,
    transfers,
    residualQuantity: quantity(residual.quantity.minus(moved)),
    outcome: outcomeOf(taking, isFeasible, isCut),
    budget: money(budget),
    taken: money(taken),
    overshoot: money(taken.minus(budget)),
    fundCost: fundFlowOf(transfers).paid,
    fundDemand: taking.wanted.fundDemand,
  };
};
