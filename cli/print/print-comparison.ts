import type { ComparedDocument, ComparisonDocument } from '#local/documents/comparison-document.ts';
import { hashBeginning } from '#local/hash-beginning.ts';
import { type ComparisonSection, poolSection, queueSection, sixPlaces } from './comparison-rows.ts';
import { shown } from './figures.ts';
import { POOLS_SHOWN_MAX, paymentSection } from './payment-rows.ts';
import { type TableGroup, wrappedTable } from './wrapped-table.ts';

/** Rule sets beside each other; with these widths six of them and their labels fill a terminal of 160 columns. */
const COLUMNS_MAX = 6;
const LABEL_WIDTH = 28;
const CELL_WIDTH = 20;

const widthOf = (column: number): number => (column === 0 ? LABEL_WIDTH : CELL_WIDTH);

const isActedOn = (columns: readonly ComparedDocument[], poolId: string): boolean =>
  columns.some(({ pools }) => pools.some((pool) => pool.poolId === poolId && pool.decision.kind !== 'NONE'));

/** The pools that are shown: those that a rule set would open come first, the rest is counted. */
const poolSections = (columns: readonly ComparedDocument[]): readonly ComparisonSection[] => {
  const pools = (columns.find(({ refusal }) => refusal === null)?.pools ?? []).filter(({ positions }) => positions.length > 0);
  const acted = pools.filter(({ poolId }) => isActedOn(columns, poolId));
  const others = pools.filter(({ poolId }) => !isActedOn(columns, poolId));
  const seen = [...acted, ...others].slice(0, POOLS_SHOWN_MAX);
  const rest = pools.length - seen.length;
  return [...seen.map(poolSection), ...(rest > 0 ? [{ title: `and ${rest} more pools`, rows: [] }] : [])];
};

const residualSections = (columns: readonly ComparedDocument[]): readonly ComparisonSection[] => {
  const residuals = columns.find(({ refusal }) => refusal === null)?.residuals ?? [];
  return residuals.map(({ side, quantity, marketId }, index) =>
    queueSection(`residual ${index}, ${side} ${shown(quantity, sixPlaces)} ${marketId}`, columns, (column) => column.residuals[index]),
  );
};

const bankruptSections = (columns: readonly ComparedDocument[]): readonly ComparisonSection[] => {
  const bankrupt = columns.find(({ refusal }) => refusal === null)?.bankruptPositions ?? [];
  return bankrupt
    .slice(0, POOLS_SHOWN_MAX)
    .map(({ accountId, side, quantity, marketId }, index) =>
      queueSection(`${accountId}, ${side} ${shown(quantity, sixPlaces)} ${marketId}`, columns, (column) => column.bankruptPositions[index]),
    );
};

const HASH_LETTERS = 8;

const headRows = (block: readonly ComparedDocument[], all: readonly ComparedDocument[]): readonly (readonly string[])[] => {
  const isAlone = ({ ruleSet }: ComparedDocument) =>
    all.filter((each) => each.ruleSet.id === ruleSet.id && each.ruleSet.version === ruleSet.version).length === 1;
  return [
    ['', ...block.map(({ ruleSet }) => ruleSet.id)],
    ['', ...block.map(({ ruleSet }) => `@${ruleSet.version}`)],
    ...(all.every(isAlone) ? [] : [['', ...block.map((each) => (isAlone(each) ? '' : hashBeginning(each.ruleSet, HASH_LETTERS)))]]),
    ...(block.some(({ refusal }) => refusal !== null)
      ? [['cannot use the book', ...block.map(({ refusal }) => (refusal === null ? '' : `${refusal.path} ${refusal.message}`))]]
      : []),
  ];
};

const groupOf = ({ title, rows }: ComparisonSection, block: readonly ComparedDocument[]): TableGroup => ({
  title,
  rows: rows.map(({ label, cellIn }) => [`  ${label}`, ...block.map(cellIn)]),
});

const inBlocks = (columns: readonly ComparedDocument[]): readonly (readonly ComparedDocument[])[] =>
  Array.from({ length: Math.ceil(columns.length / COLUMNS_MAX) }, (_, index) =>
    columns.slice(index * COLUMNS_MAX, (index + 1) * COLUMNS_MAX),
  );

/**
 * A comparison for people: rule sets beside each other, six to a block, the figures below each other; rounded, `--json` has every digit. No line but a long
 * heading is wider than 160 columns.
 */
export const printComparison = ({ book, ruleSets }: ComparisonDocument): string => {
  const sections = [...poolSections(ruleSets), ...residualSections(ruleSets), ...bankruptSections(ruleSets), paymentSection(ruleSets)];
  const blocks = inBlocks(ruleSets).map((block) =>
    wrappedTable([{ title: '', rows: headRows(block, ruleSets) }, ...sections.map((section) => groupOf(section, block))], widthOf),
  );
  return [`${book} under ${ruleSets.length} ${ruleSets.length === 1 ? 'rule set' : 'rule sets'}`, ...blocks.flat()].join('\n\n');
};
