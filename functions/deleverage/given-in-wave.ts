import { givenAfter } from '#core/adl/deleveraging-plan.ts';
import { type DeleveragingDecision, decisionIdOf } from '#core/decision.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { Side } from '#core/market/side.ts';
import type { Money } from '#core/units/money.ts';
import type { Wave } from '#core/wave.ts';
import type { DeleveragePorts } from './deleverage.ts';

/** One run per leg and attempt: whoever finds its decision goes on with it. */
export const deleveragingIdOf = ({ caseId, attempt }: LiquidationCase, marketId: string, side: Side): string =>
  decisionIdOf('DELEVERAGING', caseId, marketId, side, attempt);

const recordedPlans = async (
  ports: DeleveragePorts,
  wave: Wave,
  marketId: string,
  side: Side,
): Promise<readonly DeleveragingDecision[]> => {
  const plans: DeleveragingDecision[] = [];
  for (const liquidation of await ports.loadWaveCases(wave.waveId)) {
    const recorded = await ports.loadDecision(deleveragingIdOf(liquidation, marketId, side));
    if (recorded?.kind === 'DELEVERAGING') plans.push(recorded);
  }
  return plans;
};

/**
 * What the plans that a wave has recorded take of each counterparty of its residuals on one side: Σ of positive haircuts by pool id. A pool's position tells
 * how much it gave, only the plans tell at which price. Settlement asset.
 */
export const givenInWave = async (
  ports: DeleveragePorts,
  wave: Wave,
  marketId: string,
  side: Side,
): Promise<ReadonlyMap<string, Money>> => {
  const plans = await recordedPlans(ports, wave, marketId, side);
  return plans.reduce<ReadonlyMap<string, Money>>((given, plan) => givenAfter(plan, given), new Map());
};
