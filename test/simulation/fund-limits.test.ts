import { describe, expect, it } from 'vitest';
import { type FundLimits, GUARDED, withFund, withSafeguards } from '../support/small-law.ts';
import { recorded, replayed, type SmallVenue } from '../support/small-venue.ts';

/** The guarded rules without a jump band, so that one mark may do what it takes. */
const lawWith = (limits: FundLimits) => withFund(withSafeguards(GUARDED, { jumpBand: null, throttle: null }), limits);

const outcomeOf = async (venue: SmallVenue, limits: FundLimits) => {
  const outcome = await replayed(venue, lawWith(limits));
  const { total, safeguards } = outcome.tally;
  const fund = outcome.store.tables.Funds.get('usdt');
  return {
    paid: total.fundPaid.toFixed(),
    balance: fund?.balance.toFixed(),
    deleveraged: total.deleveragedQuantity.toFixed(),
    haircuts: total.haircuts.toFixed(),
    drawdown: `${safeguards.drawdownStarts} on, ${safeguards.drawdownStops} off`,
    outcome,
  };
};

/** Two longs that are bankrupt at 95 and cost the fund 50 each at 90, one more in BBB that costs 50 at 40, and shorts against them. */
const TWO_LOSERS: SmallVenue = {
  accounts: `
    loser1 | 50   | LONG 10 AAA 100
    loser2 | 50   | LONG 10 AAA 100
    loser3 | 50   | LONG 10 BBB 50
    winner | 9000 | SHORT 20 AAA 100 + SHORT 20 BBB 50
  `,
  fund: '1000',
  marks: '0 | 100 | 50\n 15 | 90 | -',
};

describe('the floor of the fund', () => {
  it('is what the fund keeps; the rest is deleveraged', async () => {
    expect(await outcomeOf({ ...TWO_LOSERS, fund: '150' }, { floor: '100' })).toMatchObject({
      paid: '50',
      balance: '100',
      deleveraged: '10',
    });
  });

  it('off: the fund pays for both, and nobody is deleveraged', async () => {
    expect(await outcomeOf({ ...TWO_LOSERS, fund: '150' }, {})).toMatchObject({ paid: '100', balance: '50', deleveraged: '0' });
  });

  it('is never asked of a fund that is below it already', async () => {
    expect(await outcomeOf({ ...TWO_LOSERS, fund: '60' }, { floor: '100' })).toMatchObject({ paid: '0', balance: '60', deleveraged: '20' });
  });

  it('is shared to the lot: what is left above it pays for part of the second', async () => {
    expect(await outcomeOf({ ...TWO_LOSERS, fund: '160' }, { floor: '100' })).toMatchObject({
      paid: '60',
      balance: '100',
      deleveraged: '8',
    });
  });
});

describe('the draw cap per market', () => {
  it('leaves what one market may not draw to its counterparties', async () => {
    expect(await outcomeOf(TWO_LOSERS, { drawCapPerMarket: '60' })).toMatchObject({ paid: '60', deleveraged: '8' });
  });

  it('does not count what another market drew', async () => {
    const marks = '0 | 100 | 50\n 15 | 90 | 40';
    expect(await outcomeOf({ ...TWO_LOSERS, marks }, { drawCapPerMarket: '60' })).toMatchObject({ paid: '110', deleveraged: '8' });
  });
});

describe('the draw cap per interval', () => {
  const marks = '0 | 100 | 50\n 15 | 90 | 40';

  it('bounds what all markets together draw', async () => {
    expect(await outcomeOf({ ...TWO_LOSERS, marks }, { drawCapPerInterval: '120' })).toMatchObject({ paid: '120', deleveraged: '6' });
  });

  it('starts from nothing in the next interval', async () => {
    const later = '0 | 100 | 50\n 3599 | 90 | -\n 3600 | - | 40';
    expect(await outcomeOf({ ...TWO_LOSERS, marks: later }, { drawCapPerInterval: '120' })).toMatchObject({
      paid: '150',
      deleveraged: '0',
    });
    const sooner = '0 | 100 | 50\n 3598 | 90 | -\n 3599 | - | 40';
    expect(await outcomeOf({ ...TWO_LOSERS, marks: sooner }, { drawCapPerInterval: '120' })).toMatchObject({
      paid: '120',
      deleveraged: '6',
    });
  });
});

/** The published example in small: a fund of 1,000 and a loss of 350. The long costs 50 a contract at 45. */
const THIRTY_FIVE_PERCENT: SmallVenue = {
  accounts: `
    loser  | 35   | LONG 7 AAA 100
    winner | 9000 | SHORT 7 AAA 100
  `,
  fund: '1000',
  marks: '0 | 100 | 50\n 15 | 45 | -',
};

describe('the drawdown of the fund', () => {
  it('lets the fund pay down to −30 % and the counterparties the rest', async () => {
    const found = await outcomeOf(THIRTY_FIVE_PERCENT, { drawdown: 'AT_LEAST' });
    expect(found).toMatchObject({ paid: '300', balance: '700', deleveraged: '1', haircuts: '50', drawdown: '1 on, 0 off' });
  });

  it('off: the fund pays all of it', async () => {
    expect(await outcomeOf(THIRTY_FIVE_PERCENT, {})).toMatchObject({
      paid: '350',
      balance: '650',
      deleveraged: '0',
      drawdown: '0 on, 0 off',
    });
  });

  it('measures from the peak of the window: after a gain of 1,000 a loss of 600 is −30 %', async () => {
    const venue: SmallVenue = {
      accounts: 'loser | 60 | LONG 12 AAA 100\n winner | 9000 | SHORT 12 AAA 100',
      fund: '2000',
      marks: '0 | 100 | -\n 15 | 45 | -',
    };
    expect(await outcomeOf(venue, { drawdown: 'AT_LEAST' })).toMatchObject({ paid: '600', deleveraged: '0', drawdown: '1 on, 0 off' });
    expect(await outcomeOf(venue, { drawdown: 'GREATER_THAN' })).toMatchObject({ paid: '600', drawdown: '0 on, 0 off' });
  });

  it('keeps the fund from paying while it is on, and ends when surpluses have brought it above −25 %', async () => {
    // At 40 the mode leaves `next`, bankrupt at 43, to the counterparties. At 49.45 the close of `saved`, bankrupt at 49, brings the fund 90: −21 %.
    const accounts = `${THIRTY_FIVE_PERCENT.accounts}
      next    | 7    | LONG 1 AAA 50
      saved   | 200  | LONG 200 BBB 50
      last    | 12   | LONG 1 AAA 50
      winner2 | 9000 | SHORT 2 AAA 100
    `;
    const marks = '0 | 100 | 50\n 15 | 45 | -\n 30 | 40 | -\n 45 | - | 49.45\n 60 | 37 | -';
    const found = await outcomeOf({ ...THIRTY_FIVE_PERCENT, accounts, marks }, { drawdown: 'AT_LEAST' });
    expect(found).toMatchObject({ paid: '301', balance: '789', deleveraged: '2', drawdown: '1 on, 1 off' });
    const closed = recorded(found.outcome, 'SHORTFALL').map(({ poolId, state }) => `${String(poolId).split('#')[0]} ${state}`);
    expect(closed).toEqual(['loser ADL_WAIT', 'next ADL_WAIT', 'saved CLOSED_MARKET', 'last CLOSED_FUND']);
  });

  it('is not measured for a fund that never had more than the minimum balance', async () => {
    const venue = {
      accounts: 'loser | 5 | LONG 1 AAA 100\n winner | 9000 | SHORT 1 AAA 100',
      fund: '100',
      marks: '0 | 100 | -\n 15 | 50 | -',
    };
    expect(await outcomeOf(venue, { drawdown: 'AT_LEAST' })).toMatchObject({ paid: '45', drawdown: '0 on, 0 off' });
  });
});
