import type { Pool } from '#core/account/pool.ts';
import {
  type SecurityInput,
  securityBuffer,
  securityOf,
  securityRatio,
  stressedRatio,
  totalSecurity,
} from '#core/insurance/security-to-value.ts';
import type { MarkedMarkets } from '#core/market/marked-market.ts';
import type { Side } from '#core/market/side.ts';
import { type Decimal, sum, ZERO } from '#core/units/decimal.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { fundsOf } from '../import-funds.ts';
import type { Book } from '../parse-book.ts';
import type { MemoryTables } from '../store/memory-tables.ts';
import { withThousands } from '../thousands.ts';
import { markedAtEnd } from './marked-at-end.ts';

const HEAD = ['security to value at the end', 'depth', 'open interest', 'ratio', 'ratio under stress', 'buffer'] as const;

const RATIO_PLACES = 4;
const MONEY_PLACES = 2;
const NONE = '–';

const ratioCell = (ratio: Decimal | null): string => ratio?.toFixed(RATIO_PLACES) ?? NONE;
/** What rounds to nothing has no sign. */
const moneyCell = (amount: Decimal): string => withThousands(amount.toDecimalPlaces(MONEY_PLACES).toFixed(MONEY_PLACES));

type Holders = ReadonlyMap<string, readonly { readonly pool: Pool }[]>;

const holdersOf = (pools: readonly Pool[], side: Side): Holders =>
  Map.groupBy(
    pools.flatMap((pool) => pool.positions.filter((position) => position.side === side).map(({ marketId }) => ({ marketId, pool }))),
    ({ marketId }) => marketId,
  );

const poolsOf = (holders: Holders, marketId: string): readonly Pool[] => (holders.get(marketId) ?? []).map(({ pool }) => pool);

const rowOf = (input: SecurityInput, { safeguards: { securityToValue: policy } }: RuleSet): readonly string[] => {
  const security = securityOf(input);
  if (security === null) return [input.marketId, NONE, NONE, NONE, NONE, NONE];
  return [
    input.marketId,
    moneyCell(security.depth),
    moneyCell(security.openInterest),
    ratioCell(securityRatio(security)),
    policy === null ? NONE : ratioCell(stressedRatio(input, policy)),
    policy === null ? NONE : moneyCell(securityBuffer(security, policy)),
  ];
};

/** Markets that settle in one asset, and what the funds behind them hold, each once. */
const totalRow = (asset: string, inputs: readonly SecurityInput[], fundsBalance: Decimal): readonly string[] => [
  `all of ${asset}`,
  NONE,
  NONE,
  ratioCell(totalSecurity(inputs, fundsBalance)),
  NONE,
  NONE,
];

const assetOf = (marked: MarkedMarkets, marketId: string): string => marked.get(marketId)?.terms.settlementAsset ?? '';

/**
 * What stands behind each market when a replay is over, and behind all markets of an asset together: a head and one row each, at the last accepted marks.
 * Depth, open interest and buffer in the settlement asset. Stress and buffer only where the law watches security, since the shock is the law's.
 */
export const securityRows = (book: Book, ruleSet: RuleSet, tables: MemoryTables): readonly (readonly string[])[] => {
  const { fundIds } = fundsOf(book, ruleSet);
  const marked = markedAtEnd(tables, book);
  const pools = [...tables.Pools.values()];
  const [longs, shorts] = [holdersOf(pools, 'LONG'), holdersOf(pools, 'SHORT')];
  const balanceOf = (fundId: string | undefined): Decimal => tables.Funds.get(fundId ?? '')?.balance ?? ZERO;
  const inputs = [...marked.keys()].map(
    (marketId): SecurityInput => ({
      marketId,
      marked,
      longs: poolsOf(longs, marketId),
      shorts: poolsOf(shorts, marketId),
      fundBalance: balanceOf(fundIds.get(marketId)),
    }),
  );
  const totals = [...Map.groupBy(inputs, ({ marketId }) => assetOf(marked, marketId))].map(([asset, ofAsset]) => {
    const behind = new Set(ofAsset.map(({ marketId }) => fundIds.get(marketId)));
    return totalRow(asset, ofAsset, sum([...behind].map(balanceOf)));
  });
  return [HEAD, ...inputs.map((input) => rowOf(input, ruleSet)), ...totals];
};
