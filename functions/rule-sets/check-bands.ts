import type { SafeguardPolicy } from '#core/policy.ts';
import type { Ratio } from '#core/units/money.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import type { RuleFinding } from './rule-finding.ts';

interface Order {
  readonly path: readonly string[];
  readonly value: Ratio;
  readonly least: Ratio;
  readonly leastOf: string;
}

/** What the schema of the bands cannot say: no band ends before it begins, and red lies within amber. */
export const checkBands = (source: JsonSource, { securityToValue: policy }: SafeguardPolicy): readonly RuleFinding[] => {
  if (policy === null) return [];
  const { amber, red } = policy;
  const orders: readonly Order[] = [
    { path: ['amber', 'leave'], value: amber.leave, least: amber.enter, leastOf: 'the entry' },
    { path: ['red', 'leave'], value: red.leave, least: red.enter, leastOf: 'the entry' },
    { path: ['amber', 'enter'], value: amber.enter, least: red.enter, leastOf: 'the entry of red' },
    { path: ['amber', 'leave'], value: amber.leave, least: red.leave, leastOf: 'where red is left' },
  ];
  return orders
    .filter(({ value, least }) => value.lt(least))
    .map(({ path, value, least, leastOf }) =>
      findingAt(source, ['securityToValue', ...path], {
        code: 'bands-out-of-order',
        message: `expected at least ${leastOf} \`${least.toFixed()}\`, got \`${value.toFixed()}\``,
        effect: `at a ratio between \`${value.toFixed()}\` and \`${least.toFixed()}\` a market would change its band at every look, or be red without ever having been amber`,
        mend: `write "${least.toFixed()}" or more`,
      }),
    );
};
