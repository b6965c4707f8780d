import type { Writer } from '#core/commit.ts';
import type { OrderSide, Side } from '#core/market/side.ts';
import type { RuleSetReference } from '#core/policy.ts';
import { type Attribute, oneOf, text, whole } from './attribute.ts';
import { structure } from './composite-attribute.ts';

const ID = '[A-Za-z0-9_.-]{1,40}';

/** Longest key that is composed of ids. */
const COMPOSED_LENGTH_MAX = 160;

/** Longest name of a record: a kind, an order and its number. */
const RECORD_LENGTH_MAX = 220;

const composed = (expectation: string, lengthMax: number): Attribute<string> =>
  text(`${expectation} of at most ${lengthMax} characters`, new RegExp(`^(?=.{1,${lengthMax}}$)${ID}(?:#${ID})*$`));

/** Of an account, a market, an asset, a fund or a tag. */
export const id = text('an id of 1 to 40 letters, digits, `_`, `.` or `-`', new RegExp(`^${ID}$`));

/** A market id, or `*` for every market. */
export const marketOrAny = text('a market id or `*`', new RegExp(`^(?:\\*|${ID})$`));

/** Ids joined by `#`, such as the id of a pool, a case or a wave. */
export const composedKey = composed('a composed key', COMPOSED_LENGTH_MAX);

/** The id of a decision or of a posting. */
export const recordKey = composed('the id of a record', RECORD_LENGTH_MAX);

/** Words for people; empty or not. */
export const words = text('a text', /^/);

export const side: Attribute<Side> = oneOf('LONG', 'SHORT');
export const orderSide: Attribute<OrderSide> = oneOf('BUY', 'SELL');
export const lastWriter: Attribute<Writer> = oneOf('VENUE', 'WATCH', 'EVALUATE', 'OPEN', 'SETTLE', 'DELEVERAGE', 'OPERATOR');

/** Version of a mutable item: it is put as 1 and counts its writes. */
export const version = whole((value) => value, 1);

export const ruleSetVersion = text('a version of three numbers', /^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$/);
export const contentHash = text('a hash', /^sha256:[0-9a-f]{64}$/);

/** Which law, by name and by content. */
export const ruleSetReference: Attribute<RuleSetReference> = structure({
  id,
  version: ruleSetVersion,
  hash: contentHash,
});
