import { Decimal } from '#core/units/decimal.ts';
import type { DeleverageDocument } from '../documents/deleverage-document.ts';
import { readable } from './figures.ts';
import { table } from './table.ts';

type PlanDocument = DeleverageDocument['plans'][number];

const shown = (text: string | null, places: number): string => (text === null ? '—' : readable(new Decimal(text), places));

/** Places of the queue printed for people; `--json` has all of them. */
const PLACES_SHOWN_MAX = 20;

const queueTable = (plan: PlanDocument): string => {
  const given = new Map(plan.transfers.map((transfer) => [transfer.poolId, transfer]));
  const rows = plan.ranking
    .slice(0, PLACES_SHOWN_MAX)
    .map((place) => [
      `  ${place.accountId}`,
      place.eligible ? String(place.indicator) : (place.reason ?? ''),
      shown(place.score, 6),
      shown(place.pnlRatio, 6),
      shown(place.effectiveLeverage, 4),
      place.quantity,
      given.get(place.poolId)?.quantity ?? '0',
      shown(given.get(place.poolId)?.haircut ?? '0', 6),
    ]);
  const rest = plan.ranking.length - rows.length;
  const head = ['  account', 'indicator', 'score', 'PnL ratio', 'leverage', 'holds', 'gives', 'haircut'];
  return table([head, ...rows]) + (rest > 0 ? `\n  … and ${rest} more places` : '');
};

const planText = (plan: PlanDocument): string =>
  [
    `${plan.side} ${plan.quantity} ${plan.marketId} at ${shown(plan.settlementPrice, 6)}`,
    queueTable(plan),
    `  transferred in ${plan.transfers.length} fills, residual ${plan.residualQuantity}; needed ${shown(plan.budget, 6)}, taken ${shown(plan.taken, 6)}, overshoot ${shown(plan.overshoot, 6)}`,
  ].join('\n');

/** Plans for people: rounded; `--json` has every digit. */
export const printDeleveraging = (file: string, { ruleSet, plans }: DeleverageDocument): string =>
  [
    `${file} under ${ruleSet.id}@${ruleSet.version}`,
    ...(plans.length === 0 ? ['no residuals in the book: nothing to deleverage'] : plans.map(planText)),
  ].join('\n\n');
