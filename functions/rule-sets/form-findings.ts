import type { z } from 'zod';
import { FILE_STAKES } from './file-stakes.ts';
import { FINDING_CODES } from './finding-codes.ts';
import { type FormContext, type FormFindingCode, formConsequence } from './form-texts.ts';
import type { FormFault } from './json-source.ts';
import { nearestName } from './nearest-name.ts';
import { printable } from './printable.ts';
import type { RuleFileName } from './rule-files.ts';
import type { RuleFinding } from './rule-finding.ts';
import { type Outline, outlineOf } from './schema-outline.ts';

type Path = readonly (string | number)[];

/** A rule file as far as it could be read; `value` is undefined where not even its text is JSON. */
export interface FaultyFile {
  readonly name: RuleFileName;
  readonly schema: z.ZodType;
  readonly value: unknown;
}

const TREES: ReadonlySet<string | number> = new Set(['all', 'any', 'not']);
const CONDITION_KINDS = ['all', 'any', 'not', 'fact'] as const;

/** What the engine's native operators are called here: no comparison of ours coerces or compares as text. */
const NATIVE_OPERATORS: Readonly<Record<string, string>> = {
  lessThan: 'decimalLessThan',
  lessThanInclusive: 'decimalAtMost',
  equal: 'decimalEqual',
  greaterThanInclusive: 'decimalAtLeast',
  greaterThan: 'decimalGreaterThan',
  in: 'oneOf',
};

const valueAt = (root: unknown, steps: Path): unknown =>
  steps.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined),
    root,
  );

const nameOf = (steps: Path, file: string): string => printable(String(steps.findLast((step) => typeof step === 'string') ?? file));

const isOfTwoKinds = (condition: unknown): boolean =>
  typeof condition === 'object' && condition !== null && CONDITION_KINDS.filter((kind) => Object.hasOwn(condition, kind)).length > 1;

/** Within a rule the last step before its conditions is a number; only there do `all` and `any` mean conditions. */
const isInConditions = (steps: Path): boolean => steps[0] === 'rules' && steps[2] === 'conditions';

const choiceCode = (steps: Path): FormFindingCode => {
  if (steps[0] !== 'rules') return 'unknown-choice';
  const last = steps.at(-1);
  if (last === 'fact') return 'unknown-fact';
  if (last === 'operator') return 'unknown-operator';
  return steps[2] === 'event' ? 'unknown-event' : 'unknown-choice';
};

const keyCode = (steps: Path, root: unknown): FormFindingCode => {
  const [key = ''] = steps.slice(-1);
  if (!isInConditions(steps) || !TREES.has(key)) return 'unknown-key';
  if (steps.at(-2) === 'not') return 'negated-tree';
  return isOfTwoKinds(valueAt(root, steps.slice(0, -1))) ? 'mixed-condition' : 'unknown-key';
};

/** The name that a fault has in a rule file: `unknown-fact` says more than `unknown-choice`. */
const codeOf = ({ code, steps, found }: FormFault, root: unknown): FormFindingCode => {
  switch (code) {
    case 'unknown-choice':
      return choiceCode(steps);
    case 'unknown-key':
      return keyCode(steps, root);
    case 'empty-list':
      return isInConditions(steps) && TREES.has(steps.at(-1) ?? '') ? 'empty-condition' : code;
    case 'out-of-range':
      return steps.includes('weights') || steps.at(-1) === 'weight' ? 'weight-out-of-bounds' : code;
    case 'unclear-form':
      if (!isInConditions(steps)) return 'wrong-type';
      return isOfTwoKinds(found) ? 'mixed-condition' : 'unclear-condition';
    default:
      return code;
  }
};

const expectationOf = (message: string): string | null => /^expected (.*?)(?:, got .*)?$/s.exec(message)?.[1] ?? null;

const nearestOf = (fault: FormFault, keys: readonly string[]): string | null => {
  if (fault.code === 'unknown-key') return nearestName(String(fault.steps.at(-1)), keys);
  if (typeof fault.found !== 'string') return null;
  const native =
    fault.steps.at(-1) === 'operator' && Object.hasOwn(NATIVE_OPERATORS, fault.found) ? NATIVE_OPERATORS[fault.found] : undefined;
  return native ?? nearestName(fault.found, fault.choices);
};

const eventOf = (root: unknown, steps: Path): string | null => {
  const type = steps[0] === 'rules' ? valueAt(root, [...steps.slice(0, 2), 'event', 'type']) : undefined;
  return typeof type === 'string' && /^[A-Z_]{1,40}$/.test(type) ? type : null;
};

const isOfLaw = (key: string): boolean => key !== '$schema' && key !== 'notes';

/** Keys that an object does not have yet: a slip of the pen meant one of these. */
const freeKeys = (keys: readonly string[], given: unknown): readonly string[] =>
  keys.filter((key) => isOfLaw(key) && !(typeof given === 'object' && given !== null && Object.hasOwn(given, key)));

const contextOf = (fault: FormFault, file: FaultyFile, outline: (steps: Path) => Outline): FormContext => {
  const isKey = fault.code === 'unknown-key';
  const { meaning, keys } = outline(isKey ? fault.steps.slice(0, -1) : fault.steps);
  return {
    name: nameOf(fault.steps, file.name),
    stake: FILE_STAKES[file.name],
    meaning: isKey ? null : meaning,
    message: fault.message,
    expectation: expectationOf(fault.message),
    found: fault.found,
    nearest: nearestOf(fault, isKey ? freeKeys(keys, valueAt(file.value, fault.steps.slice(0, -1))) : []),
    keys: keys.filter(isOfLaw),
    event: eventOf(file.value, fault.steps),
  };
};

interface Named {
  readonly fault: FormFault;
  readonly code: FormFindingCode;
  readonly context: FormContext;
}

const parentOf = ({ fault }: Named): string => JSON.stringify(fault.steps.slice(0, -1));

/** A key that is missing because it was misspelt, or because a tree stands behind `not`, is one mistake and not two. */
const isEcho = (named: Named, all: readonly Named[]): boolean =>
  named.code === 'missing-key' &&
  all.some(
    (other) =>
      parentOf(other) === parentOf(named) &&
      (other.code === 'negated-tree' || (other.code === 'unknown-key' && other.context.nearest === named.context.name)),
  );

/** The faults that the bytes or the schema of one file have, as findings. */
export const formFindings = (file: FaultyFile, faults: readonly FormFault[]): readonly RuleFinding[] => {
  const outline = outlineOf(file.schema);
  const all = faults.map((fault): Named => ({ fault, code: codeOf(fault, file.value), context: contextOf(fault, file, outline) }));
  return all
    .filter((named) => !isEcho(named, all))
    .map(({ fault: { file: path, line, column, path: place, message }, code, context }) => ({
      file: path,
      line,
      column,
      path: place,
      message,
      severity: FINDING_CODES[code].severity,
      code,
      ...formConsequence(code, context),
    }));
};
