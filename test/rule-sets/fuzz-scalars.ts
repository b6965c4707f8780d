import { FACTS } from '#rule-sets/facts.ts';
import { OPERATOR_NAMES } from '#rule-sets/operators.ts';

/** Words for the scalars of rule documents, as they are written: those in form beside those that nearly are. */
const OPERATORS: readonly string[] = OPERATOR_NAMES.map((name) => JSON.stringify(name));
const FACT_NAMES: readonly string[] = Object.keys(FACTS).map((name) => JSON.stringify(name));

const DECIMALS_IN_FORM = ['0', '1', '-1', '-0', '0.0', '00', '007.50', '1.000000000000', '0.5', '0.004', '0.000000000001', '-100', '50000'];
const DECIMALS_AT_THE_END = ['99999999999999999999', '-99999999999999999999.999999999999', '0.999999999999', '1.0', '0.99'];
const DECIMALS_OUT_OF_FORM = [
  '0.0000000000001',
  '999999999999999999999',
  '1e5',
  '+1',
  '.5',
  '5.',
  '0x10',
  '1_000',
  ' 1',
  '1 ',
  '1,5',
  '--1',
  '-',
];
const DECIMALS_OF_OTHERS = ['NaN', 'Infinity', '٣', '１', '1\n', '1\u0000', '', '9'.repeat(5000)];

const DECIMALS: readonly string[] = [...DECIMALS_IN_FORM, ...DECIMALS_AT_THE_END, ...DECIMALS_OUT_OF_FORM, ...DECIMALS_OF_OTHERS].map(
  (text) => JSON.stringify(text),
);

const DURATIONS: readonly string[] = [
  'PT60S',
  'PT8H',
  'P1DT1H',
  'P1D',
  'PT0S',
  'P1Y',
  'PT1.5S',
  'P1DT',
  'PT',
  'PT99999999S',
  'pt1h',
  'PT1S1H',
].map((text) => JSON.stringify(text));

const DATES_AND_VERSIONS: readonly string[] = [
  '2025-02-30',
  '2024-02-29',
  '2100-02-29',
  '1.0',
  '01.0.0',
  '9.9.9',
  '1.0.0-a',
  '999999.0.0',
].map((text) => JSON.stringify(text));

const NUMBERS: readonly string[] = [
  ...['0', '-0', '1', '2', '-1', '-4', '-5', '4', '5', '100', '101', '0.1', '1e2', '1.0', '1000000', '1000001', '2147483648'],
  ...['1E400', '-1e-400', '1e-7', '9007199254740993', '01', '1.', '+1', 'NaN', 'Infinity', '9'.repeat(400)],
];

const TEXTS: readonly string[] = [
  ...['""', '" "', '"*"', '"__proto__"', '"constructor"', '"toString"', '"\\u005f_proto__"', '"\\ud800"', '"\\u0000"', '"\u202e"'],
  ...['"e\u0301"', '"\ud83d\ude00"', '"А"', '"http://a"', '"http://"', '"javascript:1"', `"${'x'.repeat(40)}"`, `"${'x'.repeat(41)}"`],
];

const OTHERS: readonly string[] = [
  ...['null', 'true', 'false', '[]', '{}', '[null]', '[[]]', '{"":0}', "'x'", 'undefined', '/* */ 1', 'nul', 'TRUE'],
  ...[`${'['.repeat(30)}${']'.repeat(30)}`, `${'{"all":['.repeat(5000)}${']}'.repeat(5000)}`, `[${'1,'.repeat(2000)}1]`],
];

/** Everything that may stand where it should not. */
export const SCALARS: readonly string[] = [...DECIMALS, ...DURATIONS, ...DATES_AND_VERSIONS, ...NUMBERS, ...TEXTS, ...OTHERS];

/** Scalars that mean the same kind of thing as this one, so that a check of that kind is tried at its borders; `words` and odd texts for an id or the name of a choice. */
export const kinOf = (written: string, words: readonly string[]): readonly string[] => {
  if (OPERATORS.includes(written)) return OPERATORS;
  if (FACT_NAMES.includes(written)) return FACT_NAMES;
  if (/^"-?[\d.]+"$/.test(written)) return written.split('.').length > 2 ? DATES_AND_VERSIONS : DECIMALS;
  if (/^"P[\dT]/.test(written)) return DURATIONS;
  if (/^"\d{4}-/.test(written)) return DATES_AND_VERSIONS;
  if (/^[-\d]/.test(written)) return NUMBERS;
  return /^"/.test(written) ? [...words, ...TEXTS] : ['null', 'true', 'false', '"0.5"', '"PT1H"'];
};

/** Keys as they are written: those that reach behind an object, annotations, keys of other places, and look-alikes. */
export const KEYS: readonly string[] = [
  ...[
    '"__proto__"',
    '"constructor"',
    '"prototype"',
    '"\\u005f\\u005fproto__"',
    '"notes"',
    '"$schema"',
    '"path"',
    '"params"',
    '"condition"',
  ],
  ...[
    '"all"',
    '"any"',
    '"not"',
    '"fact"',
    '"value"',
    '"type"',
    '"fraction"',
    '"*"',
    '""',
    '"toString"',
    '"hasOwnProperty"',
    '"nаme"',
    '"\\ud800"',
  ],
];
