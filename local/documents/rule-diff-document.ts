import { jsonPath } from '#rule-sets/json-path.ts';
import type { BookDifference, PoolDifference, PriceMove } from '../rule-diff/book-difference.ts';
import type { RuleSetDifference } from '../rule-diff/diff-rule-sets.ts';
import type { LeafChange } from '../rule-diff/leaf-changes.ts';
import type { ResidualDifference, ResidualFate } from '../rule-diff/residual-difference.ts';
import { type BandFigures, type ExampleFate, type RuleChange, sentenceOf } from '../rule-diff/rule-change.ts';
import { derivedOrNull, exact } from './exact-figures.ts';

/** `before` and `after` are absent where the value is not given; `path` is in the later rule set's file, in the earlier one's where it is gone. */
const valueDocument = ({ file, path, before, after, description }: LeafChange) => ({
  file,
  path: jsonPath(path),
  before,
  after,
  description,
});

const exactOrNull = (value: Parameters<typeof derivedOrNull>[0]): string | null => (value === null ? null : exact(value));

const fateDocument = ({ atOnce, liquidationPrice }: ExampleFate) => ({ atOnce, liquidationPrice: derivedOrNull(liquidationPrice) });

const exampleDocument = ({ side, notionalValue, leverage, before, after, distancePercent }: NonNullable<BandFigures['example']>) => ({
  side,
  notionalValue: exact(notionalValue),
  leverage: exact(leverage),
  entryPrice: '100',
  before: fateDocument(before),
  after: fateDocument(after),
  distancePercent: derivedOrNull(distancePercent),
});

const bandDocument = ({ notionalFloor, notionalCap, rates, leverages, example }: BandFigures) => ({
  notionalFloor: exact(notionalFloor),
  notionalCap: exactOrNull(notionalCap),
  maintenanceMarginRate: rates === null ? null : { before: exact(rates[0]), after: exact(rates[1]) },
  maximumLeverage: leverages === null ? null : { before: exactOrNull(leverages[0]), after: exactOrNull(leverages[1]) },
  example: example === null ? null : exampleDocument(example),
});

const changeDocument = (change: RuleChange) => ({
  section: change.section,
  marketId: change.marketId,
  subject: change.subject,
  what: change.what,
  effect: change.effect,
  sentence: sentenceOf(change),
  band: change.band === null ? null : bandDocument(change.band),
  values: change.leaves.map(valueDocument),
});

const moveDocument = ({ marketId, side, before, after, percentOfMark }: PriceMove) => ({
  marketId,
  side,
  before: derivedOrNull(before),
  after: derivedOrNull(after),
  percentOfMark: derivedOrNull(percentOfMark),
});

const poolDocument = ({ poolId, before, after, priceMoves }: PoolDifference) => ({
  poolId,
  before,
  after,
  liquidationPrices: priceMoves.map(moveDocument),
});

const residualFateDocument = ({ counterparties, residualQuantity, taken }: ResidualFate) => ({
  counterparties,
  residualQuantity: exact(residualQuantity),
  taken: exact(taken),
});

const residualDocument = ({ index, marketId, side, quantity, before, after, transfersChanged }: ResidualDifference) => ({
  index,
  marketId,
  side,
  quantity: exact(quantity),
  before: residualFateDocument(before),
  after: residualFateDocument(after),
  transfersChanged,
});

const bookDocument = (file: string, book: BookDifference) => ({
  file,
  pools: book.pools,
  poolsChanged: book.changed.length,
  liquidated: { before: book.liquidated[0], after: book.liquidated[1] },
  warned: { before: book.warned[0], after: book.warned[1] },
  markets: book.markets,
  marketsWithOwnTiers: book.marketsWithOwnTiers,
  changed: book.changed.map(poolDocument),
  residuals: book.residuals.map(residualDocument),
});

/** The result of `adl rules diff --json`: both rule sets, every change with the values behind it, and a book's pools where one was given. */
export const ruleDiffDocument = (
  { before, after, changes }: RuleSetDifference,
  book: { readonly file: string; readonly difference: BookDifference } | null,
) => ({
  before,
  after,
  same: before.hash === after.hash,
  changes: changes.map(changeDocument),
  ...(book === null ? {} : { book: bookDocument(book.file, book.difference) }),
});
