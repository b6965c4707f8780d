import type { DeleverageDocument } from '#local/documents/deleverage-document.ts';
import { readablePrice, shown, toPlaces } from './figures.ts';
import { table } from './table.ts';

type PlanDocument = DeleverageDocument['plans'][number];

const fourPlaces = toPlaces(4);
const sixPlaces = toPlaces(6);

/** Places of the queue printed for people; `--json` has all of them. */
const PLACES_SHOWN_MAX = 20;

const queueTable = (plan: PlanDocument): string => {
  const given = new Map(plan.transfers.map((transfer) => [transfer.poolId, transfer]));
  const rows = plan.ranking
    .slice(0, PLACES_SHOWN_MAX)
    .map((place) => [
      `  ${place.accountId}`,
      place.eligible ? String(place.indicator) : (place.reason ?? ''),
      shown(place.score, sixPlaces),
      shown(place.pnlRatio, sixPlaces),
      shown(place.effectiveLeverage, fourPlaces),
      place.quantity,
      given.get(place.poolId)?.quantity ?? '0',
      shown(given.get(place.poolId)?.haircut ?? '0', sixPlaces),
    ]);
  const rest = plan.ranking.length - rows.length;
  const head = ['  account', 'indicator', 'score', 'PnL ratio', 'leverage', 'holds', 'gives', 'haircut'];
  return table([head, ...rows]) + (rest > 0 ? `\n  … and ${rest} more places` : '');
};

const transferredText = ({ transfers, residualQuantity, outcome }: PlanDocument): string =>
  `transferred in ${transfers.length} ${transfers.length === 1 ? 'fill' : 'fills'}, residual ${residualQuantity}` +
  (outcome === undefined || outcome === 'COVERED' ? '' : ` (${outcome})`);

const moneyText = ({ budget, taken, overshoot, fundCost }: PlanDocument): string =>
  `needed ${shown(budget, sixPlaces)}, taken ${shown(taken, sixPlaces)}, overshoot ${shown(overshoot, sixPlaces)}` +
  (fundCost === undefined ? '' : `, paid by the fund ${shown(fundCost, sixPlaces)}`);

const planText = (plan: PlanDocument): string =>
  [
    `${plan.side} ${plan.quantity} ${plan.marketId} at ${shown(plan.settlementPrice, readablePrice)}`,
    queueTable(plan),
    `  ${transferredText(plan)}; ${moneyText(plan)}`,
  ].join('\n');

/** Plans for people: rounded; `--json` has every digit. */
export const printDeleveraging = (file: string, { ruleSet, plans }: DeleverageDocument): string =>
  [
    `${file} under ${ruleSet.id}@${ruleSet.version}`,
    ...(plans.length === 0 ? ['no residuals in the book: nothing to deleverage'] : plans.map(planText)),
  ].join('\n\n');
