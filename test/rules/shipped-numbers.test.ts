import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import type { DrawdownPolicy, FundPolicy, SafeguardPolicy, ThrottlePolicy } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { type Money, money, type Ratio, ratio } from '#core/units/money.ts';
import { type DurationMs, durationMs } from '#core/units/time.ts';
import { RULES_ROOT, readRuleSet } from '#local/rule-set-folder.ts';
import { runTestFolder } from '#local/rule-tests/run-test-folder.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';

const FOLDER = join(RULES_ROOT, 'house-guarded', '1.0.0');
const guarded = readRuleSet('house-guarded@1.0.0');

type Change = (law: RuleSet) => RuleSet;

const fund =
  (change: (policy: FundPolicy) => Partial<FundPolicy>): Change =>
  (law) => ({ ...law, funds: law.funds.map((policy) => ({ ...policy, ...change(policy) })) });

const drawdown = (change: (policy: DrawdownPolicy) => Partial<DrawdownPolicy>): Change =>
  fund((policy) => {
    const given = present(policy.drawdown, 'the fund has a drawdown');
    return { drawdown: { ...given, ...change(given) } };
  });

const safeguards =
  (change: Partial<SafeguardPolicy>): Change =>
  (law) => ({ ...law, safeguards: { ...law.safeguards, ...change } });

const throttle =
  (change: Partial<ThrottlePolicy>): Change =>
  (law) =>
    safeguards({ throttle: { ...present(law.safeguards.throttle, 'there is a throttle'), ...change } })(law);

const execution =
  (change: Partial<RuleSet['margin']['execution']>): Change =>
  (law) => ({ ...law, margin: { ...law.margin, execution: { ...law.margin.execution, ...change } } });

const more = (amount: Money | null, by: string): Money => money(present(amount, 'the amount is set').plus(by));
const off = (value: Ratio, by: string): Ratio => ratio(value.plus(by));
const times = (length: DurationMs, factor: number): DurationMs => durationMs(length * factor);

/** Every number of the fund and the safeguards a little higher and a little lower. */
const CHANGES: Readonly<Record<string, Change>> = {
  'floor higher': fund(({ floor }) => ({ floor: more(floor, '0.01') })),
  'floor lower': fund(({ floor }) => ({ floor: more(floor, '-1') })),
  'drawCapPerMarket higher': fund(({ drawCapPerMarket }) => ({ drawCapPerMarket: more(drawCapPerMarket, '2') })),
  'drawCapPerMarket lower': fund(({ drawCapPerMarket }) => ({ drawCapPerMarket: more(drawCapPerMarket, '-0.01') })),
  'drawCapPerInterval higher': fund(({ drawCapPerInterval }) => ({ drawCapPerInterval: more(drawCapPerInterval, '10') })),
  'drawCapPerInterval lower': fund(({ drawCapPerInterval }) => ({ drawCapPerInterval: more(drawCapPerInterval, '-0.01') })),
  'interval longer': fund(({ interval }) => ({ interval: times(interval, 2) })),
  'interval shorter': fund(({ interval }) => ({ interval: times(interval, 0.5) })),
  'drawdown trigger higher': drawdown(({ trigger }) => ({ trigger: off(trigger, '0.000001') })),
  'drawdown trigger lower': drawdown(({ trigger }) => ({ trigger: off(trigger, '-0.000001') })),
  'drawdown release higher': drawdown(({ release }) => ({ release: off(release, '0.000001') })),
  'drawdown release lower': drawdown(({ release }) => ({ release: off(release, '-0.00000001') })),
  'drawdown operator': drawdown(() => ({ operator: 'GREATER_THAN' })),
  'drawdown window longer': drawdown(({ window }) => ({ window: times(window, 1.25) })),
  'drawdown window shorter': drawdown(({ window }) => ({ window: times(window, 0.5) })),
  'markMaximumAge longer': safeguards({ markMaximumAge: durationMs(60_001) }),
  'markMaximumAge shorter': safeguards({ markMaximumAge: durationMs(59_999) }),
  'jumpBand wider': safeguards({ jumpBand: ratio(decimal('0.100002')) }),
  'jumpBand narrower': safeguards({ jumpBand: ratio(decimal('0.099999')) }),
  'one jump confirmation more': safeguards({ jumpConfirmations: 3 }),
  'one jump confirmation less': safeguards({ jumpConfirmations: 1 }),
  'indexDivergence wider': safeguards({ indexDivergence: ratio(decimal('0.100002')) }),
  'indexDivergence narrower': safeguards({ indexDivergence: ratio(decimal('0.099999')) }),
  'throttle wider': throttle({ notionalPerMarket: money(decimal('60000000')) }),
  'throttle narrower': throttle({ notionalPerMarket: money(decimal('49999999.99')) }),
  'throttle interval longer': throttle({ interval: durationMs(60_001) }),
  'throttle interval shorter': throttle({ interval: durationMs(50_000) }),
  'throttle delay longer': throttle({ maximumDelay: durationMs(300_001) }),
  'throttle delay shorter': throttle({ maximumDelay: durationMs(299_999) }),
  'grace after a halt longer': safeguards({ graceAfterHalt: durationMs(60_001) }),
  'grace after a halt shorter': safeguards({ graceAfterHalt: durationMs(59_999) }),
  'surplus of a close to the trader': execution({ surplus: { REDUCE: 'TRADER', LIQUIDATE: 'TRADER' } }),
  'surplus of a step down to the fund': execution({ surplus: { REDUCE: 'FUND', LIQUIDATE: 'FUND' } }),
  'a liquidation fee': execution({ liquidationFeeRate: ratio(decimal('0.0001')) }),
  'orders not backed by the fund': execution({ limit: 'BANKRUPTCY' }),
};

describe('the tests beside house-guarded fail after a change of any number', () => {
  it.each(Object.entries(CHANGES))('%s', async (_, change) => {
    const { results } = await runTestFolder(FOLDER, change(guarded));
    expect(results.filter(({ failures, error }) => failures.length > 0 || error !== null).length).toBeGreaterThan(0);
  });
});
