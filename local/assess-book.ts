import type { Pool } from '#core/account/pool.ts';
import type { Order } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import { isOpening, poolState } from '#core/liquidation/decide-margin.ts';
import { assessMargin, type MarginAssessment } from '#core/margin/assess-margin.ts';
import type { CrossBankruptcyPrice } from '#core/margin/bankruptcy-price.ts';
import { markedMarkets } from '#core/market/marked-market.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { Wave } from '#core/wave.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { judgePool, type PoolJudgement } from '#rule-sets/judge-pool.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { BadInput } from './bad-input.ts';
import { bookMark, marketsIn, poolsOf } from './import-book.ts';
import { fundsOf } from './import-funds.ts';
import type { Book } from './parse-book.ts';
import { enginePorts } from './store/engine-ports.ts';
import { MemoryStore } from './store/memory-store.ts';

/** One pool of a book as the engine sees it at the book's marks. */
export interface AssessedPool {
  readonly pool: Pool;
  readonly assessment: MarginAssessment;
  readonly judgement: PoolJudgement;
  readonly state: ReturnType<typeof poolState>;
  readonly orders: readonly Order[];
  /** How the law prices the bankruptcy of one position among several. */
  readonly crossBankruptcyPrice: CrossBankruptcyPrice;
}

/** Market states of a book at its own marks. Throws `BadInput` for a market without tiers anywhere. */
export const markedBook = (file: string, book: Book, ruleSet: RuleSet): readonly MarketState[] => {
  return marketsIn(file, book, ruleSet).map((market, index) => ({
    ...market,
    accepted: bookMark(book, present(book.markets[index], 'each state has its market')),
  }));
};

const marketsHeldBy = (pool: Pool, markets: readonly MarketState[]): readonly MarketState[] =>
  markets.filter(({ terms }) => pool.positions.some((position) => position.marketId === terms.marketId));

/** Opens what the rules want opened, against the book's funds in opening order, and returns the orders by pool. */
const ordersByPool = async (book: Book, ruleSet: RuleSet, markets: readonly MarketState[], judged: readonly PoolJudgement[]) => {
  const { funds, fundIds } = fundsOf(book, ruleSet);
  const store = new MemoryStore({ markets, pools: judged.map((each) => each.inputs.pool), funds }, []);
  const wave: Wave = { waveId: 'ASSESS', fundId: '', marketId: 'ASSESS', sequence: 0, at: book.asOf };
  const nominations = judged.filter((each) => isOpening(each.choice));
  for (const { inputs, choice } of nominations) {
    const { poolId } = inputs.pool;
    store.tables.Nominations.set(`${wave.waveId}#${poolId}`, { waveId: wave.waveId, poolId, decisionId: poolId, choice, caseId: null });
  }
  await openWave(enginePorts(store, ruleSet, fundIds))(wave);
  return Map.groupBy(store.tables.Orders.values(), (order) => (order.kind === 'CANCEL_ORDERS' ? '' : order.poolId));
};

/**
 * Assesses every pool of a book at the book's marks and decides what the rule set would do with each, by `poolId`.
 * Orders are what the pools would send if all were opened now, worst first, each reserving in the fund what it would cost; a throttle delays none here.
 */
export const assessBook = async (file: string, book: Book, ruleSet: RuleSet): Promise<readonly AssessedPool[]> => {
  const law: RuleSet = { ...ruleSet, safeguards: { ...ruleSet.safeguards, throttle: null } };
  const markets = markedBook(file, book, law);
  const judged: PoolJudgement[] = [];
  for (const pool of poolsOf(book)) judged.push(await judgePool(law, pool, marketsHeldBy(pool, markets), book.asOf));
  const orders = await ordersByPool(book, law, markets, judged);
  const marked = markedMarkets(markets);
  return judged.map((judgement) => {
    const { pool } = judgement.inputs;
    const assessed = assessMargin(pool, marked);
    if (!assessed.ok)
      throw new BadInput({ file, line: null, path: '$.markets', message: `market \`${assessed.refusal.marketId}\` has no mark` });
    const state = poolState(assessed.value, judgement.choice);
    const { crossBankruptcyPrice } = law.margin.execution;
    return { pool, assessment: assessed.value, judgement, state, orders: orders.get(pool.poolId) ?? [], crossBankruptcyPrice };
  });
};
