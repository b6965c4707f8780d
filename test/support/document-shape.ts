/** The form of a JSON document: exactly these keys, and for every value what it may be. */
export type Shape =
  | { readonly kind: 'TEXT'; readonly pattern: RegExp; readonly nullable: boolean }
  | { readonly kind: 'COUNT' }
  | { readonly kind: 'FLAG' }
  | { readonly kind: 'LIST'; readonly of: Shape }
  | { readonly kind: 'MAP'; readonly of: Shape }
  | { readonly kind: 'OPTIONAL'; readonly of: Shape }
  | { readonly kind: 'OBJECT'; readonly keys: Readonly<Record<string, Shape>> };

const matching = (pattern: RegExp): Shape => ({ kind: 'TEXT', pattern, nullable: false });

export const text = matching(/./);
/** A decimal as every document writes it: a string without exponent, sign of zero or idle zeros. */
export const decimalText = matching(/^(?!-0$)-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
export const oneOf = (...words: readonly string[]): Shape => matching(new RegExp(`^(?:${words.join('|')})$`));
export const orNull = (shape: Shape): Shape => (shape.kind === 'TEXT' ? { ...shape, nullable: true } : { kind: 'OPTIONAL', of: shape });
export const count: Shape = { kind: 'COUNT' };
export const flag: Shape = { kind: 'FLAG' };
export const listOf = (of: Shape): Shape => ({ kind: 'LIST', of });
export const mapOf = (of: Shape): Shape => ({ kind: 'MAP', of });
export const exactly = (keys: Readonly<Record<string, Shape>>): Shape => ({ kind: 'OBJECT', keys });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectFaults = (value: unknown, keys: Readonly<Record<string, Shape>>, path: string): readonly string[] => {
  if (!isRecord(value)) return [`${path}: no object`];
  const missing = Object.keys(keys).filter((key) => !Object.hasOwn(value, key));
  const surplus = Object.keys(value).filter((key) => !Object.hasOwn(keys, key));
  return [
    ...missing.map((key) => `${path}.${key}: missing`),
    ...surplus.map((key) => `${path}.${key}: not in the contract`),
    ...Object.entries(keys).flatMap(([key, shape]) => (key in value ? shapeFaults(value[key], shape, `${path}.${key}`) : [])),
  ];
};

/** Where a document departs from its form; empty when it keeps to it. */
export const shapeFaults = (value: unknown, shape: Shape, path = '$'): readonly string[] => {
  const unless = (holds: boolean): readonly string[] => (holds ? [] : [`${path}: ${JSON.stringify(value)}`]);
  switch (shape.kind) {
    case 'TEXT':
      return unless(value === null ? shape.nullable : typeof value === 'string' && shape.pattern.test(value));
    case 'COUNT':
      return unless(Number.isSafeInteger(value) && Number(value) >= 0);
    case 'FLAG':
      return unless(typeof value === 'boolean');
    case 'LIST':
      return Array.isArray(value) ? value.flatMap((each, index) => shapeFaults(each, shape.of, `${path}[${index}]`)) : unless(false);
    case 'MAP':
      return isRecord(value)
        ? Object.entries(value).flatMap(([key, each]) => shapeFaults(each, shape.of, `${path}["${key}"]`))
        : unless(false);
    case 'OPTIONAL':
      return value === null ? [] : shapeFaults(value, shape.of, path);
    case 'OBJECT':
      return objectFaults(value, shape.keys, path);
  }
};
