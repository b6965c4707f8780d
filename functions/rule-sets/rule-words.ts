import { Decimal } from '#core/units/decimal.ts';
import type { FactName, Facts } from './facts.ts';
import { OPERATOR_MEANINGS } from './operators.ts';
import type { Condition, Leaf } from './rule-set.ts';

/** Digits of a value in a sentence: enough to find the threshold that it stands beside. */
const DIGITS = 12;

const inBackticks = (text: string): string => `\`${text}\``;

/** `A`, `B` and `C`. */
export const listed = (names: readonly string[]): string => {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
};

/** Names that a sentence can hold; of more, so many are given and the rest is counted. */
const NAMES_MAX = 12;

/** ``rule `a` `` or ``rules `a` and `b` ``. */
export const rulesNamed = (names: readonly string[]): string => {
  const more = names.length - NAMES_MAX;
  const given = names.slice(0, NAMES_MAX).map(inBackticks);
  return `${names.length === 1 ? 'rule' : 'rules'} ${listed(more > 0 ? [...given, `${more} more`] : given)}`;
};

const leafInWords = ({ fact, operator, value }: Leaf): string =>
  typeof value === 'string'
    ? `${inBackticks(fact)} ${OPERATOR_MEANINGS[operator].replace('the value', inBackticks(value))}`
    : `${inBackticks(fact)} among ${listed(value.map(inBackticks))}`;

/** A comparison in words, such as ``` `marginExcess` below `0` ```; null for a condition that is none. */
export const inWords = (condition: Condition): string | null => {
  if ('not' in condition) return `not ${leafInWords(condition.not)}`;
  return 'fact' in condition ? leafInWords(condition) : null;
};

const factInWords = (fact: FactName, value: Decimal | string | undefined): string => {
  const name = fact.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const text = Decimal.isDecimal(value) ? value.toSignificantDigits(DIGITS).toFixed() : (value ?? 'unknown');
  return `${name} ${inBackticks(text)}`;
};

/** ``margin excess `-5` and margin ratio `1.005` ``: these facts by name and value. */
export const factsInWords = (facts: Facts, names: readonly FactName[]): string =>
  listed([...new Set(names)].map((name) => factInWords(name, facts.get(name))));
