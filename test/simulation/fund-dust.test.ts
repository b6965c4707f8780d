import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { fundPolicy, HOUSE, withFund, withTrigger } from '../support/small-law.ts';
import { recorded, replayed, type SmallVenue } from '../support/small-venue.ts';

const NOTHING = money(decimal('0'));

/** Counterparties are asked only of a fund that pays no more: used up, and above nothing again. */
const USED_UP: RuleSet = {
  ...withTrigger(HOUSE, 'FUND_DRAWDOWN'),
  funds: [{ ...fundPolicy({}), balanceTrigger: { start: NOTHING, stop: NOTHING } }],
};

/** The same of a fund that has lost 30 % of its peak, until it has lost less. */
const FALLEN: RuleSet = {
  ...withTrigger(HOUSE, 'FUND_DRAWDOWN'),
  funds: withFund(HOUSE, { drawdown: 'AT_LEAST' }).funds.map((fund) => ({
    ...fund,
    drawdown: fund.drawdown === null ? null : { ...fund.drawdown, release: ratio(decimal('0.3')) },
  })),
};

/** Bankrupt at 95: each contract costs the fund 3 at 92. Contracts are sold whole. */
const LOSER: SmallVenue = {
  accounts: 'loser | 50 | LONG 10 AAA 100\n winner | 1000 | SHORT 10 AAA 100',
  lotSize: '1',
  marks: '0 | 100 | -\n 15 | 92 | -\n 30 | 91.9 | -\n 45 | 92 | -',
};

const endOf = async (venue: SmallVenue, law: RuleSet) => {
  const outcome = await replayed(venue, law);
  const { total } = outcome.tally;
  return {
    settled: recorded(outcome, 'SHORTFALL').map(({ state }) => state),
    paid: total.fundPaid.toFixed(),
    deleveraged: total.deleveragedQuantity.toFixed(),
    residual: total.residualQuantity.toFixed(),
  };
};

describe('a fund that is left with less than a lot costs', () => {
  it('is used up: 9 of 10 pay for three contracts, counterparties take the other seven at once', async () => {
    expect(await endOf({ ...LOSER, fund: '10' }, USED_UP)).toEqual({ settled: ['ADL_WAIT'], paid: '9', deleveraged: '7', residual: '0' });
  });

  it('is used up from the start where it pays for no contract at all', async () => {
    expect(await endOf({ ...LOSER, fund: '2' }, USED_UP)).toEqual({ settled: ['ADL_WAIT'], paid: '0', deleveraged: '10', residual: '0' });
  });

  it('is at the line of its fall, whatever the release: 21 of 23 above 70 % of 1,000 pay for seven', async () => {
    const venue = { ...LOSER, fund: '723', fundPeak: '1000' };
    expect(await endOf(venue, FALLEN)).toEqual({ settled: ['ADL_WAIT'], paid: '21', deleveraged: '3', residual: '0' });
  });
});

describe('a fund that could pay for a lot more', () => {
  it('has nobody deleveraged: what the market did not take is offered again', async () => {
    // 20 reserved for six contracts at 92, of which the market takes one a mark.
    const thin = { ...LOSER, fund: '20', depthPerMark: { AAA: '1' }, marks: '0 | 100 | -\n 15 | 92 | -\n 30 | 92 | -' };
    expect(await endOf(thin, USED_UP)).toEqual({ settled: ['ADL_EXHAUSTED', 'ADL_EXHAUSTED'], paid: '6', deleveraged: '0', residual: '8' });
  });
});
