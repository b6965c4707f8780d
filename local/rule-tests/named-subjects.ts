import type { Verdict } from '#core/policy.ts';
import { type Mismatch, mismatches } from './partial-match.ts';
import type { AskedFacts } from './rule-test.ts';

type Path = Mismatch['path'];

/** Something that rules were asked about, and the ids by which an expectation names it. */
export interface Subject {
  /** None for stated facts. */
  readonly ids: { readonly poolId?: string; readonly marketId?: string };
  readonly verdicts: readonly Verdict<{ readonly type: string }>[];
  readonly asked: AskedFacts;
}

/** An expectation's own words for what it is about. */
interface Naming {
  readonly poolId?: string | undefined;
  readonly marketId?: string | undefined;
}

/** A mismatch, and the facts that it hung on; none where it did not get as far as facts. */
export interface SubjectMismatch extends Mismatch {
  readonly asked: readonly AskedFacts[];
}

const ID_WORDS = { poolId: 'pool', marketId: 'market' } as const;
const ID_KEYS = ['poolId', 'marketId'] as const;

const idsText = ({ ids }: Subject): string => ID_KEYS.flatMap((key) => ids[key] ?? []).join(' ');

const distinct = (texts: readonly string[]): string => [...new Set(texts)].join(', ');

const notFound = (named: Naming, subjects: readonly Subject[], path: Path): SubjectMismatch => {
  const key = ID_KEYS.find((each) => named[each] !== undefined && !subjects.some(({ ids }) => ids[each] === named[each])) ?? 'poolId';
  const expected = `${ID_WORDS[key]} ${named[key] ?? ''}`.trim();
  const there = distinct(subjects.map(idsText));
  return { path: [...path, key], expected, got: there === '' ? 'there is none' : `not there; there is ${there}`, asked: [] };
};

/**
 * The one subject that an expectation names; ids that it leaves out may be any. Of several attempts at the same thing the first. Otherwise what is missing:
 * nothing of that name, or ids to choose between several.
 */
export const namedSubject = <Each extends Subject>(named: Naming, subjects: readonly Each[], path: Path): Each | SubjectMismatch => {
  const fitting = subjects.filter(({ ids }) => ID_KEYS.every((key) => named[key] === undefined || named[key] === ids[key]));
  const [first, ...others] = fitting;
  if (first === undefined) return notFound(named, subjects, path);
  if (others.every((other) => idsText(other) === idsText(first))) return first;
  return { path, expected: 'ids that name one', got: `several come into question: ${distinct(fitting.map(idsText))}`, asked: [] };
};

interface StatedVerdict extends Naming {
  readonly rule: string;
  readonly event?: string | undefined;
  readonly outcome: string;
}

const verdictMismatches = (stated: StatedVerdict, subject: Subject, path: Path): readonly SubjectMismatch[] => {
  const { verdicts, asked } = subject;
  const verdict = verdicts.find(({ rule }) => rule === stated.rule);
  if (verdict === undefined) {
    const got = `no such rule; there is ${distinct(verdicts.map(({ rule }) => rule))}`;
    return [{ path: [...path, 'rule'], expected: `${asked.kind} rule ${stated.rule}`, got, asked: [] }];
  }
  const { event, outcome } = stated;
  return mismatches({ event, outcome }, { event: verdict.event.type, outcome: verdict.outcome }, path).map((each) => ({
    ...each,
    asked: [asked],
  }));
};

/** Compares stated verdicts with those of what they name. */
export const verdictsMismatches = (
  stated: readonly StatedVerdict[],
  subjects: readonly Subject[],
  path: Path,
): readonly SubjectMismatch[] =>
  stated.flatMap((each, index) => {
    const at = [...path, index];
    const subject = namedSubject(each, subjects, at);
    return 'expected' in subject ? [subject] : verdictMismatches(each, subject, at);
  });
