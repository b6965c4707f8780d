import { describe, expect, it } from 'vitest';
import { nextVersion } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import { type MarketOperation, switched } from '#core/market/switches.ts';
import { deleverageMarket } from '#functions/deleverage/deleverage.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { HOUSE, leaf, withShortfallRule } from '../support/small-law.ts';
import type { SmallVenue } from '../support/small-venue.ts';
import { waiting } from '../support/wave-stages.ts';

/** A long that is bankrupt at 95 while the mark is 90; a winner who could take it, a loser who could be made to pay. */
const VENUE: SmallVenue = {
  accounts: 'worst | 50 | LONG 10 AAA 100\n winner | 9000 | SHORT 4 AAA 100\n other | 9000 | LONG 4 AAA 100',
  fund: '1000',
  marks: '0 | 90 | -',
  depthPerMark: { AAA: '0' },
};

const SHARING = withShortfallRule(HOUSE, leaf('residualQuantity', 'decimalGreaterThan', '0'), { type: 'SOCIALIZE' });
const LAW: RuleSet = {
  ...SHARING,
  deleveraging: { ...SHARING.deleveraging, settlementPrice: 'MARK', afterCounterparties: 'SOCIALIZE_OVER_OPEN_INTEREST' },
};

/** Deleverages after people stopped something while the residual waited: what it leaves, and what that cost fund and others. */
const afterStopping = async (operation: MarketOperation | null, law: RuleSet) => {
  const { engine, wave } = await waiting(VENUE, law);
  const { Markets, Cases, Funds, Pools } = engine.store.tables;
  const market = present(Markets.get('AAA'), 'AAA');
  if (operation !== null)
    await engine.store.commit([{ table: 'Markets', item: nextVersion(switched(market, operation, true), 'OPERATOR') }]);
  await deleverageMarket(engine.ports)(wave, 'AAA', 'LONG');
  const [leg] = present([...Cases.values()][0], 'a case').legs;
  return {
    left: leg?.residualQuantity.toFixed(),
    fund: Funds.get('usdt')?.balance.toFixed(),
    others: ['winner', 'other'].map((accountId) => Pools.get(`${accountId}#CROSS#USDT`)?.balance.toFixed()),
  };
};

describe('stopped while a residual waits for it', () => {
  it('nothing: counterparties, fund and everybody in the market bear it', async () => {
    expect(await afterStopping(null, LAW)).toEqual({ left: '0', fund: '980', others: ['9040', '8970'] });
  });

  it('DELEVERAGE: nobody gives and nobody pays', async () => {
    expect(await afterStopping('DELEVERAGE', LAW)).toEqual({ left: '10', fund: '1000', others: ['9000', '9000'] });
  });

  it('PAY: the fund bears no difference to the bankruptcy price, and is not brought into a mode by it', async () => {
    const law = { ...LAW, deleveraging: { ...LAW.deleveraging, afterCounterparties: 'CARRY_AND_HALT' as const } };
    expect(await afterStopping('PAY', law)).toEqual({ left: '10', fund: '1000', others: ['9000', '9000'] });
  });
});
