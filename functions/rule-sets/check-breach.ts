import { ZERO } from '#core/units/decimal.ts';
import { comparing, satisfyAll } from './ask-facts.ts';
import { leavesOf } from './conditions.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import { acts, HOLDS_POSITION, type MarginRule, SOLVENT } from './margin-reach.ts';
import { placeOfSilence } from './place-of-silence.ts';
import type { RuleFinding } from './rule-finding.ts';
import type { Condition } from './rule-set.ts';
import { factsInWords } from './rule-words.ts';
import { negated } from './satisfy.ts';
import { undecidedFinding } from './undecided-finding.ts';

const BREACHED: Condition = comparing('marginExcess', 'decimalLessThan', ZERO);

/**
 * A solvent pool below its maintenance margin (marginExcess < 0, so that marginRatio > 1) for which no acting rule fires. Insolvent pools are closed whatever
 * the rules say. An empty list is another finding.
 */
export const checkBreach = (
  source: JsonSource,
  rules: readonly MarginRule[],
  judged: readonly Condition[] = [],
): readonly RuleFinding[] => {
  if (rules.length === 0) return [];
  const acting = rules.filter(acts);
  const silence = acting.map(({ conditions }) => negated(conditions));
  const unanswered = satisfyAll('margin', [BREACHED, SOLVENT, HOLDS_POSITION, ...judged, ...silence]);
  if (unanswered.kind === 'IMPOSSIBLE') return [];
  if (unanswered.kind === 'UNDECIDED')
    return [undecidedFinding(source, ['rules'], 'every pool below its maintenance margin is dealt with')];
  const named = acting.flatMap(({ conditions }) => leavesOf(conditions)).map(({ fact }) => fact);
  const pool = factsInWords(unanswered.facts, ['marginBalance', 'marginExcess', 'marginRatio', ...named]);
  return [
    findingAt(source, placeOfSilence(rules, acting, unanswered.facts), {
      code: 'breach-unanswered',
      message: `no rule that acts fires for a pool below its maintenance margin: ${pool}`,
      effect:
        'the pool stays open and goes on losing until its balance is gone; what it then still loses is paid by the fund and by profitable traders',
      mend: 'let a rule that liquidates hold for every `marginExcess` `decimalLessThan` "0"',
    }),
  ];
};
