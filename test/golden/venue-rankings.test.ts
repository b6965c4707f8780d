import { describe, expect, it } from 'vitest';
import type { Counterparty } from '#core/adl/counterparty.ts';
import { countGrades } from '#core/adl/indicator.ts';
import { type RankedCounterparty, rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { hashOf } from '#core/adl/ranking/seeded-start.ts';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { deleveragingSchema } from '#rule-sets/deleveraging-schema.ts';
import { fraction } from '../reference/fraction.ts';
import { VENUE_RANKINGS, type VenueName } from '../reference/venue-rankings.ts';
import { assessed } from '../support/assessed.ts';
import { shipped } from '../support/shipped-deleveraging.ts';

interface Account {
  readonly accountId: string;
  readonly side?: 'LONG' | 'SHORT';
  readonly quantity: string;
  readonly entryPrice: string;
  readonly walletBalance: string;
}

const counterparty = (markPrice: string, rate: string, account: Account): Counterparty => {
  const { accountId, side = 'SHORT', quantity, entryPrice, walletBalance } = account;
  const entryValue = fraction(quantity).times(fraction(entryPrice)).toDecimalString(12);
  const tier = { notionalFloor: '0', notionalCap: null, maintenanceMarginRate: rate, maintenanceAmount: null };
  const market = {
    marketId: 'AAA',
    multiplier: '1',
    markPrice,
    takerFeeRate: '0',
    tickSize: '0.01',
    lotSize: '1',
    form: 'DEDUCTION',
    tiers: [tier],
  } as const;
  const assessment = assessed(
    { collateral: walletBalance, markets: [market], positions: [{ marketId: 'AAA', side, quantity, entryValue }] },
    accountId,
  );
  const [position] = assessment.positions;
  if (position === undefined) throw new RangeError('every account has a position');
  return { assessment, assessed: position, inLiquidation: false };
};

/** The policy of a venue, read as a rule file is read; what its table leaves open is what `house` has. */
const policyOf = (venue: VenueName) => deleveragingSchema.parse({ ...shipped(), ...VENUE_RANKINGS[venue] });

const ranked = (venue: VenueName, markPrice: string, accounts: readonly Account[], rate = '0.01'): readonly RankedCounterparty[] =>
  rankCounterparties(
    accounts.map((account) => counterparty(markPrice, rate, account)),
    policyOf(venue),
    'WAVE#1',
  );

const scores = (ranking: readonly RankedCounterparty[], digits: number) =>
  ranking.map(({ accountId, score }) => `${accountId} ${score?.toSignificantDigits(digits).toFixed()}`);

describe('V18 the scores of one book of shorts at 90, maintenance margin rate 1 %', () => {
  const BOOK: readonly Account[] = [
    { accountId: 'A', quantity: '10', entryPrice: '100', walletBalance: '150' },
    { accountId: 'B', quantity: '50', entryPrice: '95', walletBalance: '2000' },
    { accountId: 'C', quantity: '5', entryPrice: '120', walletBalance: '400' },
  ];

  it.each([
    ['Hyperliquid (decompiled)', ['A 0.36', 'C 0.20455', 'B 0.10526'], 5],
    ['Binance, Aevo, ebi.xyz', ['A 0.024', 'C 0.003068', 'B 0.0025'], 4],
    ['WhiteBIT', ['A 0.4', 'C 0.27273', 'B 0.11111'], 5],
    ['OKX, GRVT, Bitget', ['A 0.0036', 'C 0.002045', 'B 0.001053'], 4],
  ] as const)('of %s are those of the domain bank', (venue, expected, digits) => {
    expect(scores(ranked(venue, '90', BOOK), digits)).toEqual(expected);
  });
});

describe('losers that divide', () => {
  const losing = (accountId: string, walletBalance: string): Account => ({
    accountId,
    side: 'LONG',
    quantity: '1',
    entryPrice: '100',
    walletBalance,
  });

  it('score −0.05 at −10 % and leverage 2, −0.005 at leverage 20: the levered one stands before the other', () => {
    // mark 90: UPnL −10, notional 90, margin balance 45 and 4.5
    expect(scores(ranked('BitMEX', '90', [losing('at2', '55'), losing('at20', '14.5')]), 4)).toEqual(['at20 -0.005', 'at2 -0.05']);
  });
});

describe('three readings of "mark over entry" for shorts at 100', () => {
  // leverage 1.2, 1.45 and 1.7: margin balance = notional / leverage, wallet = margin balance − UPnL
  const SHORTS: readonly Account[] = [
    { accountId: 'x', quantity: '174', entryPrice: '200', walletBalance: '-2900' },
    { accountId: 'w', quantity: '174', entryPrice: '150', walletBalance: '3300' },
    { accountId: 'v', quantity: '170', entryPrice: '110', walletBalance: '8300' },
  ];
  const orderBy = (factor: string) => {
    const { ranking } = VENUE_RANKINGS.Polymarket;
    const policy = deleveragingSchema.parse({ ...shipped(), ranking: { ...ranking, profit: { factor, weight: 1 } } });
    return scores(
      rankCounterparties(
        SHORTS.map((account) => counterparty('100', '0.01', account)),
        policy,
      ),
      4,
    );
  };

  it('give three orders', () => {
    expect(orderBy('markOverEntry')).toEqual(['x 2.4', 'w 2.175', 'v 1.87']);
    expect(orderBy('onePlusPnlRatio')).toEqual(['w 1.933', 'v 1.855', 'x 1.8']);
    expect(orderBy('markOverEntryBothSides')).toEqual(['v 1.545', 'w 0.9667', 'x 0.6']);
  });
});

describe('V6 the rating of three longs and its grades', () => {
  it('asks A (0.26), then B (0.167); C (−0.05) is rated and never asked', () => {
    // mark 100, rating UPnL / equity
    const book: readonly Account[] = [
      { accountId: 'C', side: 'LONG', quantity: '1', entryPrice: '105', walletBalance: '105' },
      { accountId: 'A', side: 'LONG', quantity: '5', entryPrice: '87', walletBalance: '185' },
      { accountId: 'B', side: 'LONG', quantity: '8', entryPrice: '79.125', walletBalance: '833' },
    ];
    const ranking = ranked('WhiteBIT', '100', book);
    expect(scores(ranking, 3)).toEqual(['A 0.26', 'B 0.167', 'C -0.05']);
    expect(ranking.map(({ reason }) => reason)).toEqual([null, null, 'NO_POSITIVE_SCORE']);
    // k = 3/3, 2/3, 1/3: the loser counts for the grade
    expect(ranking.map(({ indicator }) => indicator)).toEqual([4, 1, 0]);
  });

  const THRESHOLDS = VENUE_RANKINGS.WhiteBIT.indicator.thresholds.map((text) => ratio(decimal(text)));
  const countsOf = (count: number): readonly number[] =>
    [0, 1, 2, 3, 4].map((grade) => countGrades(count, THRESHOLDS).filter((each) => each === grade).length);

  it('has one of 10 in grade 4, 49, 23, 14, 8 and 6 of 100 in grades 0 to 4, 51 of 1000 in grade 4', () => {
    expect(countsOf(10).at(-1)).toBe(1);
    expect(countsOf(100)).toEqual([49, 23, 14, 8, 6]);
    expect(countsOf(1000).at(-1)).toBe(51);
  });
});

describe('the lexicographic order of four keys', () => {
  // shorts at 100; margin balance = wallet + UPnL, leverage = notional / margin balance
  const BOOK: readonly Account[] = [
    { accountId: '07', quantity: '1', entryPrice: '110', walletBalance: '10' }, // leverage 5, UPnL 10, wallet 10
    { accountId: '05', quantity: '1', entryPrice: '110', walletBalance: '10' }, // the same: account number decides
    { accountId: '01', quantity: '2', entryPrice: '110', walletBalance: '20' }, // leverage 5, UPnL 20
    { accountId: '09', quantity: '1', entryPrice: '150', walletBalance: '50' }, // leverage 1
    { accountId: '02', quantity: '1', entryPrice: '90', walletBalance: '20' }, // leverage 10, at a loss
  ];

  it('goes by leverage, then UPnL, then account number, all descending, losers too', () => {
    expect(ranked('Ethereal', '100', BOOK).map(({ accountId }) => accountId)).toEqual(['02', '01', '07', '05', '09']);
  });

  it('takes the smaller balance of two with equal leverage and UPnL', () => {
    // UPnL 20 each; 200 / 40 = 5 and 400 / 80 = 5
    const pair: readonly Account[] = [
      { accountId: '03', quantity: '4', entryPrice: '105', walletBalance: '60' },
      { accountId: '02', quantity: '2', entryPrice: '110', walletBalance: '20' },
    ];
    expect(ranked('Ethereal', '100', pair).map(({ accountId }) => accountId)).toEqual(['02', '03']);
  });
});

describe('the hash of a seeded start', () => {
  it.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('of %j is the published %s', (text, expected) => {
    // FNV-1a of 64 bits, test vectors of its authors (draft-eastlake-fnv), read 2026-11-25
    expect(hashOf(text).toString(16).padStart(16, '0')).toBe(expected);
  });
});
