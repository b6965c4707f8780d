import { decimal } from '#core/units/decimal.ts';
import { price, quantity } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { marketsOf, poolsOf } from '#local/import-book.ts';
import { fundsOf } from '#local/import-funds.ts';
import type { MarkGroup } from '#local/mark-path.ts';
import { type Book, parseBook } from '#local/parse-book.ts';
import type { ReplayInputs } from '#local/replay/run-replay.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { bytesOf } from '../local/book-document.ts';
import type { ReplayScenario, ScenarioAccount, ScenarioMarket, ScenarioPosition } from '../reference/replay/scenario.ts';
import { scaledText } from './decimal-text.ts';
import { fundPolicy } from './small-law.ts';
import { START_MS } from './small-venue.ts';

/** Venues with many markets, positions and accounts, of which nothing but the numbers counts. The n-th market starts at a price of 100 + n. */

const PLACES = 4;

const marketIdOf = (market: number): string => `M${String(market).padStart(2, '0')}-USDT`;

/** The first price of a market after `move` ten-thousandths. */
const priceAfter = (market: number, move: number): string => scaledText(BigInt((100 + market) * (10_000 + move)), PLACES);

const marketDocument = (market: number, tiers: ScenarioMarket['marginTiers']): ScenarioMarket => ({
  marketId: marketIdOf(market),
  contract: 'LINEAR',
  multiplier: '1',
  settlementAsset: 'USDT',
  tickSize: '0.01',
  lotSize: '0.001',
  markPrice: priceAfter(market, 0),
  takerFeeRate: '0.0005',
  tierForm: 'DEDUCTION',
  marginTiers: tiers,
});

const ONE_TIER: ScenarioMarket['marginTiers'] = [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01' }];

export const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** A cross position that was opened `entryMove` ten-thousandths above the first price. */
export const held = (market: number, side: ScenarioPosition['side'], contracts: string, entryMove = 0): ScenarioPosition => ({
  marketId: marketIdOf(market),
  side,
  quantity: contracts,
  entryPrice: priceAfter(market, entryMove),
  marginMode: 'CROSS',
});

export const account = (accountId: string, USDT: string, positions: readonly ScenarioPosition[]): ScenarioAccount => ({
  accountId,
  walletBalances: { USDT },
  positions,
});

export interface LargeVenue {
  readonly markets: number;
  readonly accounts: readonly ScenarioAccount[];
  /** Balance of the fund, or of each of several by id. */
  readonly fund: string | Readonly<Record<string, string>>;
  readonly tiers?: ScenarioMarket['marginTiers'];
  /** Ten-thousandths that every market moves by at each instant, counted from its first price. */
  readonly moves: readonly ((market: number) => number)[];
  /** Contracts that fill per mark; null for no limit. */
  readonly depth?: (market: number) => string | null;
}

/** The venue as both the engine and its twin read it. All markets move at every instant; at the first they stand. */
export const scenarioOf = ({ markets, accounts, fund, tiers = ONE_TIER, moves, depth = () => null }: LargeVenue): ReplayScenario => {
  const numbers = range(markets);
  const funds = typeof fund === 'string' ? { usdt: fund } : fund;
  return {
    book: {
      asOf: new Date(START_MS).toISOString(),
      markets: numbers.map((market) => marketDocument(market, tiers)),
      accounts,
      insuranceFunds: Object.entries(funds).map(([fundId, balance]) => ({ fundId, asset: 'USDT', balance })),
    },
    instants: [() => 0, ...moves].map((move) =>
      numbers.map((market) => ({ marketId: marketIdOf(market), price: priceAfter(market, move(market)) })),
    ),
    depthPerMark: Object.fromEntries(
      numbers.flatMap((market) => {
        const contracts = depth(market);
        return contracts === null ? [] : [[marketIdOf(market), contracts]];
      }),
    ),
  };
};

const INSTANT_MS = 15_000;

const groupsOf = ({ instants }: ReplayScenario): readonly MarkGroup[] =>
  instants.map((marks, index) => ({
    at: epochMs(START_MS + index * INSTANT_MS),
    marks: marks.map((mark) => {
      const markPrice = price(decimal(mark.price));
      return { marketId: mark.marketId, sequence: index + 1, markPrice, indexPrice: markPrice };
    }),
  }));

const parsedBook = (scenario: ReplayScenario): Book => {
  const book = parseBook('book.json', bytesOf(JSON.stringify(scenario.book)));
  if (!book.ok) throw new RangeError(`${book.refusal.path}: ${book.refusal.message}`);
  return book.value;
};

/** Everything that a replay of the venue under a rule set depends on, whatever its pools hold. */
export const largeInputs = (venue: LargeVenue, ruleSet: RuleSet): ReplayInputs => {
  const scenario = scenarioOf(venue);
  const book = parsedBook(scenario);
  const markets = marketsOf(book, ruleSet);
  if (!markets.ok) throw new RangeError('every market of the book has tiers');
  const { funds, fundIds } = fundsOf(book, ruleSet);
  const depthPerMark = new Map(Object.entries(scenario.depthPerMark).map(([marketId, text]) => [marketId, quantity(decimal(text))]));
  return {
    initial: { markets: markets.value, pools: poolsOf(book), funds },
    fundIds,
    ruleSet,
    groups: groupsOf(scenario),
    events: [],
    depthPerMark,
  };
};

/** The rule set with so many funds of one asset, which take the markets in turn. */
export const withFunds = (law: RuleSet, count: number, markets: number): RuleSet => ({
  ...law,
  funds: range(count).map((fund) => ({
    ...fundPolicy({}),
    fundId: `fund${fund}`,
    markets: range(markets)
      .filter((market) => market % count === fund)
      .map(marketIdOf),
  })),
});
