import { AMOUNT, chosen, DURATION, moved, SHARE, type Wordings } from './wording.ts';

/** What a change of how liquidation orders are sent means. */
export const EXECUTION_WORDINGS: Wordings = {
  limit: chosen('limit', {
    FUND_BACKED: 'orders reach past the bankruptcy price, by what the fund reserved: more is closed by the market, at the cost of the fund',
    BANKRUPTCY: 'orders stop at the bankruptcy price: the fund reserves nothing, and more is left to deleverage',
    FILLABLE: 'orders go off the mark by a spread that widens as the pool nears bankruptcy, and hold back more of the fund',
  }),
  'fillable.spreadToMaintenance': moved('widest spread of a fillable price in maintenance margin rates', AMOUNT, {
    more: 'orders of nearly bankrupt pools go further off the mark: they fill sooner and leave less',
    less: 'orders of nearly bankrupt pools stay closer to the mark',
    absence: { called: 'none', begins: 'fillable prices have a widest spread', ends: 'there are no fillable prices' },
  }),
  'fillable.bankruptcyAdjustment': moved('bankruptcy adjustment of a fillable price', AMOUNT, {
    more: 'the spread is widest earlier',
    less: 'the spread widens later',
    absence: { called: 'none', begins: 'fillable prices widen with the margin that is missing', ends: 'there are no fillable prices' },
  }),
  crossBankruptcyPrice: chosen('cross bankruptcy price', {
    ZERO_PRICE: 'each position may use up its share of the balance, by maintenance margin',
    OTHERS_FROZEN: 'the position closed first may use up the whole balance, the others close at their marks',
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
  'liquidationFeeBasis.kind': chosen('basis of the liquidation fee', {
    FILLED_VALUE: 'the fee is counted from the filled value',
    RELEASED_MAINTENANCE: 'the fee is counted from the maintenance margin that a close releases',
    MARGIN_LEFT: 'the fee takes at most a share of the margin left, so that it cannot cause a bankruptcy',
  }),
  'liquidationFeeBasis.share': moved('share of the margin left that the fee may take', SHARE, {
    more: 'liquidated traders pay more to the fund',
    less: 'liquidated traders pay less to the fund',
  }),
  concessionRate: moved('concession that a reduction is reckoned with', SHARE, {
    more: 'reductions to a recovery margin are larger',
    less: 'reductions to a recovery margin are smaller',
  }),
  recovery: chosen('recovery', {
    MAINTENANCE: 'a pool has recovered once it meets its maintenance margin',
    BUFFER: 'a pool has recovered once it meets its maintenance margin and a buffer',
    INITIAL: 'a pool has recovered once it meets its initial margin',
  }),
  'recoveryBuffer.of': chosen('buffer of the recovery', {
    MAINTENANCE_MARGIN: 'the buffer is a share of the maintenance margin',
    NOTIONAL_VALUE: 'the buffer is a share of the notional value',
  }),
  'recoveryBuffer.ratio': moved('buffer of the recovery', SHARE, {
    more: 'liquidations close more, and pools breach again less soon',
    less: 'liquidations close less, and pools breach again sooner',
  }),
  'legs.order': chosen('order of legs', {
    MARKET: 'positions are closed by market id',
    LARGEST_NOTIONAL: 'the largest position is closed first',
    LARGEST_LOSS: 'the position with the largest loss is closed first',
    LARGEST_MAINTENANCE: 'the position with the largest maintenance margin is closed first',
  }),
  'legs.atOnce': chosen('positions at once', {
    ALL: 'all positions of a pool are closed in one case',
    ONE: 'one position is closed, then the pool is judged again',
  }),
  cancelOrdersFirst: chosen('cancel orders first', {
    true: 'open orders of the account are cancelled before it is liquidated',
    MARKET: 'open orders of the account in the markets that are closed are cancelled before it is liquidated',
    ALL: 'every open order of the account is cancelled before it is liquidated',
    false: 'open orders of the account stay while it is liquidated',
    NONE: 'open orders of the account stay while it is liquidated',
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
