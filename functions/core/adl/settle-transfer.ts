import { closePosition } from '../account/close-position.ts';
import { balancedEntry, feeAccount, fundAccount, type JournalEntry, valueLeg } from '../account/ledger.ts';
import type { Pool } from '../account/pool.ts';
import { invariant } from '../invariant.ts';
import type { CaseLeg, LiquidationCase } from '../liquidation/liquidation-case.ts';
import type { MarketTerms } from '../market/contract.ts';
import { opposite, sideSign } from '../market/side.ts';
import { money, type Price, quantity } from '../units/money.ts';
import type { Transfer } from './deleveraging-plan.ts';
import { type ClosesAt, type Residual, residualAfter, transferValue } from './settlement-price.ts';

export interface TransferSettlement {
  readonly bankrupt: Pool;
  readonly counterparty: Pool;
  readonly leg: CaseLeg;
  readonly entry: JournalEntry;
}

export interface TransferInput {
  readonly bankrupt: Pool;
  readonly counterparty: Pool;
  readonly liquidation: LiquidationCase;
  readonly leg: CaseLeg;
  readonly transfer: Transfer;
  /** The plan's: what is left of the value after earlier transfers may be a quantum that no positive price gives back. */
  readonly bankruptcyPrice: Price;
  readonly closesAt: ClosesAt;
  readonly terms: MarketTerms;
  readonly fundId: string;
  /** Numbers the entry within the case. */
  readonly entryNumber: number;
}

/**
 * Books one transfer: the bankrupt pool closes `quantity` at its exact bankruptcy price, the counterparty the same on its side at the settlement price.
 *
 * The bankrupt pool receives its floor share of the frozen bankruptcy value (the last transfer takes the rest), the fee account the taker fee that the
 * price contains, the counterparty pays both; where it closes at another price the fund bears the difference. Quantities of the market and values sum to zero. Nobody flips or grows.
 */
export const settleTransfer = (input: TransferInput): TransferSettlement => {
  const { leg, transfer, terms, liquidation } = input;
  const residual: Residual = {
    terms,
    side: leg.side,
    quantity: leg.residualQuantity,
    bankruptcyValue: leg.bankruptcyValue,
    price: input.bankruptcyPrice,
  };
  const value = transferValue(residual, transfer.quantity, input.closesAt);
  invariant(value.toFund.eq(transfer.toFund), 'a transfer costs the fund what was planned');
  const sign = sideSign(leg.side);
  const bankrupt = closePosition(input.bankrupt, terms, leg.side, transfer.quantity, value.toBankrupt).pool;
  const counterparty = closePosition(input.counterparty, terms, opposite(leg.side), transfer.quantity, value.toCounterparty).pool;
  const rest = residualAfter(residual, transfer.quantity);
  return {
    bankrupt,
    counterparty,
    leg: { ...leg, residualQuantity: quantity(rest.quantity), bankruptcyValue: rest.bankruptcyValue },
    entry: balancedEntry({
      entryId: `${liquidation.caseId}#ADL#${input.entryNumber}`,
      caseId: liquidation.caseId,
      kind: 'DELEVERAGING',
      asset: liquidation.settlementAsset,
      marketId: leg.marketId,
      legs: [
        { account: bankrupt.poolId, marketId: leg.marketId, quantity: sign.times(transfer.quantity).negated(), value: value.toBankrupt },
        {
          account: counterparty.poolId,
          marketId: leg.marketId,
          quantity: sign.times(transfer.quantity),
          value: money(value.toCounterparty),
        },
        valueLeg(feeAccount(liquidation.settlementAsset), value.fee),
        valueLeg(fundAccount(input.fundId), value.toFund),
      ],
    }),
  };
};
