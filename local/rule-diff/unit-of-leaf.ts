import type { RuleFileName } from '#rule-sets/rule-files.ts';
import { quoted } from './in-words.ts';
import { type Step, stepText } from './json-leaves.ts';
import type { LeafChange } from './leaf-changes.ts';
import type { Section } from './rule-change.ts';

/** What a value belongs to: one rule, one fund, one market's table, or a file's own part. */
export interface Unit {
  readonly section: Section;
  readonly marketId: string | null;
  readonly subject: string;
  /** The value's place within it. */
  readonly rest: readonly Step[];
}

const part = (section: Section, subject: string, rest: readonly Step[], marketId: string | null = null): Unit => ({
  section,
  marketId,
  subject,
  rest,
});

/** How a market is named in sentences; `*` stands for every market without a table. */
export const marketSubject = (marketId: string): string => (marketId === '*' ? '`*`' : marketId);

type Divide = (key: readonly Step[]) => Unit;

const dividesRules =
  (section: Section, one: string, whole: string): Divide =>
  ([first, second, ...rest]) => {
    if (first === 'execution') return part('EXECUTION', 'execution', second === undefined ? [] : [second, ...rest]);
    if (first === 'rules' && second !== undefined && rest.length > 0) return part(section, `${one} ${quoted(stepText(second))}`, rest);
    return part(
      section,
      whole,
      [first, second, ...rest].filter((step) => step !== undefined),
    );
  };

const DIVISIONS: Readonly<Record<RuleFileName, Divide>> = {
  'rule-set.json': (key) => part('RULE_SET', 'rule set', key),
  'margin-tiers.json': (key) => {
    const [first, market, ...rest] = key;
    if (first !== 'markets' || market === undefined) return part('TIERS', 'margin tiers', key);
    const marketId = stepText(market);
    const [floor, ...inTier] = rest;
    if (floor === undefined || inTier.length === 0) return part('TIERS', marketSubject(marketId), rest, marketId);
    return part('TIERS', `${marketSubject(marketId)} tier from ${stepText(floor)}`, inTier, marketId);
  },
  'margin.rules.json': dividesRules('MARGIN_RULES', 'rule', 'margin rules'),
  'shortfall.rules.json': dividesRules('SHORTFALL_RULES', 'shortfall rule', 'shortfall rules'),
  'insurance-fund.json': (key) => {
    const [first, fundId, ...rest] = key;
    const isFund = first === 'domains' && fundId !== undefined && rest.length > 0;
    return isFund ? part('FUND', `${stepText(fundId)} fund`, rest) : part('FUND', 'insurance funds', key);
  },
  'deleveraging.json': (key) => part('DELEVERAGING', 'deleveraging', key),
  'safeguards.json': (key) => part('SAFEGUARDS', 'safeguards', key),
};

/** What a changed value belongs to. */
export const unitOf = ({ file, key }: Pick<LeafChange, 'file' | 'key'>): Unit => DIVISIONS[file](key);
