import type { MarketTerms } from '#core/market/contract.ts';
import { recordedRuleSet } from '#rule-sets/load-rule-set.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { BadInput } from '../bad-input.ts';
import { readText } from '../read-input.ts';
import { decisionSchema, headSchema, type RecordedDecision } from './record-schema.ts';

/** A record with its law and terms restored; decisions are parsed when they are asked for. */
export interface DecisionRecordFile {
  readonly file: string;
  readonly ruleSet: RuleSet;
  readonly terms: ReadonlyMap<string, MarketTerms>;
  readonly lines: readonly string[];
}

const fault = (file: string, line: number, message: string): BadInput => new BadInput({ file, line, path: '', message });

const parseLine = (file: string, line: number, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw fault(file, line, 'expected a line of JSON from a decision record');
  }
};

const FIRST_DECISION_LINE = 2;

/** Reads a record. Throws `BadInput` when it is none, or when its law is not the one whose hash it names. */
export const readRecord = (file: string): DecisionRecordFile => {
  const [first = '', ...lines] = readText(file).split('\n');
  const head = headSchema.safeParse(parseLine(file, 1, first));
  if (!head.success) throw fault(file, 1, 'expected the head of a decision record');
  const { law, ruleSet: reference, terms } = head.data;
  const bytes = new Map(Object.entries(law).map(([name, content]) => [name, new TextEncoder().encode(JSON.stringify(content))]));
  const ruleSet = recordedRuleSet(file, bytes);
  if (ruleSet === null || ruleSet.reference.hash !== reference.hash)
    throw fault(file, 1, `the law is not the one with hash \`${reference.hash}\``);
  return { file, ruleSet, terms: new Map(terms.map((each) => [each.marketId, each])), lines };
};

/** The decisions of a record whose text contains `needle` and that `wanted` accepts, in order. */
export const decisionsIn = (
  record: DecisionRecordFile,
  needle: string,
  wanted: (decision: RecordedDecision) => boolean,
): readonly RecordedDecision[] =>
  record.lines.flatMap((text, index) => {
    if (text === '' || !text.includes(needle)) return [];
    const parsed = decisionSchema.safeParse(parseLine(record.file, index + FIRST_DECISION_LINE, text));
    if (!parsed.success) throw fault(record.file, index + FIRST_DECISION_LINE, 'expected a decision as a record writes it');
    return wanted(parsed.data) ? [parsed.data] : [];
  });
