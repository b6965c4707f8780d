import { listed, written } from './in-words.ts';
import { AMOUNT, chosen, DURATION, gainedOrLost, moved, SHARE, type Wordings } from './wording.ts';

const cap = (label: string, whose: string) =>
  moved(label, AMOUNT, {
    more: (by) => `${whose} may draw ${by} more in an interval before deleveraging starts`,
    less: (by) => `${whose} may draw ${by} less in an interval before deleveraging starts`,
    absence: {
      called: 'none',
      begins: `what ${whose} would draw beyond it in an interval is deleveraged`,
      ends: `${whose} may draw down to the floor`,
    },
  });

/** What a change of one fund means for what it pays before counterparties have to. */
export const FUND_WORDINGS: Wordings = {
  asset: chosen('asset', {}),
  markets: gainedOrLost(
    'markets',
    (ids) => `it pays for ${listed(ids.map(written))} now`,
    (ids) => `it no longer pays for ${listed(ids.map(written))}`,
  ),
  floor: moved('floor', AMOUNT, {
    more: (by) => `it pays ${by} less before deleveraging starts`,
    less: (by) => `it pays ${by} more before deleveraging starts`,
  }),
  drawCapPerMarket: cap('draw cap per market', 'one market'),
  drawCapPerInterval: cap('draw cap per interval', 'all markets together'),
  interval: moved('interval of the draw caps', DURATION, {
    more: 'the caps start afresh less often: it pays less in a long fall',
    less: 'the caps start afresh more often: it pays more in a long fall',
  }),
  drawCapPerMarketForever: moved('draw cap per market for ever', AMOUNT, {
    more: (by) => `one market may draw ${by} more as long as the fund is kept`,
    less: (by) => `one market may draw ${by} less as long as the fund is kept`,
    absence: { called: 'none', begins: 'what one market would draw beyond it is deleveraged, for ever', ends: 'no market is ever used up' },
  }),
  keepsLastUnit: chosen('keeping of the last unit', {
    true: 'the last unit of the asset stays in it',
    false: 'it may be paid out to the last unit',
  }),
  'balanceTrigger.start': moved('start of the balance trigger', AMOUNT, {
    more: 'it stops paying earlier and keeps more',
    less: 'it pays further down before counterparties are asked',
  }),
  'balanceTrigger.stop': moved('stop of the balance trigger', AMOUNT, {
    more: 'it has to recover further before it pays again',
    less: 'it pays again sooner',
  }),
  'warning.drawdown': moved('fall that warns', SHARE, {
    more: 'people are warned later',
    less: 'people are warned earlier',
    absence: { called: 'none', begins: 'people are warned of a fall too', ends: 'nobody is warned of a fall' },
  }),
  'warning.balance': moved('balance that warns', AMOUNT, {
    more: 'people are warned earlier',
    less: 'people are warned later',
    absence: { called: 'none', begins: 'people are warned of a low balance too', ends: 'nobody is warned of a low balance' },
  }),
  'income.liquidationFeeShare': moved('share of liquidation fees', SHARE, {
    more: (by) => `${by} more of each liquidation fee goes into it`,
    less: (by) => `${by} less of each liquidation fee goes into it`,
  }),
  'income.surplusShare': moved('share of surpluses', SHARE, {
    more: (by) => `${by} more of each surplus goes into it`,
    less: (by) => `${by} less of each surplus goes into it`,
  }),
  'drawdown.measure': chosen('drawdown measure', {
    FUND_BALANCE: 'the fall of its whole balance stops it for all its markets',
    MARKET_RESULT: 'the fall of one market stops it for that market alone',
  }),
  'drawdown.window': moved('drawdown window', DURATION, {
    more: 'older peaks count: it stops paying earlier',
    less: 'older peaks are forgotten: it stops paying later',
  }),
  'drawdown.trigger': moved('drawdown trigger', SHARE, {
    more: 'it stops paying and counterparties are deleveraged after a deeper fall, so later',
    less: 'it stops paying and counterparties are deleveraged after a smaller fall, so earlier',
  }),
  'drawdown.release': moved('drawdown release', SHARE, {
    more: 'it pays again sooner',
    less: 'it has to recover further before it pays again',
  }),
  'drawdown.operator': chosen('drawdown operator', {
    AT_LEAST: 'a fall of exactly the trigger stops it from paying now',
    GREATER_THAN: 'a fall of exactly the trigger no longer stops it from paying',
  }),
  'drawdown.minimumBalance': moved('drawdown minimum balance', AMOUNT, {
    more: 'smaller funds are no longer stopped by a drawdown',
    less: 'smaller funds are stopped by a drawdown too',
  }),
};
