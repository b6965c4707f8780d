import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { present } from '#core/invariant.ts';
import type { Attribute } from './attribute.ts';
import { DecodeError, type Place, within } from './decode-error.ts';

/** null where there is no value; the attribute itself is always there. */
export const nullable = <Value>(inner: Attribute<Value>): Attribute<Value | null> => ({
  encode: (value) => (value === null ? { NULL: true } : inner.encode(value)),
  decode: (attribute, at) => (attribute.NULL === true ? null : inner.decode(attribute, at)),
  parse: (json, at) => (json === null ? null : inner.parse(json, at)),
});

/** A member that is only there where it has a value. */
export const optional = <Value>(inner: Attribute<Value>): Attribute<Value | undefined> => ({
  encode: (value) => inner.encode(present(value, 'a missing member is not written')),
  decode: inner.decode,
  parse: inner.parse,
  mayBeMissing: true,
});

export const list = <Value>(inner: Attribute<Value>): Attribute<readonly Value[]> => ({
  encode: (values) => ({ L: values.map(inner.encode) }),
  decode: ({ L }, at) => {
    if (L === undefined) throw new DecodeError(at, 'a list');
    return L.map((each, place) => inner.decode(each, within(at, place)));
  },
  parse: (json, at) => {
    if (!Array.isArray(json)) throw new DecodeError(at, 'a list');
    return json.map((each, place) => inner.parse(each, within(at, place)));
  },
});

/** The members of a JSON object. */
export const membersOf = (json: unknown, at: Place): Readonly<Record<string, unknown>> => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new DecodeError(at, 'a map');
  return Object.fromEntries(Object.entries(json));
};

const attributesOf = (attribute: AttributeValue, at: Place): Readonly<Record<string, AttributeValue>> => {
  if (attribute.M === undefined) throw new DecodeError(at, 'a map');
  return attribute.M;
};

/** Values by a key that `keys` reads, such as amounts by market. */
export const mapOf = <Value>(keys: Attribute<string>, inner: Attribute<Value>): Attribute<ReadonlyMap<string, Value>> => ({
  encode: (values) => ({ M: Object.fromEntries([...values].map(([key, each]) => [keys.encode(key).S ?? '', inner.encode(each)])) }),
  decode: (attribute, at) =>
    new Map(Object.entries(attributesOf(attribute, at)).map(([key, each]) => [keys.parse(key, at), inner.decode(each, within(at, key))])),
  parse: (json, at) =>
    new Map(Object.entries(membersOf(json, at)).map(([key, each]) => [keys.parse(key, at), inner.parse(each, within(at, key))])),
});

/** One attribute per member of a type, none left out. */
export type Members<Value> = { readonly [Name in keyof Value]-?: Attribute<Value[Name]> };

/** Reads every member and nothing else: an unknown one is refused, and a missing one that has to be there. */
const readMembers = <Value, Form>(
  members: Members<Value>,
  found: Readonly<Record<string, Form>>,
  at: Place,
  read: (member: Attribute<unknown>, form: Form, at: Place) => unknown,
): Value => {
  const unknown = Object.keys(found).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) throw new DecodeError(within(at, unknown), 'no such attribute');
  const values = Object.entries<Attribute<unknown>>(members).flatMap(([name, member]) => {
    const form = found[name];
    if (form !== undefined) return [[name, read(member, form, within(at, name))] as const];
    if (member.mayBeMissing) return [];
    throw new DecodeError(within(at, name), 'an attribute that is not missing');
  });
  // cast: every member of the type was read by its own attribute
  return Object.fromEntries(values) as Value;
};

export const encodeMembers = <Value extends object>(members: Members<Value>, value: Value): Record<string, AttributeValue> => {
  const values = new Map<string, unknown>(Object.entries(value));
  const entries = Object.entries<Attribute<unknown>>(members).filter(
    ([name, member]) => !member.mayBeMissing || values.get(name) !== undefined,
  );
  return Object.fromEntries(entries.map(([name, member]) => [name, member.encode(values.get(name))]));
};

export const decodeMembers = <Value>(members: Members<Value>, found: Readonly<Record<string, AttributeValue>>, at: Place): Value =>
  readMembers(members, found, at, (member, form, place) => member.decode(form, place));

/** A closed map of named members. */
export const structure = <Value extends object>(members: Members<Value>): Attribute<Value> => ({
  encode: (value) => ({ M: encodeMembers(members, value) }),
  decode: (attribute, at) => decodeMembers(members, attributesOf(attribute, at), at),
  parse: (json, at) => readMembers(members, membersOf(json, at), at, (member, form, place) => member.parse(form, place)),
});

/**
 * A union told apart by what `pick` makes of the names and the texts that a value has; null for none of its variants.
 * `expectation` is what a value of none of them should have been.
 */
export const union = <Value extends object>(
  expectation: string,
  pick: (textOf: (name: string) => string | null) => Attribute<Value> | null,
): Attribute<Value> => {
  const variantOf = (textOf: (name: string) => string | null, at: Place): Attribute<Value> => {
    const variant = pick(textOf);
    if (variant === null) throw new DecodeError(at, expectation);
    return variant;
  };
  const textIn = (members: Readonly<Record<string, unknown>>, name: string): string | null => {
    const found = Object.hasOwn(members, name) ? members[name] : null;
    return typeof found === 'string' ? found : found === null ? null : '';
  };
  return {
    encode: (value) =>
      present(
        pick((name) => textIn(Object.fromEntries(Object.entries(value)), name)),
        expectation,
      ).encode(value),
    decode: (attribute, at) => {
      const members = attributesOf(attribute, at);
      return variantOf((name) => (Object.hasOwn(members, name) ? (members[name]?.S ?? '') : null), at).decode(attribute, at);
    },
    parse: (json, at) => {
      const members = membersOf(json, at);
      return variantOf((name) => textIn(members, name), at).parse(json, at);
    },
  };
};

type VariantMembers<Value, Tag extends keyof Value> = {
  readonly [Kind in Value[Tag] & string]: Members<Omit<Extract<Value, Readonly<Record<Tag, Kind>>>, Tag>>;
};

/** A union told apart by the text of its member `tag`. */
export const variants = <Value extends object, const Tag extends keyof Value & string>(
  tag: Tag,
  kinds: VariantMembers<Value, Tag>,
  tagOf: (kind: string) => Attribute<string>,
): Attribute<Value> => {
  const known = new Map(
    Object.entries<object>(kinds).map(([kind, members]) => {
      // cast: the members of a variant and its tag are the variant
      return [kind, structure({ [tag]: tagOf(kind), ...members } as Members<Value>)] as const;
    }),
  );
  return union(`\`${tag}\` to be one of ${[...known.keys()].join(', ')}`, (textOf) => known.get(textOf(tag) ?? '') ?? null);
};
