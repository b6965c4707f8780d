import { InvariantViolation } from '#core/invariant.ts';
import type { Result } from '#core/result.ts';
import type { Attributes, ItemCodec } from '../dynamodb/item.ts';

/** What the venue asked for can never be written, whatever the tables hold. Thrown before anything is written; the message names the value. */
export class VenueInputError extends Error {
  override readonly name = 'VenueInputError';
}

/** The value of a result. Throws `VenueInputError` with its refusal. */
export const accepted = <Value>(result: Result<Value, string>): Value => {
  if (!result.ok) throw new VenueInputError(result.refusal);
  return result.value;
};

/** The item as its table holds it. Throws `VenueInputError` for what no item may hold: an id of another form, an amount of more than 38 digits. */
export const encoded = <Item>(codec: ItemCodec<Item>, item: Item): Attributes => {
  try {
    return codec.encode(item);
  } catch (error) {
    if (!(error instanceof InvariantViolation)) throw error;
    throw new VenueInputError(error.message.replace('invariant broken: ', ''), { cause: error });
  }
};
