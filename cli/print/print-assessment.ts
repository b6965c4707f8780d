import type { AssessDocument } from '#local/documents/assess-document.ts';
import { readablePrice, shown, toPlaces } from './figures.ts';
import { table } from './table.ts';

type PoolDocument = AssessDocument['pools'][number];

const cents = toPlaces(2);
const sixPlaces = toPlaces(6);

const POSITION_HEAD = ['position', 'quantity', 'notional', 'unrealized PnL', 'maintenance', 'rate', 'liquidation', 'bankruptcy'];

const positionRows = (pool: PoolDocument): string[][] =>
  pool.positions.map((each) => [
    `  ${each.side} ${each.marketId}`,
    each.quantity,
    shown(each.notionalValue, cents),
    shown(each.unrealizedPnl, cents),
    shown(each.maintenanceMargin, cents),
    each.maintenanceMarginRate,
    shown(each.liquidationPrice, readablePrice),
    shown(each.bankruptcyPrice, readablePrice),
  ]);

const rulesThat = ({ verdicts }: PoolDocument, outcome: string): string =>
  verdicts
    .filter((verdict) => verdict.outcome === outcome)
    .map((verdict) => verdict.rule)
    .join(', ');

/** Why the decision is what it is: rules in error before fired ones, as one error alone refuses. */
const because = (pool: PoolDocument): string => {
  const [failed, fired] = [rulesThat(pool, 'ERROR'), rulesThat(pool, 'FIRED')];
  if (failed !== '') return `in error: ${failed}`;
  if (fired !== '') return `fired: ${fired}`;
  return pool.decision.kind === 'LIQUIDATE' ? 'insolvent' : 'no rule fired';
};

const ordersText = ({ decision }: PoolDocument): string => {
  const orders = decision.orders.map((order) => `${order.side} ${order.quantity} ${order.marketId} at ${order.limitPrice} or better`);
  if (orders.length > 0) return `: ${orders.join('; ')}`;
  return decision.kind === 'LIQUIDATE' ? ': no order, as the fund covers none of it' : '';
};

const decisionLine = (pool: PoolDocument): string => `  decision ${pool.decision.kind} (${because(pool)})${ordersText(pool)}`;

const poolText = (pool: PoolDocument): string =>
  [
    `${pool.poolId}  ${pool.state}`,
    `  margin balance ${shown(pool.marginBalance, sixPlaces)} ${pool.settlementAsset}, maintenance margin ${shown(pool.maintenanceMargin, sixPlaces)}, ` +
      `excess ${shown(pool.marginExcess, sixPlaces)}, ratio ${shown(pool.marginRatio, sixPlaces)}`,
    ...(pool.positions.length === 0
      ? []
      : [table([POSITION_HEAD.map((head, index) => (index === 0 ? `  ${head}` : head)), ...positionRows(pool)])]),
    decisionLine(pool),
  ].join('\n');

const stateCounts = (pools: readonly PoolDocument[]): string => {
  const counts = [...Map.groupBy(pools, ({ state }) => state)].map(([state, those]) => `${those.length} ${state}`);
  return `pools: ${pools.length}${counts.length === 0 ? '' : ` (${counts.join(', ')})`}`;
};

/** An assessment for people: rounded; `--json` has every digit. */
export const printAssessment = (file: string, { ruleSet, pools }: AssessDocument): string =>
  [`${file} under ${ruleSet.id}@${ruleSet.version}`, ...pools.map(poolText), stateCounts(pools)].join('\n\n');
