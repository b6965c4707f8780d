import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import type { JsonPath } from './placed-conditions.ts';
import type { RuleFinding } from './rule-finding.ts';

/** Says that a check gave up. `question` completes "not known whether …". */
export const undecidedFinding = (source: JsonSource, path: JsonPath, question: string): RuleFinding =>
  findingAt(source, path, {
    code: 'conditions-undecided',
    message: `not known whether ${question}: the conditions are too many or too fine to follow to the end`,
    effect: `nothing is proven either way: money may depend on whether ${question}`,
    mend: 'write the conditions with fewer `any`, or split the rule, and check again',
  });
