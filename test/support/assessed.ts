import type { MarginMode } from '#core/account/pool.ts';
import { assessMargin, type MarginAssessment } from '#core/margin/assess-margin.ts';
import { coreMarkets, corePool, type PoolCase } from './pool-case.ts';

/** The core's assessment of a case at its marks. Every market of a case has a mark. */
export const assessed = (poolCase: PoolCase, accountId = 'a1', marginMode: MarginMode = 'CROSS'): MarginAssessment => {
  const assessment = assessMargin(corePool(poolCase, accountId, marginMode), coreMarkets(poolCase));
  if (!assessment.ok) throw new RangeError(`no mark for \`${assessment.refusal.marketId}\``);
  return assessment.value;
};

/** The case with one market's mark moved. */
export const withMark = (poolCase: PoolCase, marketId: string, markPrice: string): PoolCase => ({
  ...poolCase,
  markets: poolCase.markets.map((market) => (market.marketId === marketId ? { ...market, markPrice } : market)),
});
