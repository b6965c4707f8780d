import { existsSync } from 'node:fs';
import { z } from 'zod';
import { badFile } from '../bad-input.ts';
import { readText } from '../read-input.ts';
import { NEWEST_REPLAY_FILE } from '../replay/write-report.ts';
import { type DecisionExplanation, explainDecision } from './explain-decision.ts';
import { decisionsAbout } from './find-decisions.ts';
import { readRecord } from './read-record.ts';
import type { RecordedDecision } from './record-schema.ts';

/** One decision, made again from its record. */
export interface Explanation extends DecisionExplanation {
  readonly decisionId: string;
  readonly kind: RecordedDecision['kind'];
  /** ISO 8601. */
  readonly at: string;
  readonly record: string;
  readonly ruleSet: { readonly id: string; readonly version: string; readonly hash: string };
}

const newestReplay = z.object({ records: z.array(z.string()).min(1) });

const parsedOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** The records beside the newest replay's report. Throws `BadInput` when no replay was made here. */
export const newestRecords = (): readonly string[] => {
  if (!existsSync(NEWEST_REPLAY_FILE))
    throw badFile('--from', 'no replay was made in this folder yet: name a record, or run `adl replay` first');
  const newest = newestReplay.safeParse(parsedOrNull(readText(NEWEST_REPLAY_FILE)));
  if (!newest.success) throw badFile(NEWEST_REPLAY_FILE, 'does not name the records of a replay: run `adl replay` again');
  return newest.data.records;
};

/**
 * Explains every recorded decision that an id is about (see `decisionsAbout`), record by record.
 * Throws `BadInput` when no record knows the id.
 */
export const explainFrom = async (files: readonly string[], id: string): Promise<readonly Explanation[]> => {
  const explanations: Explanation[] = [];
  for (const file of files) {
    const record = readRecord(file);
    for (const decision of decisionsAbout(record, id)) {
      const { decisionId, kind, at, ruleSet } = decision;
      const explained = await explainDecision(record, decision);
      explanations.push({ decisionId, kind, at: new Date(at).toISOString(), record: file, ruleSet, ...explained });
    }
  }
  if (explanations.length === 0) throw badFile(id, `expected the id of a decision, case, order or pool in ${files.join(', ')}`);
  return explanations;
};
