import { describe, expect, it } from 'vitest';
import { BANKRUPT, bankruptLong, NO_DEPTH, WINNER } from '../../support/bankrupt-long.ts';
import { sixAccounts } from '../../support/published-books.ts';
import { GUARDED, HOUSE, withFund } from '../../support/small-law.ts';
import { failuresOf, runOne } from './run-one.ts';

const book = bankruptLong();

describe('a test of a book passes when all it states came out', () => {
  it('of verdicts, decisions, pools and orders at its marks', async () => {
    const pool = {
      poolId: BANKRUPT,
      marginBalance: '-1.00',
      marginRatio: null,
      state: 'INSOLVENT',
      positions: [{ marketId: 'X-USDT', side: 'LONG', maintenanceMargin: '0.79', liquidationPrice: { rounded: '80.81' } }],
      verdicts: [{ rule: 'liquidate', event: 'LIQUIDATE', outcome: 'FIRED' }],
      decision: { kind: 'LIQUIDATE', orders: [{ quantity: '1' }] },
    };
    const expected = {
      verdicts: [
        { poolId: BANKRUPT, rule: 'liquidate', outcome: 'FIRED' },
        { poolId: WINNER, rule: 'liquidate', event: 'LIQUIDATE', outcome: 'SILENT' },
      ],
      decisions: [
        { poolId: WINNER, kind: 'NONE', state: 'SAFE' },
        { poolId: BANKRUPT, kind: 'LIQUIDATE', state: 'INSOLVENT' },
      ],
      pools: [pool],
      orders: [{ poolId: BANKRUPT, marketId: 'X-USDT', side: 'SELL', quantity: '1', limitPrice: '79' }],
    };
    expect(await failuresOf({ book, expect: expected })).toEqual([]);
  });

  it('of a fund that pays the difference to the bankruptcy price', async () => {
    const expected = {
      shortfallVerdicts: [
        { rule: 'absorb', outcome: 'FIRED' },
        { poolId: BANKRUPT, marketId: 'X-USDT', rule: 'deleverage', outcome: 'SILENT' },
      ],
      funds: [{ fundId: 'usdt', paid: '1', received: '0', balance: '9' }],
      cases: [{ poolId: BANKRUPT, state: 'CLOSED_FUND' }],
      transfers: [],
      residuals: [],
      totals: { breaches: 1, marketFills: 1, fundPaid: '1', residualQuantity: '0', poolsOpen: 1 },
    };
    expect(await failuresOf({ book, expect: expected })).toEqual([]);
  });

  it('of counterparties that take what the venue does not', async () => {
    const expected = {
      shortfallVerdicts: [{ rule: 'deleverage', outcome: 'FIRED' }],
      transfers: [{ accountId: 'a2', marketId: 'X-USDT', quantity: '1', price: '80', realizedPnl: '20', haircut: '1' }],
      funds: [{ fundId: 'usdt', paid: '0', balance: '10' }],
      cases: [{ poolId: BANKRUPT, state: 'CLOSED_ADL' }],
      totals: { deleveragingFills: 1, haircuts: '1', poolsOpen: 0 },
    };
    expect(await failuresOf({ book, venue: NO_DEPTH, expect: expected })).toEqual([]);
  });

  it('of what is left open where nobody is on the other side', async () => {
    const alone = { ...book, accounts: book.accounts.slice(0, 1) };
    const expected = {
      residuals: [{ poolId: BANKRUPT, marketId: 'X-USDT', side: 'LONG', quantity: '1' }],
      cases: [{ poolId: BANKRUPT, state: 'ADL_EXHAUSTED' }],
      transfers: [],
    };
    expect(await failuresOf({ book: alone, venue: NO_DEPTH, expect: expected })).toEqual([]);
  });

  it('of the plans of its residuals, whose transfers are theirs and not of waves', async () => {
    const expected = {
      plans: [{ settlementPrice: '650', ranking: [{ accountId: '2', indicator: 5 }, { accountId: '5' }], residualQuantity: '0' }],
      transfers: [
        { accountId: '2', quantity: '10', price: '650' },
        { accountId: '5', quantity: '10' },
      ],
    };
    expect(await failuresOf({ book: sixAccounts(), expect: expected })).toEqual([]);
  });

  it('of further marks, each after the time it states', async () => {
    const quiet = { ...book, markets: book.markets.map((market) => ({ ...market, markPrice: '100' })) };
    const marks = [
      { marketId: 'X-USDT', markPrice: '79', afterMs: 2000 },
      { marketId: 'X-USDT', markPrice: '90', afterMs: 1000 },
    ];
    const atBook = { decisions: [{ poolId: BANKRUPT, kind: 'NONE' }], orders: [] };
    expect(await failuresOf({ book: quiet, expect: { ...atBook, cases: [] } })).toEqual([]);
    expect(await failuresOf({ book: quiet, marks: marks.slice(1), expect: { cases: [] } })).toEqual([]);
    expect(await failuresOf({ book: quiet, marks, expect: { ...atBook, cases: [{ poolId: BANKRUPT, state: 'CLOSED_FUND' }] } })).toEqual(
      [],
    );
  });
});

describe('safeguards of the rules', () => {
  const quiet = { ...book, markets: book.markets.map((market) => ({ ...market, markPrice: '100' })) };
  const fallen = (afterMs: number) => ({ marketId: 'X-USDT', markPrice: '79', afterMs });

  it('keep a mark that jumps from liquidating anybody until enough others agree', async () => {
    const { jumpConfirmations } = GUARDED.safeguards;
    const marks = Array.from({ length: jumpConfirmations + 1 }, (_, index) => fallen(1000 * (index + 1)));
    expect(await failuresOf({ book: quiet, marks: marks.slice(1), expect: { cases: [] } }, GUARDED)).toEqual([]);
    expect(await failuresOf({ book: quiet, marks, expect: { totals: { breaches: 1 } } }, GUARDED)).toEqual([]);
  });

  it('keep a fund that is drawn down from paying', async () => {
    const law = withFund(HOUSE, { drawdown: 'AT_LEAST' });
    const drawn = { ...book, insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: '700', peakBalance: '1000' }] };
    const expected = { funds: [{ fundId: 'usdt', paid: '0' }], cases: [{ poolId: BANKRUPT, state: 'CLOSED_ADL' }] };
    expect(await failuresOf({ book: drawn, expect: expected }, law)).toEqual([]);
  });
});

describe('every fact that rules were asked about', () => {
  it('is observed: at the marks of the book, in its waves, and after each order', async () => {
    const { observations, asked } = await runOne({ book, expect: { cases: [{ poolId: BANKRUPT, state: 'CLOSED_FUND' }] } });
    expect(observations.margin.map((facts) => String(facts.get('marginBalance')))).toEqual(['-1', '41', '-1', '41']);
    expect(observations.shortfall.map((facts) => String(facts.get('shortfall')))).toEqual(['1']);
    expect(asked.map(({ of }) => of)).toContain(`LONG X-USDT of pool ${BANKRUPT} in wave usdt#X-USDT#1`);
  });
});
