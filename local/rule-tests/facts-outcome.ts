import { decideMargin } from '#core/liquidation/decide-margin.ts';
import { decimal } from '#core/units/decimal.ts';
import { decideByBoth } from '#rule-sets/decide-by-rules.ts';
import { type Facts, factDefinition, factNames, type RuleKind } from '#rule-sets/facts.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import type { Subject } from './named-subjects.ts';
import type { RuleTestDocument } from './rule-test-schema.ts';

type Stated = Readonly<Record<string, unknown>>;

/** Stated facts as the rules get them; those left out are missing. */
const factsOf = (kind: RuleKind, stated: Stated): Facts =>
  new Map(
    factNames(kind).flatMap((name) => {
      const text = Object.hasOwn(stated, name) ? stated[name] : undefined;
      if (typeof text !== 'string') return [];
      return [[name, factDefinition(name).kind === 'decimal' ? decimal(text) : text] as const];
    }),
  );

/** What the rules of one kind say about stated facts. */
export interface FactsOutcome {
  readonly subject: Subject;
  /** By the rules alone: no pool is known to be insolvent. null for shortfall facts. */
  readonly decision: { readonly kind: string } | null;
}

const OF_STATED = 'the test';

const marginOutcome = async (ruleSet: RuleSet, stated: Stated): Promise<FactsOutcome> => {
  const facts = factsOf('margin', stated);
  const verdicts = await decideByBoth(ruleSet.margin.rules, facts);
  const { kind } = decideMargin({ insolvent: false }, verdicts);
  return { subject: { ids: {}, verdicts, asked: { kind: 'margin', of: OF_STATED, facts, refusal: null } }, decision: { kind } };
};

const shortfallOutcome = async (ruleSet: RuleSet, stated: Stated): Promise<FactsOutcome> => {
  const facts = factsOf('shortfall', stated);
  const verdicts = await decideByBoth(ruleSet.shortfall.rules, facts);
  return { subject: { ids: {}, verdicts, asked: { kind: 'shortfall', of: OF_STATED, facts, refusal: null } }, decision: null };
};

/** Asks the rules about the facts that a test states. */
export const factsOutcome = (ruleSet: RuleSet, { margin, shortfall }: NonNullable<RuleTestDocument['facts']>): Promise<FactsOutcome> =>
  margin === undefined ? shortfallOutcome(ruleSet, shortfall ?? {}) : marginOutcome(ruleSet, margin);
