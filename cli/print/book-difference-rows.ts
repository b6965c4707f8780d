import type { Decimal } from '#core/units/decimal.ts';
import type { BookDifference, PoolDifference, PriceMove } from '#local/rule-diff/book-difference.ts';
import type { ResidualDifference } from '#local/rule-diff/residual-difference.ts';
import { readable, readablePrice } from './figures.ts';

/** Pools, and residuals, that are shown; the rest is counted. */
const SHOWN_MAX = 20;

export const POOL_HEAD = ['pool', 'state', 'decision', 'orders', 'liquidation price', 'moved'] as const;

const turned = (before: string, after: string): string => (before === after ? before : `${before} → ${after}`);

const firstOf = (items: readonly string[], nothing: string): string => {
  const [first, ...rest] = items;
  if (first === undefined) return nothing;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
};

const priceOrNever = (value: Decimal | null): string => (value === null ? 'never' : readablePrice(value));

const priceWords = ({ side, marketId, before, after }: PriceMove): string =>
  `${side} ${marketId} ${priceOrNever(before)} → ${priceOrNever(after)}`;

const PERCENT_PLACES = 4;

const movedWords = ({ percentOfMark }: PriceMove): string => {
  if (percentOfMark === null) return '—';
  return `${percentOfMark.gt(0) ? '+' : ''}${readable(percentOfMark, PERCENT_PLACES)} %`;
};

/** The move that says most comes first: a price that appeared or disappeared, else the longest. */
const longestFirst = (moves: readonly PriceMove[]): readonly PriceMove[] =>
  [...moves].sort((a, b) => {
    if (a.percentOfMark === null || b.percentOfMark === null) return Number(b.percentOfMark === null) - Number(a.percentOfMark === null);
    return b.percentOfMark.abs().comparedTo(a.percentOfMark.abs());
  });

const poolRow = ({ poolId, before, after, priceMoves }: PoolDifference): readonly string[] => {
  const moves = longestFirst(priceMoves);
  return [
    poolId,
    turned(before.state, after.state),
    turned(before.decision, after.decision),
    turned(firstOf(before.orders, 'none'), firstOf(after.orders, 'none')),
    firstOf(moves.map(priceWords), 'the same'),
    firstOf(moves.slice(0, 1).map(movedWords), '—'),
  ];
};

/** The most affected pools, a row each. */
export const poolRows = ({ changed }: BookDifference): readonly (readonly string[])[] => changed.slice(0, SHOWN_MAX).map(poolRow);

const DIGITS = 6;

const residualLine = ({ index, side, quantity, marketId, before, after, transfersChanged }: ResidualDifference): string =>
  `residual ${index}, ${side} ${quantity.toFixed()} ${marketId}: counterparties ${turned(String(before.counterparties), String(after.counterparties))}, ` +
  `left ${turned(before.residualQuantity.toFixed(), after.residualQuantity.toFixed())}, ` +
  `taken ${turned(readable(before.taken, DIGITS), readable(after.taken, DIGITS))}, ${transfersChanged === 1 ? '1 transfer differs' : `${transfersChanged} transfers differ`}`;

/** The residuals that are deleveraged differently, a line each. */
export const residualLines = ({ residuals }: BookDifference): readonly string[] => {
  const rest = residuals.length - SHOWN_MAX;
  return [...residuals.slice(0, SHOWN_MAX).map(residualLine), ...(rest > 0 ? [`and ${rest} more residuals`] : [])];
};

const moreOrFewer = ([before, after]: readonly [number, number], what: string): readonly string[] => {
  const change = Math.abs(after - before);
  return change === 0 ? [] : [`${change} ${after > before ? 'more' : 'fewer'} ${change === 1 ? 'is' : 'are'} ${what}`];
};

/** `3 pools of 6 change; 1 more is liquidated`. */
export const bookTotals = ({ pools, changed, liquidated, warned }: BookDifference): string =>
  [
    `${changed.length} ${changed.length === 1 ? 'pool' : 'pools'} of ${pools} ${changed.length === 1 ? 'changes' : 'change'}`,
    ...moreOrFewer(liquidated, 'liquidated'),
    ...moreOrFewer(warned, 'warned'),
  ].join('; ');

/** What is not in the table: pools that are only counted, and markets that no rule set's tiers apply to. */
export const bookNotes = ({ changed, markets, marketsWithOwnTiers }: BookDifference): readonly string[] => [
  ...(changed.length > SHOWN_MAX ? [`and ${changed.length - SHOWN_MAX} more pools`] : []),
  ...(marketsWithOwnTiers > 0
    ? [`${marketsWithOwnTiers} of ${markets} markets have tiers in the book itself, which win over those of a rule set`]
    : []),
];
