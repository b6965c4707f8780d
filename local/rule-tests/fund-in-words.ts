import { drawdownLine, drawdownOf, windowPeak } from '#core/insurance/drawdown.ts';
import { fundAvailable, reservedTotal } from '#core/insurance/fund-limits.ts';
import { type FundState, fundAt } from '#core/insurance/fund-state.ts';
import { type Decimal, sum, ZERO } from '#core/units/decimal.ts';
import type { EpochMs } from '#core/units/time.ts';

const SHOWN_DIGITS = 12;

const shown = (value: Decimal): string => value.toSignificantDigits(SHOWN_DIGITS).toFixed();

/** What a cap leaves of itself: draws of the interval and reservations count. */
const capText = (cap: Decimal | null, used: Decimal): string =>
  cap === null ? 'no cap' : `${shown(cap.minus(used))} left of ${shown(cap)}`;

const drawdownText = ({ drawdown, policy, balance }: FundState): string => {
  if (policy.drawdown === null) return 'no drawdown limit';
  const line = drawdownLine(drawdown, policy.drawdown);
  return [
    `drawdown ${shown(drawdownOf(drawdown, balance))} of the peak ${shown(windowPeak(drawdown))}`,
    `trigger ${shown(policy.drawdown.trigger)}`,
    `mode ${drawdown.active ? 'on: nothing is paid' : 'off'}`,
    ...(line === null ? [] : [`pays down to ${shown(line)}`]),
  ].join(', ');
};

/** What a fund's limits are at a time, a line each: its balance, what each of these markets may still draw and under which cap, and its drawdown. */
export const fundTexts = (given: FundState, marketIds: readonly string[], now: EpochMs): readonly string[] => {
  const fund = fundAt(given, now);
  const { fundId, balance, policy, draws } = fund;
  const reserved = reservedTotal(fund);
  const drawn = sum([...draws.byMarket.values()]);
  const ofMarket = (marketId: string): string => {
    const used = (draws.byMarket.get(marketId) ?? ZERO).plus(fund.reserved.get(marketId) ?? ZERO);
    return `${marketId}: ${shown(fundAvailable(fund, marketId))} available, cap of the market: ${capText(policy.drawCapPerMarket, used)}`;
  };
  return [
    `fund ${fundId} at the end: balance ${shown(balance)}, reserved ${shown(reserved)}, floor ${shown(policy.floor)}`,
    `cap of the interval: ${capText(policy.drawCapPerInterval, drawn.plus(reserved))}; ${drawdownText(fund)}`,
    ...marketIds.map(ofMarket),
  ];
};
