import { cpus } from 'node:os';
import { assessMargin } from '#core/margin/assess-margin.ts';
import { markedMarkets } from '#core/market/marked-market.ts';
import { type Decimal, decimal } from '#core/units/decimal.ts';
import { price } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { generateBook } from '#local/generate-book.ts';
import { bookMark, marketsOf, poolsOf } from '#local/import-book.ts';
import { fundsOf } from '#local/import-funds.ts';
import type { MarkGroup } from '#local/mark-path.ts';
import { parseBook } from '#local/parse-book.ts';
import { accepted } from '#local/read-input.ts';
import { runReplay } from '#local/replay/run-replay.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import { evaluateCompiled } from '#rule-sets/compile-rules.ts';
import { evaluateRules } from '#rule-sets/evaluate-rules.ts';
import type { Facts } from '#rule-sets/facts.ts';
import { judgePool } from '#rule-sets/judge-pool.ts';

/**
 * Rates of the in-process replay on one core: pool-marks per second in a quiet stretch, where guards spare nearly every pool, against evaluations per
 * second when every pool is judged, and the rules alone under each of the two evaluators. Decimals only. `node bench/pool-marks.ts [accounts] [marks]`.
 */
const ACCOUNTS = Number(process.argv[2] ?? 2400);
const MARKS = Number(process.argv[3] ?? 600);
const MS_PER_SECOND = 1000;

const book = accepted(
  parseBook('generated', new TextEncoder().encode(JSON.stringify(generateBook({ seed: 'bench', accounts: ACCOUNTS })))),
);
const ruleSet = readRuleSet('house');
const markets = marketsOf(book, ruleSet);
if (!markets.ok) throw new Error(`no tiers for ${markets.refusal.marketId}`);
const pools = poolsOf(book);

/** A price that wanders within ±0.2 % of the opening, without randomness: a slow triangle wave with a faster one on top. */
const wander = (step: number): Decimal => {
  const triangle = (period: number): number => Math.abs((step % period) / period - 0.5) * 2 - 0.5;
  return decimal((1 + 0.003 * triangle(97) + 0.001 * triangle(11)).toFixed(6));
};

const groups: MarkGroup[] = Array.from({ length: MARKS }, (_, step) => ({
  at: epochMs(book.asOf + step * MS_PER_SECOND),
  marks: book.markets.map(({ marketId, markPrice }) => {
    const mark = price(markPrice.times(wander(step)).toDecimalPlaces(4));
    return { marketId, markPrice: mark, indexPrice: mark, sequence: step + 1 };
  }),
}));

const quietStretch = async (): Promise<void> => {
  const { funds, fundIds } = fundsOf(book, ruleSet);
  let warmAt = 0;
  const outcome = await runReplay(
    { initial: { markets: markets.value, pools, funds }, fundIds, ruleSet, groups, events: [], depthPerMark: new Map() },
    (done) => {
      // The first instant looks at every pool, since nothing is known of them yet; the quiet stretch begins after it.
      if (done === book.markets.length) warmAt = performance.now();
    },
  );
  const seconds = (performance.now() - warmAt) / MS_PER_SECOND;
  const poolMarks = (outcome.poolMarks / groups.length) * (groups.length - 1);
  const looked = outcome.poolsRung - pools.filter((pool) => pool.positions.length > 0).length;
  process.stdout.write(
    `quiet stretch: ${Math.round(poolMarks)} pool-marks in ${seconds.toFixed(2)} s = ${Math.round(poolMarks / seconds)} pool-marks/s; ` +
      `${looked} evaluated, the rest spared by their guards; ${outcome.violations.length} violations\n`,
  );
};

const withoutGuards = async (): Promise<readonly Facts[]> => {
  const states = markets.value.map((market, index) => {
    const given = book.markets[index];
    return given === undefined ? market : { ...market, accepted: bookMark(book, given) };
  });
  const asked: Facts[] = [];
  const startedAt = performance.now();
  for (const pool of pools) {
    const held = states.filter(({ terms }) => pool.positions.some((position) => position.marketId === terms.marketId));
    asked.push((await judgePool(ruleSet, pool, held, book.asOf)).facts);
  }
  const judged = (performance.now() - startedAt) / MS_PER_SECOND;
  const assessedAt = performance.now();
  for (const pool of pools) assessMargin(pool, markedMarkets(states));
  const assessed = (performance.now() - assessedAt) / MS_PER_SECOND;
  process.stdout.write(
    `without guards: ${Math.round(pools.length / judged)} evaluations/s (assessment, rules, new guards); ` +
      `assessment alone ${Math.round(pools.length / assessed)}/s\n`,
  );
  return asked;
};

/** Passes over all pools, so that the closures are measured warm. */
const PASSES = 10;

/** Microseconds to ask all margin rules about one pool. */
const microsecondsEach = async (evaluate: typeof evaluateRules | typeof evaluateCompiled, asked: readonly Facts[]): Promise<number> => {
  const startedAt = performance.now();
  for (let pass = 0; pass < PASSES; pass += 1) for (const facts of asked) await evaluate(ruleSet.margin.rules, facts);
  return ((performance.now() - startedAt) * MS_PER_SECOND) / (asked.length * PASSES);
};

const rulesAlone = async (asked: readonly Facts[]): Promise<void> => {
  const compiled = await microsecondsEach(evaluateCompiled, asked);
  const engine = await microsecondsEach(evaluateRules, asked);
  process.stdout.write(
    `${ruleSet.margin.rules.length} margin rules alone: ${compiled.toFixed(2)} µs compiled, ${engine.toFixed(1)} µs by json-rules-engine\n`,
  );
};

process.stdout.write(
  `${ACCOUNTS} accounts, ${pools.length} pools, ${MARKS} instants of ${book.markets.length} marks; ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}\n`,
);
await quietStretch();
await rulesAlone(await withoutGuards());
