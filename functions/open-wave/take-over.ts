import { closePosition } from '#core/account/close-position.ts';
import { balancedEntry, type JournalEntry, takeoverAccount } from '#core/account/ledger.ts';
import type { Pool } from '#core/account/pool.ts';
import { type CommitOutcome, nextVersion, type Write } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import { type CaseLeg, type LiquidationCase, withLeg } from '#core/liquidation/liquidation-case.ts';
import type { MarketTerms } from '#core/market/contract.ts';
import { sideSign } from '#core/market/side.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money, quantity } from '#core/units/money.ts';
import { gateWrites } from './close-withdrawals.ts';
import { throttleWrites } from './defer-opening.ts';
import type { Opening, OpenPorts } from './open-wave.ts';
import { openingWrites } from './opening-record.ts';

const entryOf = (ports: OpenPorts, liquidation: LiquidationCase, leg: CaseLeg): JournalEntry => {
  const closing = sideSign(leg.side).times(leg.residualQuantity).negated();
  const { marketId, bankruptcyValue } = leg;
  return balancedEntry({
    entryId: `${liquidation.caseId}#${marketId}#${leg.side}#TAKE_OVER`,
    caseId: liquidation.caseId,
    kind: 'TAKE_OVER',
    asset: liquidation.settlementAsset,
    marketId,
    legs: [
      { account: liquidation.poolId, marketId, quantity: closing, value: bankruptcyValue },
      {
        account: takeoverAccount(ports.fundIdOf(marketId)),
        marketId,
        quantity: closing.negated(),
        value: money(bankruptcyValue.negated()),
      },
    ],
  });
};

const termsOf = ({ markets }: Opening, marketId: string): MarketTerms =>
  present(
    markets.find(({ terms }) => terms.marketId === marketId),
    'a leg is in a market of the pool',
  ).terms;

/** Hands every position of the pool to the fund's takeover account at its bankruptcy price; the pool ends at exactly zero. No order is sent. */
export const takeOver = async (ports: OpenPorts, opening: Opening, opened: LiquidationCase, netted: Pool): Promise<CommitOutcome> => {
  let pool = netted;
  let liquidation = opened;
  const entries: JournalEntry[] = [];
  for (const leg of opened.legs) {
    pool = closePosition(pool, termsOf(opening, leg.marketId), leg.side, leg.residualQuantity, leg.bankruptcyValue).pool;
    entries.push(entryOf(ports, opened, leg));
    liquidation = withLeg(liquidation, { ...leg, residualQuantity: quantity(ZERO), bankruptcyValue: money(ZERO) });
  }
  const closed: Pool = { ...pool, caseCount: pool.caseCount + 1, deferredSince: null, lastReduction: null, guards: [] };
  return ports.commit([
    { table: 'Pools', item: nextVersion(closed, 'OPEN') },
    { table: 'Cases', item: { ...liquidation, state: 'CLOSED_TAKEN_OVER' } },
    ...entries.map((entry): Write => ({ table: 'Journal', entry })),
    ...(await throttleWrites(ports, opening)),
    ...(await gateWrites(ports, opening)),
    ...openingWrites(opening, ports.ruleSet.reference, {
      caseId: opened.caseId,
      outcome: 'TAKEN_OVER',
      deferral: null,
      legs: opened.legs,
      orders: [],
    }),
  ]);
};
