import type { ComparedDocument } from '#local/documents/comparison-document.ts';
import { readableAmount, readablePrice, shown, toPlaces } from './figures.ts';
import { holderNames } from './holder-names.ts';

/** One figure of a comparison: its name, and what each rule set makes of it. */
export interface ComparisonRow {
  readonly label: string;
  readonly cellIn: (column: ComparedDocument) => string;
}

/** Rows under one heading. */
export interface ComparisonSection {
  readonly title: string;
  readonly rows: readonly ComparisonRow[];
}

/** Where a rule set has nothing to say. */
export const NOTHING = '—';

/** Quantities, which no lot size makes finer in practice. */
export const sixPlaces = toPlaces(6);

type Pool = ComparedDocument['pools'][number];

const row = (label: string, cellIn: ComparisonRow['cellIn']): ComparisonRow => ({ label, cellIn });

const ordersOf = ({ decision }: Pool): string => {
  const texts = decision.orders.map(
    ({ side, quantity, marketId, limitPrice }) =>
      `${side} ${shown(quantity, sixPlaces)} ${marketId} at ${shown(limitPrice, readablePrice)}`,
  );
  return texts.length === 0 ? 'none' : texts.join('; ');
};

const positionRows = (poolId: string, { marketId, side }: Pool['positions'][number]): readonly ComparisonRow[] => {
  const cell = (read: (position: Pool['positions'][number]) => string) => (column: ComparedDocument) => {
    const pool = column.pools.find((each) => each.poolId === poolId);
    const position = pool?.positions.find((each) => each.marketId === marketId && each.side === side);
    return position === undefined ? NOTHING : read(position);
  };
  return [
    row(
      `${side} ${marketId}`,
      cell(({ quantity }) => shown(quantity, sixPlaces)),
    ),
    row(
      '  maintenance margin',
      cell(({ maintenanceMargin }) => shown(maintenanceMargin, readableAmount)),
    ),
    row(
      '  liquidation price',
      cell(({ liquidationPrice }) => shown(liquidationPrice, readablePrice)),
    ),
    row(
      '  bankruptcy price',
      cell(({ bankruptcyPrice }) => shown(bankruptcyPrice, readablePrice)),
    ),
  ];
};

/** One pool under every rule set: what it has and needs, at which prices it ends, what is decided and ordered. */
export const poolSection = (pool: Pool): ComparisonSection => {
  const { poolId } = pool;
  const cell = (read: (of: Pool) => string) => (column: ComparedDocument) => {
    const found = column.pools.find((each) => each.poolId === poolId);
    return found === undefined ? NOTHING : read(found);
  };
  return {
    title: poolId,
    rows: [
      row(
        'margin balance',
        cell(({ marginBalance }) => shown(marginBalance, readableAmount)),
      ),
      row(
        'maintenance margin',
        cell(({ maintenanceMargin }) => shown(maintenanceMargin, readableAmount)),
      ),
      ...pool.positions.flatMap((position) => positionRows(poolId, position)),
      row(
        'state',
        cell(({ state }) => state),
      ),
      row(
        'decision',
        cell(({ decision }) => decision.kind),
      ),
      row('order', cell(ordersOf)),
    ],
  };
};

type Queued = Pick<ComparedDocument['residuals'][number], 'ranking' | 'settlementPrice' | 'transfers' | 'residualQuantity'>;

/** What is shown of a queue, whether the book had the residual or the waves left it. */
export type Deleveraged = Omit<Queued, 'settlementPrice'> & { readonly settlementPrice: string | null };

const placeText = ({ ranking }: Deleveraged, poolId: string): string => {
  const index = ranking.findIndex((each) => each.poolId === poolId);
  const place = ranking[index];
  if (place === undefined) return NOTHING;
  return place.eligible ? `${index + 1} · ${shown(place.score, toPlaces(4))} · ${place.indicator}` : `— ${place.reason ?? ''}`;
};

const givesText = ({ transfers }: Deleveraged, poolId: string): string => {
  const given = transfers.filter((each) => each.poolId === poolId);
  if (given.length === 0) return '0';
  return given.map(({ quantity, haircut }) => `${shown(quantity, sixPlaces)} for ${shown(haircut, readableAmount)}`).join('; ');
};

/** Places of a queue that are shown; `--json` has all of them. */
const PLACES_SHOWN_MAX = 20;

/** One residual or bankrupt position under every rule set: who stands where, what it is settled at, who gives what. */
export const queueSection = (
  title: string,
  columns: readonly ComparedDocument[],
  of: (column: ComparedDocument) => Deleveraged | undefined,
): ComparisonSection => {
  const cell = (read: (queue: Deleveraged) => string) => (column: ComparedDocument) => {
    const queue = of(column);
    return queue === undefined ? NOTHING : read(queue);
  };
  const places = columns.flatMap((column) => of(column)?.ranking ?? []);
  const holders = [...new Set(places.map(({ poolId }) => poolId))];
  const nameOf = holderNames(places);
  const seen = holders.slice(0, PLACES_SHOWN_MAX);
  const rest = holders.length - seen.length;
  return {
    title: `${title}: place · score · indicator of counterparties${rest > 0 ? ` (and ${rest} more)` : ''}`,
    rows: [
      ...seen.map((poolId) =>
        row(
          nameOf(poolId),
          cell((queue) => placeText(queue, poolId)),
        ),
      ),
      row(
        'settlement price',
        cell(({ settlementPrice }) => shown(settlementPrice, readablePrice)),
      ),
      ...seen.map((poolId) =>
        row(
          `${nameOf(poolId)} gives`,
          cell((queue) => givesText(queue, poolId)),
        ),
      ),
      row(
        'left open',
        cell(({ residualQuantity }) => shown(residualQuantity, sixPlaces)),
      ),
    ],
  };
};
