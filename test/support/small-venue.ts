import type { Decision } from '#core/decision.ts';
import { present } from '#core/invariant.ts';
import { MARKET_OPERATIONS } from '#core/market/switches.ts';
import { decimal } from '#core/units/decimal.ts';
import { price, quantity } from '#core/units/money.ts';
import { type EpochMs, epochMs } from '#core/units/time.ts';
import { marketsOf, poolsOf } from '#local/import-book.ts';
import { fundsOf } from '#local/import-funds.ts';
import type { MarkGroup, SequencedMark } from '#local/mark-path.ts';
import { type Book, parseBook } from '#local/parse-book.ts';
import { type ReplayInputs, type ReplayOutcome, runReplay } from '#local/replay/run-replay.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { bytesOf } from '../local/book-document.ts';
import { textTable } from './text-table.ts';

/** A venue small enough to be read: positions and marks in text, everything else with one value for all. */
export interface SmallVenue {
  /** `account | balance | position…`, a position as `LONG 10 AAA 100`: side, contracts, market, entry price; several joined by `+`. */
  readonly accounts: string;
  /** Fund balance, and its peak where it was higher. */
  readonly fund?: string;
  readonly fundPeak?: string;
  /** `second | AAA | BBB`; a mark as `100`, with an index of its own as `100/95`, with the open interest that the venue tells as `100@20`, `-` for none. */
  readonly marks?: string;
  readonly depthPerMark?: Readonly<Record<string, string>>;
  /** `second | market | status`; a status as `ACTIVE`, or as `ACTIVE stopped LIQUIDATE PAY` with all that people have stopped. */
  readonly events?: string;
  readonly takerFeeRate?: string;
  readonly lotSize?: string;
  /** Both markets are of contracts of so many quote units, and everything is settled in this coin. Default: linear ones of one base unit, in USDT. */
  readonly inverse?: { readonly coin: string; readonly multiplier: string };
  /** Caps and rates of the tiers of both markets, and their leverage where they state one: `2000 0.01 20 + null 0.05`. Default: one tier at 1 %. */
  readonly tiers?: string;
}

export const MARKET_IDS = ['AAA', 'BBB'] as const;

/** 2025-10-10T21:00:00Z: on the border of an hour and of every shorter interval. */
export const START_MS = 1_760_130_000_000;

export const second = (text: string): EpochMs => epochMs(START_MS + Number(text) * 1000);

const tiersOf = (text: string) => {
  const tiers = text.split('+').map((tier) => tier.trim().split(' '));
  return tiers.map(([cap = '', rate = '', leverage], index) => ({
    notionalFloor: index === 0 ? '0' : (tiers[index - 1]?.[0] ?? ''),
    notionalCap: cap === 'null' ? null : cap,
    maintenanceMarginRate: rate,
    ...(leverage === undefined ? {} : { maximumLeverage: leverage }),
  }));
};

const assetOf = ({ inverse }: SmallVenue): string => inverse?.coin ?? 'USDT';

const marketDocument = (venue: SmallVenue, marketId: string) => ({
  marketId,
  ...(venue.inverse === undefined ? { contract: 'LINEAR' } : { contract: 'INVERSE', multiplier: venue.inverse.multiplier }),
  settlementAsset: assetOf(venue),
  tickSize: '0.01',
  lotSize: venue.lotSize ?? '0.001',
  markPrice: '100',
  takerFeeRate: venue.takerFeeRate ?? '0',
  marginTiers: tiersOf(venue.tiers ?? 'null 0.01'),
});

const positionDocument = (text: string) => {
  const [side, held, marketId, entryPrice, isolatedMargin] = text.trim().split(/\s+/);
  const margin = isolatedMargin === undefined ? { marginMode: 'CROSS' } : { marginMode: 'ISOLATED', isolatedMargin };
  return { marketId, side, quantity: held, entryPrice, ...margin };
};

const accountDocuments = (venue: SmallVenue) =>
  textTable('account | balance | positions', venue.accounts).map(({ account, balance, positions }) => ({
    accountId: account,
    walletBalances: { [assetOf(venue)]: balance },
    positions: positions === '-' ? [] : positions.split('+').map(positionDocument),
  }));

/** The venue's book as its file has it. */
export const bookDocumentOf = (venue: SmallVenue) => ({
  asOf: new Date(START_MS).toISOString(),
  markets: MARKET_IDS.map((marketId) => marketDocument(venue, marketId)),
  accounts: accountDocuments(venue),
  insuranceFunds: [
    {
      fundId: assetOf(venue).toLowerCase(),
      asset: assetOf(venue),
      balance: venue.fund ?? '0',
      peakBalance: venue.fundPeak ?? venue.fund ?? '0',
    },
  ],
});

/** The venue's book, through the parser that every book goes through. Throws with the parser's message. */
export const bookOf = (venue: SmallVenue): Book => {
  const book = parseBook('book.json', bytesOf(JSON.stringify(bookDocumentOf(venue))));
  if (!book.ok) throw new RangeError(`${book.refusal.path}: ${book.refusal.message}`);
  return book.value;
};

const markOf = (marketId: string, text: string, sequence: number): SequencedMark => {
  const [prices = '', interest] = text.split('@');
  const [mark = '', index = mark] = prices.split('/');
  const told = interest === undefined ? {} : { openInterest: quantity(decimal(interest)) };
  return { marketId, sequence, markPrice: price(decimal(mark)), indexPrice: price(decimal(index)), ...told };
};

/** The venue's marks by instant; sequences count from 1 in each market. */
export const groupsOf = (marks: string): readonly MarkGroup[] => {
  const sequences = new Map<string, number>();
  return textTable('second | AAA | BBB', marks).map((row) => ({
    at: second(row.second),
    marks: MARKET_IDS.filter((marketId) => row[marketId] !== '-').map((marketId) => {
      const sequence = (sequences.get(marketId) ?? 0) + 1;
      sequences.set(marketId, sequence);
      return markOf(marketId, row[marketId], sequence);
    }),
  }));
};

const statusOf = (text: string) =>
  present(
    (['ACTIVE', 'REDUCE_ONLY', 'HALTED', 'SETTLING'] as const).find((status) => status === text),
    text,
  );

/** What stands in the last column of an event, apart. */
export const statusAndStopped = (text: string): { readonly status: string; readonly stopped: readonly string[] | null } => {
  const [status = '', stopped] = text.split(' stopped');
  return { status, stopped: stopped === undefined ? null : stopped.split(' ').filter((each) => each !== '') };
};

const operationOf = (text: string) =>
  present(
    MARKET_OPERATIONS.find((operation) => operation === text),
    text,
  );

/** Everything that a replay of the venue under a rule set depends on. */
export const inputsOf = (venue: SmallVenue, ruleSet: RuleSet): ReplayInputs => {
  const book = bookOf(venue);
  const markets = marketsOf(book, ruleSet);
  if (!markets.ok) throw new RangeError('every market of the book has tiers');
  const { funds, fundIds } = fundsOf(book, ruleSet);
  return {
    initial: { markets: markets.value, pools: poolsOf(book), funds },
    fundIds,
    ruleSet,
    groups: groupsOf(venue.marks ?? ''),
    events: textTable('second | market | status', venue.events ?? '').map(({ second: at, market, status }) => ({
      atMs: second(at),
      marketId: market,
      status: statusOf(statusAndStopped(status).status),
      stopped: statusAndStopped(status).stopped?.map(operationOf) ?? null,
    })),
    depthPerMark: new Map(Object.entries(venue.depthPerMark ?? {}).map(([marketId, text]) => [marketId, quantity(decimal(text))])),
  };
};

/** Replays the venue. Throws when an invariant broke: no safeguard is worth that. */
export const replayed = async (venue: SmallVenue, ruleSet: RuleSet): Promise<ReplayOutcome> => {
  const outcome = await runReplay(inputsOf(venue, ruleSet), () => {});
  if (outcome.violations.length > 0) throw new RangeError(outcome.violations.join('\n'));
  return outcome;
};

/** Decisions of one kind in the order they were recorded, as the record holds them. */
export const recorded = ({ record }: ReplayOutcome, kind: Decision['kind']): readonly Readonly<Record<string, unknown>>[] =>
  record.lines.map((line) => JSON.parse(line)).filter((decision) => decision.kind === kind);
