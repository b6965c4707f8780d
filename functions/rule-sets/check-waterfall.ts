import type { DeleveragingTrigger, ExecutionPolicy } from '#core/policy.ts';
import { ZERO } from '#core/units/decimal.ts';
import { comparing, satisfyAll } from './ask-facts.ts';
import { leavesOf } from './conditions.ts';
import type { FactName, Facts } from './facts.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import { placeOfSilence } from './place-of-silence.ts';
import { conditionsPath } from './placed-conditions.ts';
import type { RuleFinding } from './rule-finding.ts';
import { HAS_RESIDUAL, HAS_SHORTFALL } from './rule-reaches.ts';
import type { Condition, Rule, ShortfallEvent } from './rule-set.ts';
import { factsInWords } from './rule-words.ts';
import { negated } from './satisfy.ts';
import { undecidedFinding } from './undecided-finding.ts';

type ShortfallRule = Rule<ShortfallEvent>;

interface End {
  /** What is left to deal with. */
  readonly left: Condition;
  readonly fact: FactName;
  /** Any of these events deals with it; the first is the one that is meant to. */
  readonly events: readonly ShortfallEvent['type'][];
  /** Deals with it too, where the law says how. */
  readonly also: readonly ShortfallEvent['type'][];
  readonly effect: string;
  readonly mend: string;
}

const RESIDUAL: End = {
  left: HAS_RESIDUAL,
  fact: 'residualQuantity',
  events: ['DELEVERAGE', 'HALT'],
  also: ['SOCIALIZE'],
  effect: 'the residual is offered to the market again at every mark, for ever, while its loss grows and nobody takes it',
  mend: 'let a rule with `DELEVERAGE` or `HALT` hold for every `residualQuantity` `decimalGreaterThan` "0"',
};

const SHORTFALL: End = {
  left: HAS_SHORTFALL,
  fact: 'shortfall',
  events: ['ABSORB', 'DELEVERAGE', 'HALT'],
  also: [],
  effect: 'the fund does not pay it and nobody else does: the bankrupt pool is left with a debt that no trader ever pays',
  mend: 'let a rule with `ABSORB` hold for every `shortfall` `decimalGreaterThan` "0"',
};

const unansweredFinding = (source: JsonSource, rules: readonly ShortfallRule[], end: End, facts: Facts): RuleFinding => {
  const answering = rules.filter(({ event }) => end.events.includes(event.type));
  const named = answering.flatMap(({ conditions }) => leavesOf(conditions)).map(({ fact }) => fact);
  const meant = answering.filter(({ event }) => event.type === end.events[0]);
  const events = end.events.map((event) => `\`${event}\``);
  return findingAt(source, placeOfSilence(rules, meant.length > 0 ? meant : answering, facts), {
    code: 'waterfall-endless',
    message: `no rule with ${events.slice(0, -1).join(', ')} or ${events.at(-1)} fires for ${factsInWords(facts, [end.fact, ...named])}`,
    effect: end.effect,
    mend: end.mend,
  });
};

const checkEnd = (source: JsonSource, rules: readonly ShortfallRule[], end: End): readonly RuleFinding[] => {
  const silence = rules
    .filter(({ event }) => [...end.events, ...end.also].includes(event.type))
    .map(({ conditions }) => negated(conditions));
  const unanswered = satisfyAll('shortfall', [end.left, ...silence]);
  if (unanswered.kind === 'FOUND') return [unansweredFinding(source, rules, end, unanswered.facts)];
  return unanswered.kind === 'UNDECIDED' ? [undecidedFinding(source, ['rules'], `every \`${end.fact}\` is dealt with`)] : [];
};

/** What a fund that is drawn down or at its floor may pay: `FUND_DRAWDOWN` lets nothing be deleveraged while this is false, less than a lot costs aside. */
const FUND_SPENT: Condition = comparing('fundAvailable', 'decimalEqual', ZERO);

const checkTriggered = (source: JsonSource, rules: readonly ShortfallRule[], trigger: DeleveragingTrigger): readonly RuleFinding[] => {
  if (trigger !== 'FUND_DRAWDOWN') return [];
  return rules.flatMap((rule, index) => {
    const region = [rule.conditions, HAS_RESIDUAL];
    const isIdle =
      satisfyAll('shortfall', region).kind === 'FOUND' && satisfyAll('shortfall', [...region, FUND_SPENT]).kind === 'IMPOSSIBLE';
    if (rule.event.type !== 'DELEVERAGE' || !isIdle) return [];
    return [
      findingAt(source, conditionsPath(index), {
        code: 'waterfall-endless',
        message: `rule \`${rule.name}\` fires only while \`fundAvailable\` is above \`0\`, and the trigger \`FUND_DRAWDOWN\` deleverages only while it is \`0\` or pays for no lot`,
        effect:
          'what a fund that may pay nothing leaves is never deleveraged by this rule: it is offered to the market again at every mark, for ever, while its loss grows',
        mend: 'let the rule hold where `fundAvailable` is "0", or write the trigger "ORDER_ENDED"',
      }),
    ];
  });
};

/**
 * Ways down the waterfall that end nowhere: a residual that is neither deleveraged nor halted, a shortfall that nothing answers, a DELEVERAGE that the
 * trigger never lets happen. Where orders are limited to the bankruptcy price (`BANKRUPTCY`) there is no shortfall to answer.
 */
export const checkWaterfall = (
  source: JsonSource,
  rules: readonly ShortfallRule[],
  trigger: DeleveragingTrigger,
  limit: ExecutionPolicy['limit'],
): readonly RuleFinding[] => [
  ...checkEnd(source, rules, RESIDUAL),
  ...(limit === 'BANKRUPTCY' ? [] : checkEnd(source, rules, SHORTFALL)),
  ...checkTriggered(source, rules, trigger),
];
