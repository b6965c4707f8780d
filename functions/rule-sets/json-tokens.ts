/** Reading of single JSON tokens by position, shared by the scan that judges a document and the walk that finds a place in it. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Digits that any double keeps, so that a shorter number needs no second look. */
const DIGITS_EXACT = 15;

/** Position of the first character from `at` on that is not JSON white space; the text's length at its end. */
export const skipSpace = (text: string, at: number): number => {
  let position = at;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return position;
    position += 1;
  }
};

/** Position after the string that opens at `at`; −1 when it is not a well-formed JSON string. */
export const stringEnd = (text: string, at: number): number => {
  for (let position = at + 1; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === QUOTE) return position + 1;
    if (code < FIRST_PRINTABLE) return -1;
    if (code === BACKSLASH) {
      ESCAPE.lastIndex = position;
      if (!ESCAPE.test(text)) return -1;
      position = ESCAPE.lastIndex - 1;
    }
  }
  return -1;
};

/** The string between `at` and `end`, escapes resolved. */
export const stringValue = (text: string, at: number, end: number): string => {
  const raw = text.slice(at + 1, end - 1);
  return raw.includes('\\') ? String(JSON.parse(text.slice(at, end))) : raw;
};

/** Position after the number that starts at `at`; −1 when it is not a well-formed JSON number. */
export const numberEnd = (text: string, at: number): number => {
  NUMBER.lastIndex = at;
  return NUMBER.test(text) ? NUMBER.lastIndex : -1;
};

/** Digits without leading and trailing zeros, and the power of ten of the last one: equal for equal values however they are written. */
const canonicalDigits = (text: string): string => {
  const [mantissa = '', exponent = '0'] = text
    .toLowerCase()
    .replace('-', '')
    .split(/e(?=[+-]?\d)/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '0' : `${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`;
};

/** Why a double cannot hold the number as written, or null when it can (`1e999` is infinite, `9007199254740993` loses its last digit). */
export const numberLoss = (text: string): string | null => {
  if (text.length <= DIGITS_EXACT && !/[eE]/.test(text)) return null;
  const value = Number(text);
  if (!Number.isFinite(value)) return 'is not a finite number';
  return canonicalDigits(text.replace(/^-/, '')) === canonicalDigits(String(value).replace(/^-/, ''))
    ? null
    : 'loses digits when it is read';
};
