import type { WithdrawalGatePolicy } from '../market/containment-policy.ts';
import { type EpochMs, epochMs } from '../units/time.ts';

/** While it is there, nobody withdraws the asset. */
export interface WithdrawalGate {
  readonly asset: string;
  readonly closedUntil: EpochMs;
  readonly version: number;
  readonly lastWriter: string;
}

/** Latest time that the calendar has. */
const FOR_EVER = epochMs(8_640_000_000_000_000);

/** A gate that people have closed: no time of the engine opens it. */
export const gateOfPeople = (asset: string): WithdrawalGate => ({ asset, closedUntil: FOR_EVER, version: 1, lastWriter: 'OPERATOR' });

/**
 * The gate after a pool with the asset was found below zero: closed for the law's time from now on, never sooner open than before. Version as it was.
 * Source: dYdX v4 blocks withdrawals and transfers for 50 blocks after it saw an account with negative equity, read 2026-11-22.
 */
export const closedGate = (
  gate: WithdrawalGate | null,
  asset: string,
  { closedFor }: WithdrawalGatePolicy,
  now: EpochMs,
): WithdrawalGate => {
  const until = epochMs(now + closedFor);
  if (gate === null) return { asset, closedUntil: until, version: 0, lastWriter: 'OPEN' };
  return until > gate.closedUntil ? { ...gate, closedUntil: until } : gate;
};

/** Whether the gate's time is over: the first mark of a market of its asset then takes it away. */
export const isGateOver = ({ closedUntil }: WithdrawalGate, now: EpochMs): boolean => now >= closedUntil;
