/**
 * The forms of the closed grammar of rule files, written by hand and slowly, beside the schemas that the loader has. A form gives what is wrong with a
 * value; nothing for a value that is in order.
 */
export type Form = (value: unknown, path: string) => readonly string[];

export type Members = Readonly<Record<string, unknown>>;

export const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (path: string, what: string): readonly string[] => [`${path} is no ${what}`];

/** A string for which `holds`. */
export const text =
  (what: string, holds: (text: string) => boolean): Form =>
  (value, path) =>
    typeof value === 'string' && holds(value) ? [] : wrong(path, what);

export const choice = (...words: readonly string[]): Form => text(`one of ${words.join(', ')}`, (word) => words.includes(word));

export const flag: Form = (value, path) => (value === true || value === false ? [] : wrong(path, 'yes or no'));

const anything: Form = () => [];

export const nothing: Form = (value, path) => (value === null ? [] : wrong(path, 'null'));

export const orNull =
  (form: Form): Form =>
  (value, path) =>
    value === null ? [] : form(value, path);

export const whole =
  (least: number, most: number): Form =>
  (value, path) =>
    typeof value === 'number' && Math.trunc(value) === value && value >= least && value <= most
      ? []
      : wrong(path, `count of ${least} … ${most}`);

export const list =
  (form: Form, least: number, most: number): Form =>
  (value, path) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) return wrong(path, `list of ${least} … ${most}`);
    return value.flatMap((item, index) => form(item, `${path}[${index}]`));
  };

const annotationFaults = (key: string, value: unknown, path: string): readonly string[] =>
  key === '$schema' && typeof value !== 'string' ? wrong(`${path}.$schema`, 'address') : [];

const isAnnotation = (key: string): boolean => key === '$schema' || key === 'notes';

/** All keys of `needed`, any of `allowed`, annotations, no other. */
export const closed =
  (needed: Readonly<Record<string, Form>>, allowed: Readonly<Record<string, Form>> = {}): Form =>
  (value, path) => {
    if (!isMembers(value)) return wrong(path, 'object');
    const forms = new Map([...Object.entries(needed), ...Object.entries(allowed)]);
    const missing = Object.keys(needed).filter((key) => !Object.hasOwn(value, key));
    return [
      ...missing.map((key) => `${path}.${key} is missing`),
      ...Object.entries(value).flatMap(([key, member]) => {
        if (isAnnotation(key)) return annotationFaults(key, member, path);
        return forms.get(key)?.(member, `${path}.${key}`) ?? [`${path}.${key} is unknown`];
      }),
    ];
  };

/** An object whose `tag` names which of several closed forms the rest of it has. */
export const oneForm =
  (tag: string, forms: Readonly<Record<string, Readonly<Record<string, Form>>>>): Form =>
  (value, path) => {
    const name = isMembers(value) ? value[tag] : undefined;
    const rest = typeof name === 'string' && Object.hasOwn(forms, name) ? forms[name] : undefined;
    return rest === undefined
      ? wrong(`${path}.${tag}`, `one of ${Object.keys(forms).join(', ')}`)
      : closed({ [tag]: anything, ...rest })(value, path);
  };

/** Any keys for which `isKey` holds, and annotations. */
export const keyed =
  (isKey: (key: string) => boolean, form: Form): Form =>
  (value, path) => {
    if (!isMembers(value)) return wrong(path, 'object');
    return Object.entries(value).flatMap(([key, member]) => {
      if (isAnnotation(key)) return annotationFaults(key, member, path);
      return isKey(key) ? form(member, `${path}.${key}`) : [`${path}.${key} is no id`];
    });
  };

const DIGITS = new Set('0123456789');

/** Whether a text is `least` … `most` of the ten digits that the grammar knows. */
export const areDigits = (text: string, least: number, most: number): boolean =>
  text.length >= least && text.length <= most && [...text].every((letter) => DIGITS.has(letter));

/** Fraction digits that a rule file may hold. */
const FRACTION_DIGITS = 12;

/** A decimal as a whole number of quanta of 1e-12; null for what is no decimal of a rule file. */
export const quantaOf = (written: unknown): bigint | null => {
  if (typeof written !== 'string') return null;
  const unsigned = written.startsWith('-') ? written.slice(1) : written;
  const [units = '', fraction, ...rest] = unsigned.split('.');
  if (rest.length > 0 || !areDigits(units, 1, 20) || (fraction !== undefined && !areDigits(fraction, 1, FRACTION_DIGITS))) return null;
  const quanta = BigInt(units + (fraction ?? '').padEnd(FRACTION_DIGITS, '0'));
  return unsigned === written ? quanta : -quanta;
};

export const ONE_IN_QUANTA = 10n ** BigInt(FRACTION_DIGITS);

/** A decimal string whose value lies where `holds` says. */
export const decimal = (what: string, holds: (quanta: bigint) => boolean): Form =>
  text(what, (written) => {
    const quanta = quantaOf(written);
    return quanta !== null && holds(quanta);
  });
