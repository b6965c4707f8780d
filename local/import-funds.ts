import { SLICES_PER_WINDOW } from '#core/insurance/drawdown.ts';
import { NO_MEMORY } from '#core/insurance/fund-memory.ts';
import { USUAL_FUND_TERMS } from '#core/insurance/fund-policy.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import type { FundPolicy } from '#core/policy.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { durationMs, epochMs, intervalStart } from '#core/units/time.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import type { Book, BookFund } from './parse-book.ts';

/** The funds of a book under a rule set's policies, and which of them backs each market. */
export interface ImportedFunds {
  readonly funds: readonly FundState[];
  readonly fundIds: ReadonlyMap<string, string>;
}

const coversMarket = (policy: FundPolicy, asset: string, marketId: string): boolean =>
  policy.asset === asset && (policy.markets.includes('*') || policy.markets.includes(marketId));

/** What a market without any domain gets: a fund of nothing, so that it never pays and is never paid from another's money. */
const uncovered = (asset: string): FundPolicy => ({
  ...USUAL_FUND_TERMS,
  fundId: `none.${asset}`.slice(0, 40),
  asset,
  markets: ['*'],
  floor: money(ZERO),
  drawCapPerMarket: null,
  drawCapPerInterval: null,
  interval: durationMs(3_600_000),
  drawdown: null,
});

const fundState = (policy: FundPolicy, given: BookFund | undefined, book: Book): FundState => {
  const balance = given?.balance ?? money(ZERO);
  const slice = policy.drawdown === null ? durationMs(1) : durationMs(policy.drawdown.window / SLICES_PER_WINDOW);
  return {
    fundId: given?.fundId ?? policy.fundId,
    asset: policy.asset,
    policy,
    balance,
    reserved: new Map(),
    draws: { intervalStart: epochMs(0), byMarket: new Map() },
    drawdown: { peaks: [{ sliceStart: intervalStart(book.asOf, slice), peak: given?.peakBalance ?? balance }], active: false },
    memory: NO_MEMORY,
    version: 1,
    lastWriter: 'VENUE',
  };
};

/**
 * Gives each market the first domain of the rule set with its settlement asset that covers it. A domain's fund is the book's first fund with the asset;
 * where one asset has several domains, the fund with the domain's own id, else the first that no domain has taken. No such fund: one with nothing in it.
 */
export const fundsOf = (book: Book, ruleSet: RuleSet): ImportedFunds => {
  const states = new Map<string, FundState>();
  const taken = new Set<string>();
  const fundIds = new Map<string, string>();
  for (const market of book.markets) {
    const policy =
      ruleSet.funds.find((each) => coversMarket(each, market.settlementAsset, market.marketId)) ?? uncovered(market.settlementAsset);
    const known = states.get(policy.fundId);
    const state = known ?? fundState(policy, chooseFund(book, ruleSet, policy, taken), book);
    states.set(policy.fundId, state);
    taken.add(state.fundId);
    fundIds.set(market.marketId, state.fundId);
  }
  return { funds: [...states.values()], fundIds };
};

const chooseFund = (book: Book, ruleSet: RuleSet, policy: FundPolicy, taken: ReadonlySet<string>): BookFund | undefined => {
  const ofAsset = book.insuranceFunds.filter((fund) => fund.asset === policy.asset);
  const isOnlyDomain = ruleSet.funds.filter((each) => each.asset === policy.asset).length <= 1;
  if (isOnlyDomain) return ofAsset[0];
  return ofAsset.find((fund) => fund.fundId === policy.fundId) ?? ofAsset.find((fund) => !taken.has(fund.fundId));
};
