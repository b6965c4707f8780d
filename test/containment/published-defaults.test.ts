import { describe, expect, it } from 'vitest';
import { scaledInitialRate } from '#core/market/initial-margin.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { durationMs } from '#core/units/time.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { GUARDED, HOUSE, seconds, withFund, withMarginEvent, withSafeguards } from '../support/small-law.ts';
import { replayed, type SmallVenue, second } from '../support/small-venue.ts';

/** The requirement catalogue's reference defaults, as laws of exactly these numbers. What has none (G4, G8, G11, G13, G14) is in `guards.test.ts`. */

const amount = (text: string) => money(decimal(text));
const share = (text: string) => ratio(decimal(text));

const totalsOf = async (venue: SmallVenue, law: RuleSet) => (await replayed(venue, law)).tally.total;

const LOSER = 'loser | 50 | LONG 10 AAA 100\n winner | 1000 | SHORT 10 AAA 100';

it('G1 of 60 s: judged at a mark of 60 s, refused at one of 61 s', async () => {
  const accounts = 'both | 50 | LONG 10 AAA 100 + LONG 1 BBB 50';
  const law = withSafeguards(HOUSE, { markMaximumAge: seconds(60) });
  const at = async (moment: string) => (await totalsOf({ accounts, marks: `0 | 100 | 50\n ${moment} | 90 | -` }, law)).breaches;
  expect([await at('60'), await at('61')]).toEqual([1, 0]);
  expect(GUARDED.safeguards.markMaximumAge).toBe(seconds(60));
});

it('G2 of 10 %: a mark a tenth from its index is taken, a cent further it is not', async () => {
  const law = withSafeguards(HOUSE, { indexDivergence: share('0.1') });
  const at = async (mark: string) => (await totalsOf({ accounts: LOSER, marks: `0 | 100 | -\n 15 | ${mark}/105 | -` }, law)).breaches;
  expect([await at('94.5'), await at('94.49')]).toEqual([1, 0]);
});

it('G3 of five times and −80 %: believed at exactly both, held back a cent beyond', async () => {
  const law = withSafeguards(HOUSE, { volatility: { window: seconds(3600), ratio: share('5') } });
  const quarantined = async (mark: string) =>
    (await replayed({ accounts: LOSER, marks: `0 | 100 | -\n 0 | ${mark} | -` }, law)).tally.safeguards.quarantined.get('VOLATILE') ?? 0;
  expect([await quarantined('500'), await quarantined('500.01')]).toEqual([0, 1]);
  expect([await quarantined('20'), await quarantined('19.99')]).toEqual([0, 1]);
});

describe('G5 of 10 % of a position, 100,000 of an account and 1,000,000 of the fund in an interval', () => {
  const law = withMarginEvent(withFund(HOUSE, { drawCapPerInterval: '1000000' }), {
    type: 'REDUCE_BY_PORTION',
    fraction: share('0.1'),
    minimumNotional: amount('1000'),
    maximumNotional: amount('100000'),
    interval: durationMs(1000),
  });
  const filled = async (contracts: string, balance: string, marks = '0 | 99.5 | -') =>
    (await totalsOf({ accounts: `a1 | ${balance} | LONG ${contracts} AAA 100`, marks }, law)).marketFilledQuantity.toFixed();

  it('takes a tenth of a position of 497,500, and of one of 1,990,000 no more than 100,000 buy', async () => {
    expect(await filled('5000', '4000')).toBe('500');
    expect(await filled('20000', '15000')).toBe('1005.025');
  });

  it('takes the next part in the next interval, not sooner', async () => {
    // What is left is in breach still: 4,500 of 447,750 have 1,500 of 4,477.50.
    expect(await filled('5000', '4000', '0 | 99.5 | -\n 1 | 99.5 | -')).toBe('950');
  });

  it('lets the fund lose 1,000,000 in an interval, to the lot, and the counterparties have the rest', async () => {
    const crash: SmallVenue = {
      accounts: 'b1 | 1000 | LONG 100000 AAA 100\n s1 | 9000000 | SHORT 100000 AAA 100',
      fund: '5000000',
      marks: '0 | 80 | -',
    };
    // A bankruptcy price of 99.99: each contract costs 19.99, and 50,025.012 of them just less than 1,000,000.
    const { fundPaid, deleveragedQuantity } = await totalsOf(crash, law);
    expect([fundPaid.toFixed(), deleveragedQuantity.toFixed()]).toEqual(['999999.98988', '49974.988']);
    expect((await totalsOf(crash, withFund(law, {}))).fundPaid.toFixed()).toBe('1999000');
  });
});

it('G6 of 20 % above 100,000 with 30 s: a fifth first, nothing for 30 s, then the rest; 100,000 close whole', async () => {
  const law = withMarginEvent(HOUSE, {
    type: 'REDUCE_BY_FRACTION',
    fraction: share('0.2'),
    cooldown: { notionalAbove: amount('100000'), length: seconds(30), meanwhile: 'WAIT' },
  });
  const filled = async (contracts: string, marks: string) =>
    (await totalsOf({ accounts: `a1 | 2000 | LONG ${contracts} AAA 101`, marks }, law)).marketFilledQuantity.toFixed();
  const marks = '0 | 100 | -\n 15 | 100 | -\n 29 | 100 | -';
  expect(await filled('1500', '0 | 100 | -')).toBe('300');
  expect([await filled('1500', marks), await filled('1500', `${marks}\n 30 | 100 | -`)]).toEqual(['300', '1500']);
  expect(await filled('1001', '0 | 100 | -')).toBe('200.2');
  const atThreshold = 'a1 | 1500 | LONG 1000 AAA 101';
  expect((await totalsOf({ accounts: atThreshold, marks: '0 | 100 | -' }, law)).marketFilledQuantity.toFixed()).toBe('1000');
});

it('G7 of 20 and 50 million: the initial margin rate of 5 % is 52.5 % half-way and the whole value from 50 million on', () => {
  const scale = { lower: amount('20000000'), upper: amount('50000000') };
  const rateAt = (interest: string) => scaledInitialRate(share('0.05'), scale, amount(interest)).toFixed();
  expect([rateAt('20000000'), rateAt('35000000'), rateAt('50000000'), rateAt('90000000')]).toEqual(['0.05', '0.525', '1', '1']);
});

it('G10 of −30 % and −25 %: on at exactly −30 %, on still at exactly −25 %, off above it', async () => {
  // b1 costs 45 of 150. b2 closes 20 contracts above its bankruptcy price of 88.2, so that the fund has 112.50 or 112.60 then.
  const accounts = 'b1 | 55 | LONG 10 AAA 100\n b2 | 236 | LONG 20 AAA 100\n s1 | 3000 | SHORT 30 AAA 100';
  const at = async (operator: 'AT_LEAST' | 'GREATER_THAN', next = '') => {
    const law = withFund(HOUSE, { drawdown: operator });
    const { tally, tables } = await replayed({ accounts, fund: '150', marks: `0 | 90 | -${next}` }, law);
    return [...tally.safeguards.fundEvents.keys(), tables.Funds.get('usdt')?.balance.toFixed()];
  };
  const start = 'DELEVERAGING_START by RATE';
  expect([await at('AT_LEAST'), await at('GREATER_THAN')]).toEqual([[start, '105'], ['105']]);
  expect(await at('AT_LEAST', '\n 15 | 88.575 | -')).toEqual([start, '112.5']);
  expect(await at('AT_LEAST', '\n 15 | 88.58 | -')).toEqual([start, 'DELEVERAGING_END by RATE', '112.6']);
});

it('G12 of 50 blocks, taken for 50 s: withdrawals are closed 49 s later, open 50 s later', async () => {
  const law = withSafeguards(HOUSE, { withdrawalGate: { closedFor: seconds(50) } });
  const falls = '0 | 100 | -\n 15 | 94 | -';
  const gates = async (marks: string) => (await replayed({ accounts: LOSER, fund: '500', marks }, law)).tables.Gates;
  expect((await gates(falls)).get('USDT')?.closedUntil).toBe(second('65'));
  expect([(await gates(`${falls}\n 64 | 94 | -`)).size, (await gates(`${falls}\n 65 | 94 | -`)).size]).toEqual([1, 0]);
});
