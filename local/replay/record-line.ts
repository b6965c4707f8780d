import { blastRadius } from '#core/blast-radius.ts';
import type { Decision } from '#core/decision.ts';
import { plainJson } from '#core/plain-json.ts';

/**
 * A decision as a line of the record: the line that the journal has of it, and how far it reached, which follows from that. `line` is the journal's where
 * it was read there.
 */
export const recordLine = (decision: Decision, line: string = JSON.stringify(plainJson(decision))): string =>
  `${line.slice(0, -1)},"blast":${JSON.stringify(plainJson(blastRadius(decision)))}}`;
