import { type Fraction, greatest, least, ONE, total, ZERO } from './fraction.ts';

export interface ReferenceDrawdownPolicy {
  readonly windowMs: number;
  readonly trigger: Fraction;
  readonly release: Fraction;
  readonly operator: 'AT_LEAST' | 'GREATER_THAN';
  readonly minimumBalance: Fraction;
}

export interface ReferenceBalanceAt {
  readonly atMs: number;
  readonly balance: Fraction;
}

/**
 * Highest balance that stood at any moment of [now − window, now]: each balance stands from its time until the next one, so the last one
 * at or before the window's start counts too. Expects times that do not fall.
 */
export const rollingPeak = (history: readonly ReferenceBalanceAt[], nowMs: number, windowMs: number): Fraction => {
  const start = nowMs - windowMs;
  const past = history.filter((entry) => entry.atMs <= nowMs);
  const standing = past.filter((_, at) => {
    const next = past[at + 1];
    return next === undefined || next.atMs > start;
  });
  return standing.map((entry) => entry.balance).reduce((peak, balance) => greatest(peak, balance));
};

/** (peak − balance)/peak; zero when the peak is not positive. */
export const drawdownOf = (peak: Fraction, balance: Fraction): Fraction =>
  peak.sign() > 0 ? greatest(ZERO, peak.minus(balance).over(peak)) : ZERO;

/**
 * Whether the drawdown mode is on after a look at the fund. Off → on when the peak is above `minimumBalance` and the drawdown reaches
 * (AT_LEAST) or passes (GREATER_THAN) the trigger; on → off when the drawdown is below the release. Between the two it stays what it was.
 */
export const drawdownModeAfter = (wasOn: boolean, peak: Fraction, balance: Fraction, policy: ReferenceDrawdownPolicy): boolean => {
  const drawdown = drawdownOf(peak, balance);
  if (wasOn) return !drawdown.isBelow(policy.release);
  const reaches = policy.operator === 'AT_LEAST' ? !drawdown.isBelow(policy.trigger) : drawdown.isAbove(policy.trigger);
  return peak.isAbove(policy.minimumBalance) && reaches;
};

export interface ReferenceMarketUse {
  readonly marketId: string;
  /** Paid for the market in the current interval. */
  readonly drawn: Fraction;
  /** Held for orders of the market. */
  readonly reserved: Fraction;
}

export interface ReferenceFund {
  readonly balance: Fraction;
  readonly floor: Fraction;
  readonly peak: Fraction;
  readonly drawdown: ReferenceDrawdownPolicy | null;
  readonly drawdownModeIsOn: boolean;
  readonly drawCapPerMarket: Fraction | null;
  readonly drawCapPerInterval: Fraction | null;
  readonly uses: readonly ReferenceMarketUse[];
}

/** The balance that a draw may not pass below: the floor, or P·(1 − trigger) of a peak P above the policy's minimum balance, if higher. */
export const lowestBalance = (fund: ReferenceFund): Fraction =>
  fund.drawdown !== null && fund.peak.isAbove(fund.drawdown.minimumBalance)
    ? greatest(fund.floor, fund.peak.times(ONE.minus(fund.drawdown.trigger)))
    : fund.floor;

/**
 * Most that one more draw for a market may take: what stands above the lowest balance and is not reserved, and no more than each cap leaves
 * after what was drawn and is reserved under it. Never below zero; nothing while the drawdown mode is on.
 */
export const availableFor = (fund: ReferenceFund, marketId: string): Fraction => {
  if (fund.drawdownModeIsOn) return ZERO;
  const reserved = total(fund.uses.map((use) => use.reserved));
  const limits = [fund.balance.minus(reserved).minus(lowestBalance(fund))];
  const usedBy = (uses: readonly ReferenceMarketUse[]): Fraction => total(uses.map((use) => use.drawn.plus(use.reserved)));
  if (fund.drawCapPerMarket !== null)
    limits.push(fund.drawCapPerMarket.minus(usedBy(fund.uses.filter((use) => use.marketId === marketId))));
  if (fund.drawCapPerInterval !== null) limits.push(fund.drawCapPerInterval.minus(usedBy(fund.uses)));
  return greatest(
    ZERO,
    limits.reduce((lowest, limit) => least(lowest, limit)),
  );
};

/** What is wanted of a fund for a residual: what one contract costs beyond the bankruptcy price (at most zero for nothing), and in which lots they are sold. */
export interface ReferenceDemand {
  readonly costPerContract: Fraction;
  readonly contracts: Fraction;
  readonly lot: Fraction;
}

/**
 * Whether a fund pays for no more of a residual: its mode is on, it has nothing above its floor, or what it has above its lines, caps aside, pays neither
 * for all of it nor for one whole lot.
 */
export const isSpent = (fund: ReferenceFund, { costPerContract, contracts, lot }: ReferenceDemand): boolean => {
  if (fund.drawdownModeIsOn || !fund.balance.isAbove(fund.floor)) return true;
  const spare = availableFor({ ...fund, drawCapPerMarket: null, drawCapPerInterval: null }, '');
  const least = contracts.isBelow(lot) ? contracts : lot;
  return spare.isBelow(least.times(costPerContract));
};
