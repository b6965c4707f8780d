import { Decimal } from '#core/units/decimal.ts';
import { BYTE_TEXTS, type Consequence } from './byte-texts.ts';
import type { FindingCode } from './finding-codes.ts';
import type { ByteCode, FormCode } from './form-code.ts';

/** All that a text about a faulty value can use. */
export interface FormContext {
  /** The last key on the way to the value, or the file's name. */
  readonly name: string;
  /** What is at stake in the file. */
  readonly stake: string;
  /** What the schema says about the field; null where it says nothing. */
  readonly meaning: string | null;
  readonly message: string;
  /** What was expected, as the message has it; null where it says what is wrong instead. */
  readonly expectation: string | null;
  readonly found: unknown;
  /** The key or choice that was probably meant; null when none is near. */
  readonly nearest: string | null;
  /** Keys that could stand there. */
  readonly keys: readonly string[];
  /** The event of the rule in question; null outside of rules. */
  readonly event: string | null;
}

/** Codes of faults of bytes and form: those of any document, and what some of them are called in a rule file. */
export type FormFindingCode =
  | Exclude<FormCode, 'unclear-form'>
  | Extract<
      FindingCode,
      | 'unknown-fact'
      | 'unknown-operator'
      | 'unknown-event'
      | 'weight-out-of-bounds'
      | 'empty-condition'
      | 'mixed-condition'
      | 'unclear-condition'
      | 'negated-tree'
    >;

const about = ({ name, meaning, stake }: FormContext): string => (meaning === null ? stake : `${stake} (\`${name}\`: ${meaning})`);

const expected = ({ expectation, name, message }: FormContext): string => {
  if (expectation === null) return `correct \`${name}\`, which ${message}`;
  return /^at (?:least|most) /.test(expectation) ? `write a number of ${expectation}` : `write ${expectation}`;
};

const nearestOr = (context: FormContext): string => (context.nearest === null ? expected(context) : `write "${context.nearest}"`);

/** A message that says which keys there are needs no second list of them. */
const removal = (message: string, keys: readonly string[]): string =>
  message.includes(': ') ? 'remove the key, or move a remark into `notes`' : `remove it: the keys here are ${keys.join(', ')}`;

const consequence = (event: string | null): string =>
  event === null ? 'what it decides would never happen' : `\`${event}\` would never happen by it, whatever a pool loses`;

const asDecimal = (context: FormContext): string =>
  typeof context.found === 'number' ? `write "${new Decimal(context.found).toFixed()}"` : expected(context);

const everyone = (event: string | null): string =>
  event === null ? 'the rule would fire every time' : `the rule would fire every time: \`${event}\` for everyone`;

const unreadable = (context: FormContext): Consequence => ({
  effect: `it cannot be applied as it is written: ${about(context)}`,
  mend: expected(context),
});

const undecidable = (context: FormContext): Consequence => ({
  effect: `the rule would answer ERROR each time it is asked: ${consequence(context.event)}`,
  mend: nearestOr(context),
});

/** What follows from a value of the wrong form, and what to write instead. */
export const FORM_TEXTS: Readonly<Record<Exclude<FormFindingCode, ByteCode>, (context: FormContext) => Consequence>> = {
  'unknown-key': ({ name, stake, nearest, keys, message }) => ({
    effect: `nothing reads \`${name}\`, so that what it should do or limit does not happen: ${stake}`,
    mend: nearest === null ? removal(message, keys) : `rename it to \`${nearest}\``,
  }),
  'missing-key': (context) => ({
    effect: `nothing would decide it: ${about(context)}`,
    mend: `add \`${context.name}\`: ${context.expectation ?? 'see rules/README.md'}`,
  }),
  'number-for-decimal': (context) => ({
    effect: `a number is read with 15 to 17 digits, so that another amount than the one written could be applied: ${about(context)}`,
    mend: asDecimal(context),
  }),
  'malformed-decimal': unreadable,
  'malformed-text': unreadable,
  'wrong-type': unreadable,
  'unknown-choice': (context) => ({
    effect: `the engine does not know this choice and could only guess: ${about(context)}`,
    mend: nearestOr(context),
  }),
  'unknown-fact': undecidable,
  'unknown-operator': undecidable,
  'comparison-mismatch': undecidable,
  'unknown-event': (context) => ({
    effect: `the rule would fire and nothing would follow: ${context.stake}`,
    mend: nearestOr(context),
  }),
  'empty-list': (context) => ({
    effect: `it would hold for nothing at all: ${about(context)}`,
    mend: 'add at least one entry',
  }),
  'list-too-long': (context) => ({
    effect: `its last entries would have to be left out: ${about(context)}`,
    mend: expected(context),
  }),
  'out-of-range': unreadable,
  'weight-out-of-bounds': (context) => ({
    effect: `one factor would decide alone who is deleveraged, and small differences would outweigh large profits: ${about(context)}`,
    mend: expected(context),
  }),
  'empty-condition': ({ event }) => ({
    effect: `an empty list of conditions holds always: ${everyone(event)}`,
    mend: 'add a condition, or remove the rule',
  }),
  'mixed-condition': ({ event }) => ({
    effect: `one of them would be ignored: \`${event ?? 'the event'}\` for all of whom the other one alone is true`,
    mend: 'put one inside the other, such as { "all": [a, { "any": [b, c] }] }',
  }),
  'unclear-condition': (context) => ({
    effect: `nobody could say when the rule fires: \`${context.event ?? 'the event'}\` for everyone or for nobody`,
    mend: expected(context),
  }),
  'negated-tree': ({ event }) => ({
    effect: `a part of the condition could be ignored: \`${event ?? 'the event'}\` for those whom it should spare`,
    mend: 'turn it round: `not` of `all` is `any` of `not`, or use the opposite operators',
  }),
};

const isByteCode = (code: FormFindingCode): code is ByteCode => Object.hasOwn(BYTE_TEXTS, code);

/** Effect and mend of a fault of bytes or form. */
export const formConsequence = (code: FormFindingCode, context: FormContext): Consequence =>
  isByteCode(code) ? BYTE_TEXTS[code](context.stake, context.name) : FORM_TEXTS[code](context);
