import { AMOUNT, chosen, moved, SHARE, type Wordings } from './wording.ts';

const PRICES = {
  BANKRUPTCY: 'counterparties close at the bankruptcy price of the residual',
  MARK: 'counterparties close at the mark, and the fund bears the difference to the bankruptcy price',
  FROZEN_MARK: 'counterparties close at the mark of the opening, and the fund bears the difference to the bankruptcy price',
  PREVIOUS_MARK: 'counterparties close at the mark before, and the fund bears the difference to the bankruptcy price',
  INDEX_CAPPED_AT_BANKRUPTCY: 'counterparties close at the index, and the fund bears the difference to the bankruptcy price',
  MARK_SPREAD: 'counterparties close a spread off the mark, and the fund bears the difference to the bankruptcy price',
  LAST_DISTANCE: 'counterparties close at a distance from the last price, and the fund bears the difference to the bankruptcy price',
} as const;

/** What a change of severity, allocation or settlement price means for those who take a residual. */
export const TAKING_WORDINGS: Wordings = {
  allocation: chosen('allocation', {
    QUEUE: 'the head of the queue gives all it holds before the next is asked',
    PRO_RATA_BY_PROFIT: 'all give in proportion to their profit',
    PRO_RATA_BY_EQUITY: 'all give in proportion to their margin balance',
    PRO_RATA_BY_CONTRACTS: 'all give in proportion to their position',
    CAPPED_PRO_RATA: 'all give in proportion to their profit, nobody more than its profit',
    RISK_AWARE_PRO_RATA: 'all give in proportion to profit and risk, nobody more than its profit',
    LEVERAGE_DRAIN: 'the most levered give first, down to one leverage',
  }),
  'severity.kind': chosen('severity kind', {
    FULL: 'the whole residual is deleveraged at once',
    BUDGET_OF_DEFICIT: 'a share of what covering the residual takes is taken at once',
    BUDGET_OF_WAVE: 'no more than an amount is taken in one wave',
    CAP_OF_POSITION: 'nobody gives more than a share of its position in one wave',
    CAP_OF_PROFIT: 'nobody gives up more than a share of its profit in one wave',
  }),
  'severity.share': moved('severity share', SHARE, {
    more: 'more is taken at once',
    less: 'less is taken at once, and more stays open',
  }),
  'severity.amount': moved('severity amount', AMOUNT, {
    more: 'more is taken in one wave',
    less: 'less is taken in one wave, and more stays open',
  }),
  'severity.maximumOvershoot': moved('severity maximum overshoot', SHARE, {
    more: 'the last lot may pass the budget further',
    less: 'the last lot keeps closer to the budget',
  }),
  afterCounterparties: chosen('after counterparties', {
    CARRY_AND_HALT: 'what counterparties leave stays open',
    SOCIALIZE_OVER_OPEN_INTEREST: 'what counterparties leave is paid for by everybody in the market',
    SOCIALIZE_OVER_WINNERS: 'what counterparties leave is paid for by those in profit',
  }),
  settlementPrice: chosen('settlement price', PRICES),
  'settlementPrice.kind': chosen('settlement price kind', PRICES),
  'settlementPrice.CROSS': chosen('settlement price of cross pools', PRICES),
  'settlementPrice.ISOLATED': chosen('settlement price of isolated positions', PRICES),
  'settlementPrice.spread': moved('spread of the settlement price', SHARE, {
    more: 'counterparties are paid more for what they give, by the fund',
    less: 'counterparties are paid less for what they give',
  }),
  'settlementPrice.marginFraction': moved('margin fraction of the settlement price', SHARE, {
    more: 'counterparties are paid more for what they give, by the fund',
    less: 'counterparties are paid less for what they give',
  }),
};
