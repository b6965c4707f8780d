import type { ComparedDocument } from '#local/documents/comparison-document.ts';
import { type ComparisonRow, type ComparisonSection, NOTHING, sixPlaces } from './comparison-rows.ts';
import { readableAmount, shown } from './figures.ts';
import { holderNames } from './holder-names.ts';

type Payments = ComparedDocument['payments'];
type AssetPayments = Payments['assets'][number];

/** Pools that one section of a comparison shows at most. */
export const POOLS_SHOWN_MAX = 20;

const poolRow = (poolId: string, label: string): ComparisonRow => ({
  label,
  cellIn: ({ refusal, pools, payments }) => {
    const paid = payments.pools.find((each) => each.poolId === poolId);
    if (paid !== undefined) return `${shown(paid.marginBalanceBefore, readableAmount)} → ${shown(paid.marginBalanceAfter, readableAmount)}`;
    const pool = pools.find((each) => each.poolId === poolId);
    return refusal !== null || pool === undefined ? NOTHING : shown(pool.marginBalance, readableAmount);
  },
});

type Amount = readonly [label: string, read: (payments: AssetPayments) => string];

const USUAL_AMOUNTS: readonly Amount[] = [
  ['fund paid', ({ fundPaid }) => fundPaid],
  ['fund received', ({ fundReceived }) => fundReceived],
  ['fund at the end', ({ fundBalance }) => fundBalance],
  ['haircuts', ({ haircuts }) => haircuts],
];

/** Shown where a rule set has any. */
const RARE_AMOUNTS: readonly Amount[] = [
  ['profit of taken over', ({ takenOverPnl }) => takenOverPnl],
  ['shared by everybody', ({ shared }) => shared],
  ['fees', ({ fees }) => fees],
  ['debt nobody has paid', ({ debt }) => debt],
];

const amountsIn = (columns: readonly ComparedDocument[], asset: string): readonly Amount[] => {
  const found = columns.flatMap(({ payments }) => payments.assets.filter((each) => each.asset === asset));
  return [...USUAL_AMOUNTS, ...RARE_AMOUNTS.filter(([, read]) => found.some((each) => read(each) !== '0'))];
};

const amountRow = (asset: string, [label, read]: Amount, isOnly: boolean): ComparisonRow => ({
  label: isOnly ? label : `${label}, ${asset}`,
  cellIn: ({ payments }) => {
    const found = payments.assets.find((each) => each.asset === asset);
    return found === undefined ? NOTHING : shown(read(found), readableAmount);
  },
});

const leftText = ({ refusal, residualsLeft }: ComparedDocument): string => {
  if (refusal !== null) return NOTHING;
  if (residualsLeft.length === 0) return '0';
  return residualsLeft.map(({ side, quantity, marketId }) => `${side} ${shown(quantity, sixPlaces)} ${marketId}`).join('; ');
};

/** Who paid in the end, at the marks of the book: traders, fund, counterparties, and what stays. */
export const paymentSection = (columns: readonly ComparedDocument[]): ComparisonSection => {
  const paying = columns.flatMap(({ payments }) => payments.pools);
  const touched = [...new Set(paying.map(({ poolId }) => poolId))];
  const labelOf = holderNames(paying);
  const assets = [...new Set(columns.flatMap(({ payments }) => payments.assets.map(({ asset }) => asset)))];
  const rest = touched.length - POOLS_SHOWN_MAX;
  return {
    title: `who pays what: margin balances before → after the waves at the book's own marks${rest > 0 ? ` (and ${rest} more pools)` : ''}`,
    rows: [
      ...touched.slice(0, POOLS_SHOWN_MAX).map((poolId) => poolRow(poolId, labelOf(poolId))),
      ...assets.flatMap((asset) => amountsIn(columns, asset).map((amount) => amountRow(asset, amount, assets.length === 1))),
      { label: 'residual left open', cellIn: leftText },
    ],
  };
};
