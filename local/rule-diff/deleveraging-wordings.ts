import { listed, quoted } from './in-words.ts';
import { COUNT, chosen, gainedOrLost, moved, type Wordings } from './wording.ts';

const weight = (factor: string) =>
  moved(`weight of ${factor}`, COUNT, {
    more: `${factor} counts for more in who is next in line`,
    less: `${factor} counts for less in who is next in line`,
  });

const tags = (ids: readonly string[]): string => listed(ids.map(quoted));

/** What a change of deleveraging means for those who stand in the queue. */
export const DELEVERAGING_WORDINGS: Wordings = {
  'ranking.formula': chosen('ranking formula', {}),
  'ranking.weights.pnlRatio': weight('PnL ratio'),
  'ranking.weights.effectiveLeverage': weight('effective leverage'),
  'ranking.losers': chosen('losers', {
    EXCLUDE: 'counterparties without profit are not asked',
    FLOOR_AT_ZERO: 'counterparties without profit are asked too, after those with profit, all with the same score',
    DIVIDE: 'counterparties without profit are asked too, after those with profit',
  }),
  'ranking.tieBreak': chosen('tie break', {}),
  allocation: chosen('allocation', { QUEUE: 'the head of the queue gives all it holds before the next is asked' }),
  'severity.kind': chosen('severity kind', { FULL: 'the whole residual is deleveraged at once' }),
  settlementPrice: chosen('settlement price', { BANKRUPTCY: 'counterparties close at the bankruptcy price of the residual' }),
  'exclude.tags': gainedOrLost(
    'excluded tags',
    (ids) => `accounts tagged ${tags(ids)} are never deleveraged`,
    (ids) => `accounts tagged ${tags(ids)} may be deleveraged now`,
  ),
  'indicator.kind': chosen('indicator kind', {}),
  'indicator.steps': moved('steps of the indicator', COUNT, {
    more: 'traders see their place in the queue more finely',
    less: 'traders see their place in the queue more coarsely',
  }),
};
