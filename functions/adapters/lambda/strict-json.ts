import { membersOf } from '../dynamodb/composite-attribute.ts';
import { DecodeError, type Place, within } from '../dynamodb/decode-error.ts';

/** JSON whose form is not known yet. */
export type Json = unknown;

/** Reads a value out of JSON, or throws `DecodeError` with the place and what was expected there. */
export type Parser<Value> = (json: Json, at: Place) => Value;

/** The members of an object that has exactly these. */
export const membersRead = (json: Json, at: Place, names: readonly string[]): Readonly<Record<string, Json>> => {
  const members = membersOf(json, at);
  const unknown = Object.keys(members).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new DecodeError(within(at, unknown), 'no such member');
  const missing = names.find((name) => !Object.hasOwn(members, name));
  if (missing !== undefined) throw new DecodeError(within(at, missing), 'a member that is not missing');
  return members;
};

export const eachOf =
  <Value>(parse: Parser<Value>): Parser<readonly Value[]> =>
  (json, at) => {
    if (!Array.isArray(json)) throw new DecodeError(at, 'a list');
    return json.map((each, place) => parse(each, within(at, place)));
  };
