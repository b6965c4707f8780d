import { describe, expect, it } from 'vitest';
import { nextVersion } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import { switched } from '#core/market/switches.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { deliverGroup, engineOf } from '../support/delivery.ts';
import { HOUSE, seconds, withSafeguards } from '../support/small-law.ts';
import { inputsOf, type SmallVenue, second } from '../support/small-venue.ts';

/** A long that is below zero at 90 and finds nobody, at a second mark no more than at the first. */
const VENUE: SmallVenue = {
  accounts: 'worst | 50 | LONG 10 AAA 100',
  marks: '0 | 90 | -\n 15 | 90 | -',
  depthPerMark: { AAA: '0' },
};

const GATED = withSafeguards(HOUSE, { withdrawalGate: { closedFor: seconds(20) } });

const closedUntil = async (law: RuleSet, stopped: 'LIQUIDATE' | null = null): Promise<number | undefined> => {
  const inputs = inputsOf(VENUE, law);
  const engine = engineOf(inputs);
  const market = present(engine.store.tables.Markets.get('AAA'), 'AAA');
  if (stopped !== null) await engine.store.commit([{ table: 'Markets', item: nextVersion(switched(market, stopped, true), 'OPERATOR') }]);
  for (const group of inputs.groups) await deliverGroup(engine, present(group, 'a mark'));
  return engine.store.tables.Gates.get('USDT')?.closedUntil;
};

describe('withdrawals that a pool below zero has closed', () => {
  it('stay closed from its last mark on while its case goes on', async () => {
    expect(await closedUntil(GATED)).toBe(second('35'));
  });

  it('are closed also while its opening is put off', async () => {
    expect(await closedUntil(GATED, 'LIQUIDATE')).toBe(second('35'));
  });

  it('are left open under a law that closes none', async () => {
    expect(await closedUntil(HOUSE)).toBeUndefined();
  });
});
