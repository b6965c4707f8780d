import { FINDING_CODES, type FindingCode } from './finding-codes.ts';
import { faultAt, type JsonSource } from './json-source.ts';
import type { RuleFinding } from './rule-finding.ts';

/** What a check says about a value; its severity is the code's. */
export interface FindingText {
  readonly code: FindingCode;
  readonly message: string;
  readonly effect: string;
  readonly mend: string;
}

/** A finding about the value at `path` of a source. */
export const findingAt = (
  source: JsonSource,
  path: readonly (string | number)[],
  { code, message, effect, mend }: FindingText,
): RuleFinding => ({
  ...faultAt(source, path, message),
  severity: FINDING_CODES[code].severity,
  code,
  effect,
  mend,
});
