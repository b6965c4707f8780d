declare const brand: unique symbol;

/** A type that only its own constructor makes: a quantity cannot be passed where a price is expected. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };
