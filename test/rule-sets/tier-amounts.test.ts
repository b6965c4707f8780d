import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { checkRuleSet } from '#rule-sets/load-rule-set.ts';
import type { RuleFinding } from '#rule-sets/rule-finding.ts';
import { encoded, shippedFiles } from './shipped-files.ts';

interface Tier {
  readonly notionalFloor: string;
  readonly maintenanceMarginRate: string;
  readonly maintenanceAmount?: string;
  readonly maximumLeverage?: string;
}

interface Tables {
  readonly markets: Readonly<Record<string, readonly Tier[]>>;
}

const house = shippedFiles('house');
const tables: Tables = JSON.parse(present(house['margin-tiers.json'], 'house has tiers'));
const tiersOf = (market: string): readonly Tier[] => present(tables.markets[market], `house has ${market}`);

const findings = (market: string, tiers: readonly Tier[]): readonly RuleFinding[] => {
  const text = JSON.stringify({ ...tables, markets: { ...tables.markets, [market]: tiers } });
  return checkRuleSet('house', encoded({ ...house, 'margin-tiers.json': text })).findings;
};

/** The table with the rate of one tier raised half of the way to that of the next, and leverages that still fit. */
const withRateRaised = (tiers: readonly Tier[], index: number): readonly Tier[] =>
  tiers.map(({ maximumLeverage: _, ...tier }, at) => {
    const rate = Number(tier.maintenanceMarginRate);
    const next = Number(tiers[at + 1]?.maintenanceMarginRate ?? rate * 1.2);
    return at === index ? { ...tier, maintenanceMarginRate: ((rate + next) / 2).toFixed(6) } : tier;
  });

const indexIn = ({ path }: RuleFinding): number => Number(/\[(\d+)\]\.maintenanceAmount$/.exec(path)?.[1]);

/** Writes what a mend says to write, to the letter. */
const asWritten = (tiers: readonly Tier[], finding: RuleFinding): readonly Tier[] => {
  const here = present(/^write "([\d.-]+)"/.exec(finding.mend)?.[1], `a value to write in: ${finding.mend}`);
  const named = [...finding.mend.matchAll(/"([\d.-]+)" in \[(\d+)\]/g)].map(([, value = '', at]) => [Number(at), value] as const);
  const amounts = new Map([[indexIn(finding), here], ...named]);
  return tiers.map((tier, at) => ({ ...tier, ...(amounts.has(at) ? { maintenanceAmount: amounts.get(at) ?? '' } : {}) }));
};

const leftOut = (tiers: readonly Tier[], from: number): readonly Tier[] =>
  tiers.map((tier, at) => {
    const { maintenanceAmount: _, ...rest } = tier;
    return at < from ? tier : rest;
  });

describe('an amount that does not fit its rate is mended in one round', () => {
  const raised = ['BTC-USDT', '*'].flatMap((market) =>
    tiersOf(market).map((_, index) => ({ market, index, tiers: withRateRaised(tiersOf(market), index) })),
  );

  it.each(raised)('$market with another rate in tier $index', ({ market, index, tiers }) => {
    const found = findings(market, tiers);
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([
      expect.stringMatching(new RegExp(`^tier-amount .*\\[${Math.max(index, 1)}\\]\\.maintenanceAmount$`)),
    ]);
    const [finding] = found;
    if (finding === undefined) return;
    expect(findings(market, asWritten(tiers, finding))).toEqual([]);
    expect(finding.mend).toContain('leave');
    expect(findings(market, leftOut(tiers, indexIn(finding)))).toEqual([]);
  });

  it('names every amount from there up, each with its value', () => {
    const [finding] = findings('BTC-USDT', withRateRaised(tiersOf('BTC-USDT'), 7));
    expect(finding?.mend).toBe(
      'write "17356450" here, "23356450" in [8], "38356450" in [9], "118356450" in [10], "418356450" in [11], ' +
        'or leave out `maintenanceAmount` from here up: it is derived then',
    );
  });

  it('names no value that another fault of the table may change: it is left out then', () => {
    const tiers = withRateRaised(tiersOf('BTC-USDT'), 3).map((tier, at) => (at === 8 ? { ...tier, notionalFloor: '123456789' } : tier));
    const [finding] = findings('BTC-USDT', tiers);
    expect(finding?.mend).toBe('leave out `maintenanceAmount` from here up: it is derived then');
  });
});
