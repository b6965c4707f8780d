/** Where a value stands in a table, for the message of whoever finds it wrong. */
export interface Place {
  readonly table: string;
  readonly key: string;
  /** Path inside the item, such as `positions[0].quantity`; empty for the item itself. */
  readonly attribute: string;
}

/** The place of a member inside another place. */
export const within = (at: Place, member: string | number): Place => {
  const step = typeof member === 'number' ? `[${member}]` : member;
  const joint = at.attribute === '' || typeof member === 'number' ? '' : '.';
  return { ...at, attribute: `${at.attribute}${joint}${step}` };
};

/** What stands in a table is not what the engine writes there. Whoever meets it decides nothing on it. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly place: Place;

  constructor(place: Place, expectation: string) {
    super(`item \`${place.key}\` of ${place.table}: attribute \`${place.attribute}\`: expected ${expectation}`);
    this.place = place;
  }
}
