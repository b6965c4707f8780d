import type { FindingCode } from './finding-codes.ts';
import type { Fault } from './json-source.ts';

/** An `ERROR` refuses the rule set; a `WARNING` is shown and lets it pass. */
export type Severity = 'ERROR' | 'WARNING';

/** One finding of a check, for the person who edits the rules: where, what, what it would cost, and how to mend it. */
export interface RuleFinding extends Fault {
  readonly severity: Severity;
  /** Kind of the finding, such as `duplicate-key`; stable, so that a report can be filtered by it. */
  readonly code: FindingCode;
  /** What would happen in money terms if the rule set were used as it is. */
  readonly effect: string;
  /** What to change, with the value to write where there is one. */
  readonly mend: string;
}
