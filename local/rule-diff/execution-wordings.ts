import { chosen, DURATION, moved, SHARE, type Wordings } from './wording.ts';

/** What a change of how liquidation orders are sent means. */
export const EXECUTION_WORDINGS: Wordings = {
  limit: chosen('limit', {
    FUND_BACKED: 'orders reach past the bankruptcy price, by what the fund reserved: more is closed by the market, at the cost of the fund',
    BANKRUPTCY: 'orders stop at the bankruptcy price: the fund reserves nothing, and more is left to deleverage',
  }),
  'surplus.REDUCE': chosen('surplus of a reduction', {
    FUND: 'the fund keeps what it fills better than the bankruptcy price',
    TRADER: 'the trader keeps what it fills better than the bankruptcy price',
  }),
  'surplus.LIQUIDATE': chosen('surplus of a whole close', {
    FUND: 'the fund keeps what it fills better than the bankruptcy price',
    TRADER: 'the trader keeps what it fills better than the bankruptcy price',
  }),
  liquidationFeeRate: moved('liquidation fee', SHARE, {
    more: 'liquidated traders pay more to the fund, never more than their surplus',
    less: 'liquidated traders pay less to the fund',
  }),
  recovery: chosen('recovery', { MAINTENANCE: 'a pool has recovered once it meets its maintenance margin' }),
  cancelOrdersFirst: chosen('cancel orders first', {
    true: 'open orders of the account are cancelled before it is liquidated',
    false: 'open orders of the account stay while it is liquidated',
  }),
  orderTimeToLive: moved('order time to live', DURATION, {
    more: 'the market has longer to take a liquidation before the rest is deleveraged',
    less: 'the market has less time to take a liquidation before the rest is deleveraged',
  }),
};

/** What a change of the shortfall rules' own members means. */
export const SHORTFALL_WORDINGS: Wordings = {
  deleveragingTrigger: chosen('deleveraging trigger', {
    ORDER_ENDED: 'a residual is deleveraged as soon as its order has ended',
    MARK_AT_BANKRUPTCY: 'a residual waits until the mark reaches its bankruptcy price',
    FUND_DRAWDOWN: 'a residual waits until the fund is drawn down',
  }),
};
