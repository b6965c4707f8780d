import { present } from '#core/invariant.ts';
import { isOpening } from '#core/liquidation/decide-margin.ts';
import { liquidationPrice } from '#core/margin/liquidation-price.ts';
import type { Side } from '#core/market/side.ts';
import { byCodeUnits } from '#core/ordering.ts';
import { Decimal, ZERO } from '#core/units/decimal.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type AssessedPool, assessBook } from '../assess-book.ts';
import type { Book } from '../parse-book.ts';
import { type ResidualDifference, residualDifferences } from './residual-difference.ts';

const HUNDRED = new Decimal(100);

/** What becomes of a pool under one rule set. */
export interface PoolFate {
  readonly state: AssessedPool['state'];
  readonly decision: AssessedPool['judgement']['choice']['kind'];
  /** Such as `SELL 1 BTC-USDT at 95`. */
  readonly orders: readonly string[];
}

/** The liquidation price of one position under each rule set; null where no mark liquidates it. */
export interface PriceMove {
  readonly marketId: string;
  readonly side: Side;
  readonly before: Decimal | null;
  readonly after: Decimal | null;
  /** How far it moved, in percent of the mark; null where one of the two has none. */
  readonly percentOfMark: Decimal | null;
}

export interface PoolDifference {
  readonly poolId: string;
  readonly before: PoolFate;
  readonly after: PoolFate;
  /** Those that moved, in the order of the pool's positions. */
  readonly priceMoves: readonly PriceMove[];
}

/** What another rule set would change in a book as it stands. */
export interface BookDifference {
  readonly pools: number;
  /** Pools that anything changes for, the most affected first. */
  readonly changed: readonly PoolDifference[];
  /** Pools that a liquidation would be opened for. */
  readonly liquidated: readonly [before: number, after: number];
  readonly warned: readonly [before: number, after: number];
  readonly residuals: readonly ResidualDifference[];
  /** Markets with tiers in the book itself, which win over those of a rule set. */
  readonly marketsWithOwnTiers: number;
  readonly markets: number;
}

const fateOf = ({ state, judgement, orders }: AssessedPool): PoolFate => ({
  state,
  decision: judgement.choice.kind,
  orders: orders.flatMap((order) =>
    order.kind === 'LIQUIDATION' ? [`${order.side} ${order.quantity.toFixed()} ${order.marketId} at ${order.limitPrice.toFixed()}`] : [],
  ),
});

const moveOf = (before: AssessedPool, after: AssessedPool, index: number): PriceMove => {
  const position = present(before.assessment.positions[index], 'a pool holds the position');
  const same = present(after.assessment.positions[index], 'one book has one set of positions');
  const [from, to] = [liquidationPrice(before.assessment, position), liquidationPrice(after.assessment, same)];
  const percentOfMark = from === null || to === null ? null : to.minus(from).div(position.market.markPrice).times(HUNDRED);
  return { marketId: position.position.marketId, side: position.position.side, before: from, after: to, percentOfMark };
};

const isMoved = ({ before, after }: PriceMove): boolean => (before === null || after === null ? before !== after : !before.eq(after));

const compared = (before: AssessedPool, after: AssessedPool): PoolDifference => ({
  poolId: before.pool.poolId,
  before: fateOf(before),
  after: fateOf(after),
  priceMoves: before.assessment.positions.map((_, index) => moveOf(before, after, index)).filter(isMoved),
});

const isSameFate = (a: PoolFate, b: PoolFate): boolean =>
  a.state === b.state && a.decision === b.decision && a.orders.join('\n') === b.orders.join('\n');

const isChanged = ({ before, after, priceMoves }: PoolDifference): boolean => priceMoves.length > 0 || !isSameFate(before, after);

/** How much a decision takes from the pool's owner. */
const GRAVITY: Readonly<Record<PoolFate['decision'], number>> = { NONE: 0, WARN: 1, REDUCE: 2, LIQUIDATE: 3, TAKE_OVER: 4, REFUSED: 5 };

const stepOf = ({ before, after }: PoolDifference): number => Math.abs(GRAVITY[after.decision] - GRAVITY[before.decision]);

/** A price that appears or disappears has moved further than any other. */
const longestMove = ({ priceMoves }: PoolDifference): Decimal =>
  priceMoves.reduce<Decimal>((longest, { percentOfMark }) => Decimal.max(longest, percentOfMark?.abs() ?? Infinity), ZERO);

/** The widest step between decisions first, then the longest move of a price, then by `poolId`. */
const mostAffectedFirst = (a: PoolDifference, b: PoolDifference): number =>
  stepOf(b) - stepOf(a) || longestMove(b).comparedTo(longestMove(a)) || byCodeUnits(a.poolId, b.poolId);

const counted = (pools: readonly AssessedPool[], has: (pool: AssessedPool) => boolean): number => pools.filter(has).length;

const isLiquidated = ({ judgement }: AssessedPool): boolean => isOpening(judgement.choice);

const isWarned = ({ state }: AssessedPool): boolean => state === 'WARNED';

/**
 * Assesses a book at its own marks under both rule sets and compares pool by pool: decision, orders, liquidation prices; then what becomes of its
 * residuals. Throws `BadInput` for a market that has tiers neither in the book nor in one of the rule sets.
 */
export const bookDifference = async (file: string, book: Book, before: RuleSet, after: RuleSet): Promise<BookDifference> => {
  const [from, to] = [await assessBook(file, book, before), await assessBook(file, book, after)];
  const differences = from.map((pool, index) => compared(pool, present(to[index], 'one book has one set of pools')));
  return {
    pools: from.length,
    changed: differences.filter(isChanged).sort(mostAffectedFirst),
    liquidated: [counted(from, isLiquidated), counted(to, isLiquidated)],
    warned: [counted(from, isWarned), counted(to, isWarned)],
    residuals: await residualDifferences(file, book, before, after),
    marketsWithOwnTiers: book.markets.filter(({ marginTiers }) => marginTiers !== null).length,
    markets: book.markets.length,
  };
};
