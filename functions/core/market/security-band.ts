import { type Decimal, ONE, ZERO } from '../units/decimal.ts';
import type { EpochMs } from '../units/time.ts';
import { elapsedMs } from '../units/time.ts';
import type { SecurityBand, SecurityPolicy } from './containment-policy.ts';
import type { MarketState } from './market-state.ts';

/** What is kept of a market's last look at the security behind it. */
export interface MarketSecurity {
  readonly band: SecurityBand;
  /** Security to value, by the measure of the law; null without open value. At most 38 digits. */
  readonly ratio: Decimal | null;
  readonly at: EpochMs;
  /** Whether the guard, and not people, made the market REDUCE_ONLY. */
  readonly isReducedByGuard: boolean;
}

/**
 * The band after a look, with hysteresis.
 *
 * RED when ratio < red.enter, or it was RED and ratio < red.leave; else AMBER when ratio < amber.enter, or it was not GREEN and ratio < amber.leave; else
 * GREEN. Without open value nothing can be lost: GREEN.
 * Source: bands and hysteresis as the mission page on security-to-value asks; no page gives numbers.
 */
export const nextBand = (before: SecurityBand, ratio: Decimal | null, { amber, red }: SecurityPolicy): SecurityBand => {
  if (ratio === null) return 'GREEN';
  if (ratio.lt(before === 'RED' ? red.leave : red.enter)) return 'RED';
  return ratio.lt(before === 'GREEN' ? amber.enter : amber.leave) ? 'AMBER' : 'GREEN';
};

/** Whether a market has to be looked at again. */
export const isSecurityDue = ({ security }: MarketState, policy: SecurityPolicy, now: EpochMs): boolean =>
  security === null || elapsedMs(security.at, now) >= policy.interval;

/**
 * The market after a look: its band, and its status where the law binds it to the band. ACTIVE turns REDUCE_ONLY on RED; REDUCE_ONLY turns ACTIVE again
 * once the band is RED no more, if the guard had made it so. What people have stopped, or reduced, stays as they left it.
 */
export const withSecurity = (market: MarketState, ratio: Decimal | null, policy: SecurityPolicy, now: EpochMs): MarketState => {
  const band = nextBand(market.security?.band ?? 'GREEN', ratio, policy);
  const wasReduced = market.security?.isReducedByGuard === true && market.status === 'REDUCE_ONLY';
  const isReduced = band === 'RED' && policy.onRed === 'REDUCE_ONLY' && (wasReduced || market.status === 'ACTIVE');
  const security: MarketSecurity = { band, ratio, at: now, isReducedByGuard: isReduced };
  if (isReduced) return { ...market, status: 'REDUCE_ONLY', security };
  return { ...market, status: wasReduced ? 'ACTIVE' : market.status, security };
};

/** The two factors that a stress moves a mark by: down and up. */
export const stressFactors = ({ shock }: SecurityPolicy): readonly Decimal[] =>
  shock.eq(ZERO) ? [ONE] : [ONE.minus(shock), ONE.plus(shock)];
