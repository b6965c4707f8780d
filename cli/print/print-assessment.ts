import { Decimal } from '#core/units/decimal.ts';
import type { AssessDocument } from '../documents/assess-document.ts';
import { readable } from './figures.ts';
import { table } from './table.ts';

type PoolDocument = AssessDocument['pools'][number];

const shown = (text: string | null, places: number): string => (text === null ? '—' : readable(new Decimal(text), places));

const POSITION_HEAD = ['position', 'quantity', 'notional', 'unrealized PnL', 'maintenance', 'rate', 'liquidation', 'bankruptcy'];

const positionRows = (pool: PoolDocument): string[][] =>
  pool.positions.map((each) => [
    `  ${each.side} ${each.marketId}`,
    each.quantity,
    shown(each.notionalValue, 2),
    shown(each.unrealizedPnl, 2),
    shown(each.maintenanceMargin, 2),
    each.maintenanceMarginRate,
    shown(each.liquidationPrice, 6),
    shown(each.bankruptcyPrice, 6),
  ]);

const decisionLine = ({ decision, verdicts }: PoolDocument): string => {
  const fired = verdicts.filter((verdict) => verdict.outcome === 'FIRED').map((verdict) => verdict.rule);
  const orders = decision.orders.map((order) => `${order.side} ${order.quantity} ${order.marketId} at ${order.limitPrice} or better`);
  const because = fired.length === 0 ? 'no rule fired' : `fired: ${fired.join(', ')}`;
  return `  decision ${decision.kind} (${because})${orders.length === 0 ? '' : `: ${orders.join('; ')}`}`;
};

const poolText = (pool: PoolDocument): string =>
  [
    `${pool.poolId}  ${pool.state}`,
    `  margin balance ${shown(pool.marginBalance, 6)} ${pool.settlementAsset}, maintenance margin ${shown(pool.maintenanceMargin, 6)}, ` +
      `excess ${shown(pool.marginExcess, 6)}, ratio ${shown(pool.marginRatio, 6)}`,
    ...(pool.positions.length === 0
      ? []
      : [table([POSITION_HEAD.map((head, index) => (index === 0 ? `  ${head}` : head)), ...positionRows(pool)])]),
    decisionLine(pool),
  ].join('\n');

/** An assessment for people: rounded; `--json` has every digit. */
export const printAssessment = (file: string, { ruleSet, pools }: AssessDocument): string =>
  [`${file} under ${ruleSet.id}@${ruleSet.version}`, ...pools.map(poolText), `pools: ${pools.length}`].join('\n\n');
