import { SLICES_PER_WINDOW } from '#core/insurance/drawdown.ts';
import { NO_MEMORY } from '#core/insurance/fund-memory.ts';
import { USUAL_FUND_TERMS } from '#core/insurance/fund-policy.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import { sliceStartAt } from '#core/insurance/peak-window.ts';
import type { FundPolicy } from '#core/policy.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import type { Book, BookFund } from './parse-book.ts';

/** The funds of a book under a rule set's policies, and which of them backs each market. */
export interface ImportedFunds {
  readonly funds: readonly FundState[];
  readonly fundIds: ReadonlyMap<string, string>;
  /** Which domains have no fund although the book has some with their asset. */
  readonly warnings: readonly string[];
}

const coversMarket = (policy: FundPolicy, asset: string, marketId: string): boolean =>
  policy.asset === asset && (policy.markets.includes('*') || policy.markets.includes(marketId));

/** The domain of a market that no domain covers: the usual terms, without floor and caps. */
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

/** The id of a fund that the book does not have: the domain's own, or with a number before it where that is the id of another fund. */
const freeId = (wanted: string, used: ReadonlySet<string>): string => {
  const numbered = Array.from(used, (_, index) => `${index + 2}.${wanted}`.slice(0, 40));
  return [wanted, ...numbered].find((id) => !used.has(id)) ?? wanted;
};

const fundState = (policy: FundPolicy, given: BookFund | undefined, book: Book, used: ReadonlySet<string>): FundState => {
  const balance = given?.balance ?? money(ZERO);
  const window = { length: policy.drawdown?.window ?? durationMs(SLICES_PER_WINDOW), slices: SLICES_PER_WINDOW };
  return {
    fundId: given?.fundId ?? freeId(policy.fundId, used),
    asset: policy.asset,
    policy,
    balance,
    reserved: new Map(),
    draws: { intervalStart: epochMs(0), byMarket: new Map() },
    drawdown: { peaks: [{ sliceStart: sliceStartAt(window, book.asOf), peak: given?.peakBalance ?? balance }], active: false },
    memory: NO_MEMORY,
    version: 1,
    lastWriter: 'VENUE',
  };
};

/** The fund of the book that backs a domain; `taken` are those that back another. undefined where none does. */
const chooseFund = (book: Book, ruleSet: RuleSet, policy: FundPolicy, taken: ReadonlySet<string>): BookFund | undefined => {
  const ofAsset = book.insuranceFunds.filter((fund) => fund.asset === policy.asset);
  const domains = ruleSet.funds.filter((each) => each.asset === policy.asset);
  if (domains.length === 0) return ofAsset[0];
  if (!domains.includes(policy)) return undefined;
  if (domains.length === 1) return ofAsset[0];
  const isOfDomain = (fund: BookFund): boolean => domains.some(({ fundId }) => fundId === fund.fundId);
  return ofAsset.find(({ fundId }) => fundId === policy.fundId) ?? ofAsset.find((fund) => !isOfDomain(fund) && !taken.has(fund.fundId));
};

/** One line for all domains that get nothing of what the book has in their asset; a book without funds of an asset says so by itself. */
const emptyWarnings = (book: Book, { reference }: RuleSet, empty: readonly FundPolicy[]): readonly string[] => {
  const ids = empty.filter(({ asset }) => book.insuranceFunds.some((fund) => fund.asset === asset)).map(({ fundId }) => `\`${fundId}\``);
  const [first, ...more] = ids;
  if (first === undefined) return [];
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return [`$.insuranceFunds: none is left for domain ${first}${others} of ${reference.id}@${reference.version}: it begins empty`];
};

/**
 * Gives each market the first domain of the rule set with its settlement asset that covers it, and each domain at most one fund of the book, which then backs
 * no other: the book's first fund with the asset; where one asset has several domains, the fund with the domain's own id, else, in the order of the book's
 * markets, the first that is no domain's. Where the rule set has no domain of the asset its markets share the first fund with it. No such fund: one with
 * nothing in it, so that a loss never reaches another domain.
 */
export const fundsOf = (book: Book, ruleSet: RuleSet): ImportedFunds => {
  const states = new Map<string, FundState>();
  const used = new Set(book.insuranceFunds.map(({ fundId }) => fundId));
  const taken = new Set<string>();
  const empty: FundPolicy[] = [];
  const fundIds = new Map<string, string>();
  for (const { marketId, settlementAsset } of book.markets) {
    const policy = ruleSet.funds.find((each) => coversMarket(each, settlementAsset, marketId)) ?? uncovered(settlementAsset);
    const key = `${policy.asset}#${policy.fundId}`;
    const known = states.get(key);
    const given = known === undefined ? chooseFund(book, ruleSet, policy, taken) : undefined;
    const state = known ?? fundState(policy, given, book, used);
    if (known === undefined && given === undefined) empty.push(policy);
    states.set(key, state);
    taken.add(state.fundId);
    used.add(state.fundId);
    fundIds.set(marketId, state.fundId);
  }
  return { funds: [...states.values()], fundIds, warnings: emptyWarnings(book, ruleSet, empty) };
};
