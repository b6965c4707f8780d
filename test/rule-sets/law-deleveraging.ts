import { choice, closed, flag, list, oneForm, orNull, text, whole } from './law-forms.ts';
import { belowOne, positive } from './law-scalars.ts';

/** What `deleveraging.json` may say of the order of counterparties, of who is never asked, and of the indicator. */

const id = text('id', (word) => word.length >= 1 && word.length <= 40 && !/[^\w.-]/.test(word));

const tieBreak = list(choice('accountId'), 0, 1);
const weight = whole(-4, 4);
const floor = orNull(positive);

const RISKS = [
  'effectiveLeverage',
  'positionLeverage',
  'cappedLeverage',
  'marginRatio',
  'positionMarginRatio',
  'maintenanceMarginRate',
  'netExposureShare',
] as const;

const profitTerm = closed(
  {
    factor: choice(
      'pnlRatio',
      'pnlOverNotional',
      'pnlOverWallet',
      'pnlOverBalance',
      'markOverEntry',
      'markOverEntryBothSides',
      'onePlusPnlRatio',
    ),
    weight,
  },
  { floor, walletFloor: floor },
);

const POSITION_KEYS = ['unrealizedPnl', 'walletBalance', 'marginBalance', 'notionalValue', 'quantity', 'accountId'] as const;

const keyTerm = closed({
  key: choice(...RISKS, 'pnlRatio', 'pnlOverBalance', ...POSITION_KEYS),
  order: choice('ASCENDING', 'DESCENDING'),
});

const admission = choice('INCLUDE', 'EXCLUDE');

export const ranking = oneForm('formula', {
  PROFIT_TIMES_LEVERAGE: {
    weights: closed({ pnlRatio: weight, effectiveLeverage: weight }),
    losers: choice('DIVIDE', 'FLOOR_AT_ZERO', 'EXCLUDE'),
    tieBreak,
  },
  FACTORS: {
    profit: profitTerm,
    factors: list(closed({ factor: choice(...RISKS), weight }, { floor }), 0, 4),
    losers: choice('DIVIDE', 'MULTIPLY', 'FLOOR_AT_ZERO', 'EXCLUDE'),
    tieBreak,
  },
  LEXICOGRAPHIC: { keys: list(keyTerm, 1, 8), losers: admission },
  SEEDED_START: { walkMaximum: orNull(whole(1, 1_000_000)), losers: admission },
});

export const exclude = closed(
  { tags: list(id, 0, Number.POSITIVE_INFINITY) },
  { ownerTagPrefix: orNull(id), bankruptcyPriceCrossed: flag, insolventAfter: flag, withoutPositiveScore: flag, hedged: flag },
);

export const indicator = oneForm('kind', {
  CUMULATIVE_QUANTITY: { steps: whole(1, 100) },
  RANK_QUANTILE: { steps: whole(1, 100) },
  COUNT_THRESHOLDS: { thresholds: list(belowOne, 1, 20), among: choice('ELIGIBLE', 'SCORED') },
});
