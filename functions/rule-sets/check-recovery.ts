import { marketName } from './check-markets.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import type { RuleFinding } from './rule-finding.ts';
import type { RuleSet, TierTables } from './rule-set.ts';

/**
 * A recovery to the initial margin beside tiers that state no leverage and so have none: a position there counts with its maintenance margin. `source` is
 * that of the margin rules.
 */
export const checkRecovery = (
  source: JsonSource,
  { execution }: RuleSet['margin'],
  { markets: tables }: TierTables,
): readonly RuleFinding[] => {
  if (execution.recovery !== 'INITIAL') return [];
  const [first] = [...tables].flatMap(([market, tiers]) => {
    const tier = tiers.findIndex(({ maximumLeverage }) => maximumLeverage === null);
    return tier === -1 ? [] : [{ market, tier }];
  });
  if (first === undefined) return [];
  return [
    findingAt(source, ['execution', 'recovery'], {
      code: 'recovery-without-leverage',
      message: `the recovery is \`INITIAL\`, and tier \`${first.tier}\` of ${marketName(first.market)} in margin-tiers.json states no maximum leverage: there is no initial margin in it`,
      effect: 'a position in such a tier has recovered at its maintenance margin, so that its next liquidation may be one mark away',
      mend: 'give every tier a `maximumLeverage`, or write "MAINTENANCE", or "BUFFER" with a `recoveryBuffer`',
    }),
  ];
};
