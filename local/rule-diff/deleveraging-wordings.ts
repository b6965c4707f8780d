import { listed, quoted } from './in-words.ts';
import { TAKING_WORDINGS } from './taking-wordings.ts';
import { COUNT, chosen, gainedOrLost, moved, type Wordings } from './wording.ts';

const weight = (factor: string) =>
  moved(`weight of ${factor}`, COUNT, {
    more: `${factor} counts for more in who is next in line`,
    less: `${factor} counts for less in who is next in line`,
  });

const spared = (label: string, who: string) => chosen(label, { true: `${who} are not asked`, false: `${who} are asked like others` });

const tags = (ids: readonly string[]): string => listed(ids.map(quoted));

const FORMULA_EFFECTS = {
  PROFIT_TIMES_LEVERAGE: 'PnL ratio times effective leverage decides who is next in line',
  FACTORS: 'the factors of the new formula decide who is next in line',
  LEXICOGRAPHIC: 'one key after another decides who is next in line, nobody has a score',
  SEEDED_START: 'nobody ranks by merit: the wave decides where a walk over the pools starts',
};

/** What a change of deleveraging means for those who stand in the queue. */
export const DELEVERAGING_WORDINGS: Wordings = {
  'ranking.formula': chosen('ranking formula', FORMULA_EFFECTS),
  'ranking.weights.pnlRatio': weight('PnL ratio'),
  'ranking.weights.effectiveLeverage': weight('effective leverage'),
  'ranking.losers': chosen('losers', {
    EXCLUDE: 'counterparties without profit are not asked',
    FLOOR_AT_ZERO: 'counterparties without profit are asked too, after those with profit, all with the same score',
    DIVIDE: 'counterparties without profit are asked too, after those with profit',
    MULTIPLY: 'counterparties without profit are asked too, scored as those with profit are',
    INCLUDE: 'counterparties without profit are asked too, where the order puts them',
  }),
  'ranking.tieBreak': chosen('tie break', {}),
  ...TAKING_WORDINGS,
  'exclude.tags': gainedOrLost(
    'excluded tags',
    (ids) => `accounts tagged ${tags(ids)} are never deleveraged`,
    (ids) => `accounts tagged ${tags(ids)} may be deleveraged now`,
  ),
  'exclude.ownerTagPrefix': chosen('owner tag prefix', {}),
  'exclude.bankruptcyPriceCrossed': spared(
    'own bankruptcy price crossed',
    'positions whose own bankruptcy price lies before the settlement price',
  ),
  'exclude.insolventAfter': spared('insolvent after', 'pools that giving all would leave below zero'),
  'exclude.withoutPositiveScore': spared('without positive score', 'positions that score zero or less'),
  'exclude.hedged': spared('hedged', 'quantities that the pool’s opposite leg hedges'),
  'indicator.kind': chosen('indicator kind', {}),
  'indicator.steps': moved('steps of the indicator', COUNT, {
    more: 'traders see their place in the queue more finely',
    less: 'traders see their place in the queue more coarsely',
  }),
};
