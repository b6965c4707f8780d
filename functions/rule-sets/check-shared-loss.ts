import type { AfterCounterparties } from '#core/adl/after-counterparties-policy.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import type { RuleFinding } from './rule-finding.ts';
import type { Rule, ShortfallEvent } from './rule-set.ts';

/** SOCIALIZE rules of a law that does not say who pays: what they are for stays open. */
export const checkSharedLoss = (
  source: JsonSource,
  rules: readonly Rule<ShortfallEvent>[],
  afterCounterparties: AfterCounterparties,
): readonly RuleFinding[] =>
  afterCounterparties !== 'CARRY_AND_HALT'
    ? []
    : rules.flatMap(({ name, event }, index) =>
        event.type !== 'SOCIALIZE'
          ? []
          : [
              findingAt(source, ['rules', index, 'event', 'type'], {
                code: 'waterfall-endless',
                message: `rule \`${name}\` socializes, and \`afterCounterparties\` of deleveraging.json is \`CARRY_AND_HALT\``,
                effect:
                  'nobody pays by this rule: what counterparties leave is offered to the market again at every mark, while its loss grows',
                mend: 'write `afterCounterparties` "SOCIALIZE_OVER_OPEN_INTEREST" or "SOCIALIZE_OVER_WINNERS" into deleveraging.json, or remove the rule',
              }),
            ],
      );
