import { describe, expect, it } from 'vitest';
import { replayScenario } from '#local/replay/replay-scenario.ts';
import { hasEmbeddedTables } from '../support/embedded-tables.ts';
import { comparable } from './compared.ts';
import { replayedOnStack } from './replayed-on-stack.ts';
import { CENTRAL_LIQUIDATION } from './safeguards/central-liquidation.ts';
import type { FiredSafeguard } from './safeguards/fired-safeguard.ts';
import { FUND_LIMITS } from './safeguards/fund-limits.ts';
import { GRACE_AFTER_HALT } from './safeguards/grace-after-halt.ts';
import { INDEX_DIVERGENCE } from './safeguards/index-divergence.ts';
import { ISOLATED_DEFAULT } from './safeguards/isolated-default.ts';
import { JUMP_BAND } from './safeguards/jump-band.ts';
import { KILL_SWITCH } from './safeguards/kill-switch.ts';
import { MARK_AGE } from './safeguards/mark-age.ts';
import { MARKET_DRAWDOWN } from './safeguards/market-drawdown.ts';
import { OVERSHOOT_BOUND } from './safeguards/overshoot-bound.ts';
import { PARTIAL_FIRST } from './safeguards/partial-first.ts';
import { SECURITY_TO_VALUE } from './safeguards/security-to-value.ts';
import { THROTTLE } from './safeguards/throttle.ts';
import { VOLATILITY } from './safeguards/volatility.ts';
import { WITHDRAWAL_GATE } from './safeguards/withdrawal-gate.ts';
import { laidOut } from './told-replay.ts';

const REPORT = 'report.md';

const ALL: readonly FiredSafeguard[] = [
  MARK_AGE,
  INDEX_DIVERGENCE,
  VOLATILITY,
  JUMP_BAND,
  THROTTLE,
  PARTIAL_FIRST,
  FUND_LIMITS,
  MARKET_DRAWDOWN,
  OVERSHOOT_BOUND,
  WITHDRAWAL_GATE,
  GRACE_AFTER_HALT,
  KILL_SWITCH,
  SECURITY_TO_VALUE,
  ISOLATED_DEFAULT,
  CENTRAL_LIQUIDATION,
];

describe.each(ALL.map((each) => [each.name, each] as const))('the safeguard %s', (_name, safeguard) => {
  it('fires in one process', async () => {
    const { loaded, ruleSet } = laidOut(safeguard, 'house');
    const run = await replayScenario(loaded, ruleSet, REPORT, () => {});
    expect(run.document).toMatchObject({ conserved: true, violations: [] });
    expect(safeguard.shows(run)).toEqual(safeguard.expected);
  });

  it.skipIf(!hasEmbeddedTables)('fires on the local stack, and everything else ends as in one process', async () => {
    const { loaded, ruleSet } = laidOut(safeguard, 'house');
    const inProcess = await replayScenario(loaded, ruleSet, REPORT, () => {});
    const onStack = await replayedOnStack(loaded, ruleSet, REPORT);
    expect(safeguard.shows(onStack)).toEqual(safeguard.expected);
    expect(comparable(onStack)).toEqual(comparable(inProcess));
  });
});
