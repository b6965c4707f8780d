import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { invariant } from '#core/invariant.ts';
import type { Attribute } from './attribute.ts';
import { type Members, structure } from './composite-attribute.ts';
import { DecodeError, type Place, within } from './decode-error.ts';
import { composedKey } from './key-attributes.ts';

/** An item as a table holds it. */
export type Attributes = Record<string, AttributeValue>;

/**
 * What a table holds and what the engine makes of it. `decode` reads strictly: an attribute that is unknown, missing or not what the engine writes there
 * throws `DecodeError`. `encode` throws `InvariantViolation` for what `decode` would refuse.
 */
export interface ItemCodec<Item> {
  readonly table: string;
  readonly encode: (item: Item) => Attributes;
  readonly decode: (attributes: Attributes) => Item;
}

/** Everything of an item but its members. */
export interface ItemFrame<Item> {
  readonly table: string;
  /** Attributes that name an item in messages. */
  readonly keys: readonly string[];
  /** Attributes with the same text in every item of the kind. */
  readonly constants?: Readonly<Record<string, string>>;
  /** Attributes that follow from the members, such as a key that is composed of them. An item that says otherwise is refused. */
  readonly derived?: Readonly<Record<string, (item: Item) => string>>;
  /** Attributes that others keep in the item for themselves: never written, never read. */
  readonly beside?: readonly string[];
}

/** What of a key is shown: as much as a good one has. */
const SHOWN_LENGTH_MAX = 400;

const placeOf = (table: string, keys: readonly string[], attributes: Attributes): Place => {
  const shown = keys.map((name) => attributes[name]?.S ?? attributes[name]?.N ?? '').join('/');
  return { table, key: shown.slice(0, SHOWN_LENGTH_MAX), attribute: '' };
};

const memberAttributes = (attribute: AttributeValue): Attributes => {
  invariant(attribute.M !== undefined, 'an item is a map of attributes');
  return attribute.M;
};

/** The codec of items whose members, taken together, are read by one attribute, such as a union of kinds. */
export const itemOf = <Item extends object>(frame: ItemFrame<Item>, attribute: Attribute<Item>): ItemCodec<Item> => {
  const { table, keys, constants = {}, derived = {}, beside = [] } = frame;
  const composed = new Map<string, (item: Item) => string>(Object.entries(derived));
  for (const [name, value] of Object.entries(constants)) composed.set(name, () => value);
  const isMember = ([name]: readonly [string, AttributeValue]): boolean => !composed.has(name) && !beside.includes(name);
  return {
    table,
    encode: (item) => {
      const around = [...composed].map(([name, textOf]) => [name, composedKey.encode(textOf(item))] as const);
      return { ...Object.fromEntries(around), ...memberAttributes(attribute.encode(item)) };
    },
    decode: (attributes) => {
      const at = placeOf(table, keys, attributes);
      const item = attribute.decode({ M: Object.fromEntries(Object.entries(attributes).filter(isMember)) }, at);
      for (const [name, textOf] of composed) {
        const expected = textOf(item);
        if (attributes[name]?.S !== expected) throw new DecodeError(within(at, name), `\`${expected}\``);
      }
      return item;
    },
  };
};

/** Members, each with its attribute, and what is around them. */
export interface ItemShape<Item> extends ItemFrame<Item> {
  readonly members: Members<Item>;
}

/** The codec of items with one attribute per member. */
export const itemCodec = <Item extends object>(shape: ItemShape<Item>): ItemCodec<Item> => itemOf(shape, structure(shape.members));
