import { z } from 'zod';

/**
 * The one source of `rules/schema/venue-*.schema.json`: the items that a venue writes and reads, as DynamoDB JSON. What a schema accepts, the codecs of
 * `functions/adapters/dynamodb` read; the tests hold them against each other.
 */
const textOf = (pattern: RegExp, description: string) => z.strictObject({ S: z.string().regex(pattern) }).describe(description);
const numberOf = (pattern: RegExp, description: string) => z.strictObject({ N: z.string().regex(pattern) }).describe(description);
const oneOf = (values: readonly [string, ...string[]], description: string) => z.strictObject({ S: z.enum(values) }).describe(description);
const listOf = (inner: z.ZodType, description: string) => z.strictObject({ L: z.array(inner) }).describe(description);
const mapOf = (shape: z.ZodRawShape) => z.strictObject({ M: z.strictObject(shape) });
const orNull = (inner: z.ZodType, description: string) => z.union([inner, z.strictObject({ NULL: z.literal(true) })]).describe(description);

const ID = /^[A-Za-z0-9_.-]{1,40}$/;
/** A market, or all of them. */
const MARKET_OR_ANY = /^(?:\*|[A-Za-z0-9_.-]{1,40})$/;
const COMPOSED = /^(?=.{1,160}$)[A-Za-z0-9_.-]{1,40}(?:#[A-Za-z0-9_.-]{1,40})*$/;

/** Plain notation of at most 38 significant digits; no exponent, no leading or trailing zeros. */
const POSITIVE = /^(?=0?\.?0*(?:\d\.?){1,38}$)(?:[1-9]\d{0,37}(?:\.\d{0,99}[1-9])?|0\.\d{0,99}[1-9])$/;
const NOT_NEGATIVE = new RegExp(`^0$|${POSITIVE.source}`);

/** What a venue writes: below 1e18 in absolute value, with at most 18 decimal places. */
const BOUNDED = /^(?:[1-9]\d{0,17}(?:\.\d{0,17}[1-9])?|0\.\d{0,17}[1-9])$/;
const BOUNDED_NOT_NEGATIVE = new RegExp(`^0$|${BOUNDED.source}`);
const BOUNDED_SIGNED = new RegExp(`^0$|${BOUNDED.source.replace('^', '^-?')}`);

const WHOLE = /^(?:0|[1-9]\d{0,14})$/;
const COUNTED = /^[1-9]\d{0,14}$/;

const id = (description: string) => textOf(ID, description);
const composedKey = (description: string) => textOf(COMPOSED, description);
const price = (description: string) => numberOf(POSITIVE, description);
const contracts = (description: string) => numberOf(POSITIVE, description);
const whole = (description: string) => numberOf(WHOLE, description);
const side = (description: string) => oneOf(['LONG', 'SHORT'], description);
const orderSide = oneOf(['BUY', 'SELL'], 'What the order does.');

const version = numberOf(COUNTED, 'Grows by one with every write.');
const lastWriter = oneOf(
  ['VENUE', 'WATCH', 'EVALUATE', 'OPEN', 'SETTLE', 'DELEVERAGE', 'OPERATOR'],
  'Who wrote this version; VENUE in what a venue writes.',
);

export const venueObservationSchema = z
  .strictObject({
    marketId: id('Partition key: a market of the engine.'),
    sequence: numberOf(COUNTED, 'Sort key: number of the observation in its market, above every one before.'),
    markPrice: numberOf(BOUNDED, 'Mark price, quote per base unit; below 1e18, at most 18 decimal places.'),
    indexPrice: numberOf(BOUNDED, 'Index price, quote per base unit; below 1e18, at most 18 decimal places.'),
    observedAt: whole('When it was observed, milliseconds since 1970.'),
    openInterest: numberOf(
      BOUNDED_NOT_NEGATIVE,
      'Contracts open in the market, counted on one side; below 1e18, at most 18 decimal places. Only where initial margin depends on it.',
    ).optional(),
    source: textOf(/^[ -~]{1,100}$/, 'Where it comes from, for people.').optional(),
    expiresAt: numberOf(COUNTED, 'When the table may forget it, seconds since 1970.').optional(),
  })
  .describe('Observation: a mark as the venue publishes it, an item of the table Observations as DynamoDB JSON.');

const position = mapOf({
  marketId: id('A market of the engine.'),
  side: side('Side of the position.'),
  quantity: numberOf(BOUNDED, 'Unsigned size, in contracts; below 1e18, at most 18 decimal places.'),
  entryValue: numberOf(
    BOUNDED_NOT_NEGATIVE,
    'What it was opened for, in the settlement asset: quantity × multiplier × entry price, in an inverse market / entry price; below 1e18, at most 18 decimal places.',
  ),
}).describe('One side of one market.');

const interval = mapOf({
  kind: z.strictObject({ S: z.literal('INTERVAL') }),
  marketId: id('A market of the pool.'),
  below: orNull(price('Lower end.'), 'The pool is looked at when the mark is at or below; null for never.'),
  above: orNull(price('Upper end.'), 'The pool is looked at when the mark is at or above; null for never.'),
}).describe('Issued by the engine.');

const due = mapOf({
  kind: z.strictObject({ S: z.literal('DUE') }),
  marketId: id('A market of the pool.'),
}).describe('The pool is looked at on the next mark.');

export const venuePoolSchema = z
  .strictObject({
    poolId: composedKey('Partition key: account#CROSS#asset or account#ISOLATED#market#side.'),
    accountId: id('Whose pool it is.'),
    marginMode: oneOf(['CROSS', 'ISOLATED'], 'CROSS: margined by the wallet balance. ISOLATED: one position with its own margin.'),
    settlementAsset: id('Asset of the balance.'),
    tags: listOf(z.strictObject({ S: z.string() }), 'Labels that rule sets may exclude from deleveraging.'),
    balance: numberOf(
      BOUNDED_SIGNED,
      'Wallet balance, or the isolated margin; in the settlement asset, may be negative; below 1e18 in absolute value, at most 18 decimal places.',
    ),
    positions: listOf(position, 'By market id, then LONG before SHORT.'),
    guards: listOf(z.union([due, interval]), 'One per market that the pool holds. A venue writes DUE only.'),
    caseId: orNull(composedKey('A case.'), 'The live case that holds the pool; null when free. A venue never changes it.'),
    caseCount: whole('Cases ever opened on the pool. A venue never changes it; 0 in a new pool.'),
    deferredSince: orNull(whole('Milliseconds since 1970.'), 'Since when an opening waits. A venue never changes it; null in a new pool.'),
    lastReduction: orNull(
      mapOf({
        rule: id('Name of the rule that chose it.'),
        at: whole('When it was sent, milliseconds since 1970.'),
        until: whole('End of its cooldown or interval, milliseconds since 1970.'),
      }),
      'The latest part of the pool that a liquidation was sent for. A venue never changes it; null in a new pool.',
    ),
    version,
    lastWriter,
  })
  .describe('Pool: a unit of margin, an item of the table Pools as DynamoDB JSON.');

export const venueHintSchema = z
  .strictObject({
    hintKey: composedKey('Partition key: GUARD#market#DUE#shard or EXPOSURE#market#side#shard.'),
    position: composedKey("Sort key: the pool's id."),
    poolId: composedKey('The pool that the row leads to.'),
    poolVersion: numberOf(COUNTED, 'Version of the pool that the row is put with.'),
  })
  .describe('Hint row: leads from a market to a pool, an item of the table Hints as DynamoDB JSON.');

const everyOrder = {
  orderId: composedKey('Partition key: the case, and what of it.'),
  caseId: composedKey('The case that it belongs to.'),
  version,
  lastWriter,
};

const fill = mapOf({
  quantity: contracts('Contracts executed; a venue writes below 1e18, at most 18 decimal places.'),
  price: price('Price of the execution, quote per base unit; a venue writes below 1e18, at most 18 decimal places.'),
}).describe('One execution; the first in the list is number 1.');

const liquidationOrder = z
  .strictObject({
    ...everyOrder,
    kind: z.strictObject({ S: z.literal('LIQUIDATION') }),
    poolId: composedKey('The pool whose position is closed.'),
    wave: composedKey('The wave that opened it: fund#market#sequence.'),
    marketId: id('Where it is to be executed.'),
    positionSide: side('Side of the position that is closed.'),
    side: orderSide,
    quantity: contracts('Contracts to execute at most.'),
    limitPrice: price('Worst price, on the tick; the fund cannot pay for a worse one.'),
    reserved: numberOf(NOT_NEGATIVE, 'What the fund holds for this order, in the settlement asset.'),
    fundId: id('The fund that holds it.'),
    expiresAt: whole('When the venue has to have ended it, milliseconds since 1970.'),
    status: oneOf(['NEW', 'ENDED', 'SETTLED'], 'NEW until the venue ends it or it expires; SETTLED by the engine.'),
    fillSequence: whole('Number of the last fill; 0 for none.'),
    filledQuantity: numberOf(NOT_NEGATIVE, 'Sum of the fills, in contracts.'),
    fills: listOf(fill, 'In the order of their numbers, at most 100.'),
  })
  .describe('To be executed.');

const cancelInstruction = z
  .strictObject({
    ...everyOrder,
    kind: z.strictObject({ S: z.literal('CANCEL_ORDERS') }),
    accountId: id('Whose resting orders are to be cancelled.'),
    marketIds: listOf(textOf(MARKET_OR_ANY, 'A market, or * for every market.'), 'Where; * alone: everywhere.'),
    status: oneOf(['NEW', 'ACKNOWLEDGED'], 'ACKNOWLEDGED by the venue once no order of the account rests there.'),
  })
  .describe('To be acknowledged.');

const RECORDED = /^(?:0|-?(?:[1-9]\d{0,59}(?:\.\d{0,99}[1-9])?|0\.\d{0,99}[1-9]))$/;

const deleveragingOrder = z
  .strictObject({
    ...everyOrder,
    kind: z.strictObject({ S: z.literal('DELEVERAGING') }),
    poolId: composedKey('The counterparty pool whose position was reduced.'),
    accountId: id('Whose pool it is.'),
    marketId: id('The market of the position.'),
    side: orderSide,
    quantity: textOf(RECORDED, 'Contracts that were closed, as text.'),
    price: textOf(RECORDED, 'Settlement price, as text of at most 64 digits: it is not rounded to the tick.'),
  })
  .describe('To be read: it has happened already.');

export const venueOrderSchema = z
  .union([liquidationOrder, cancelInstruction, deleveragingOrder])
  .describe('Order: what the engine tells the venue, an item of the table Orders as DynamoDB JSON.');
