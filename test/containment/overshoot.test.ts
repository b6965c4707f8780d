import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { HOUSE } from '../support/small-law.ts';
import { recorded, replayed } from '../support/small-venue.ts';

/** Bankrupt at 95: at 90 each of ten contracts costs its counterparty 5. */
const ACCOUNTS = 'loser | 50 | LONG 10 AAA 100\n winner | 1000 | SHORT 10 AAA 100';

describe('G11: deleveraging takes what is needed', () => {
  const taken = async (law: RuleSet) => {
    const outcome = await replayed({ accounts: ACCOUNTS, fund: '0', lotSize: '1', depthPerMark: { AAA: '0' }, marks: '0 | 90 | -' }, law);
    const [decision] = recorded(outcome, 'DELEVERAGING');
    return [outcome.tally.total.deleveragedQuantity.toFixed(), decision?.budget, decision?.taken, decision?.overshoot];
  };
  const budget = (amountOfWave: string, maximumOvershoot: string): RuleSet => {
    const severity = {
      kind: 'BUDGET_OF_WAVE',
      amount: money(decimal(amountOfWave)),
      maximumOvershoot: ratio(decimal(maximumOvershoot)),
    } as const;
    return { ...HOUSE, deleveraging: { ...HOUSE.deleveraging, severity } };
  };

  it('and no lot more', async () => {
    expect(await taken(HOUSE)).toEqual(['10', '50', '50', '0']);
  });

  it('a budget of 27 at 5 a contract is 5 contracts, and 6 where a ninth above it is allowed', async () => {
    expect(await taken(budget('27', '0'))).toEqual(['5', '27', '25', '-2']);
    expect(await taken(budget('27', '0.111'))).toEqual(['5', '27', '25', '-2']);
    expect(await taken(budget('27', '0.112'))).toEqual(['6', '27', '30', '3']);
  });
});
