import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Decision } from '#core/decision.ts';
import { InvariantViolation } from '#core/invariant.ts';
import { plainJson } from '#core/plain-json.ts';
import { whole } from './attribute.ts';
import { decisionAttribute } from './decision-attribute.ts';
import { DecodeError, type Place, within } from './decode-error.ts';
import type { Attributes } from './item.ts';
import { PARTS_MAX, packText, unpackText } from './packed-text.ts';

const PART_DIGITS = 3;

/** Sort key of the n-th part of a decision, from 1. */
const partKey = (number: number): string => `DECISION#${String(number).padStart(PART_DIGITS, '0')}`;

const partsNumber = whole((value) => value, 1, PARTS_MAX);

const placeOf = (items: readonly Attributes[]): Place => ({ table: 'Journal', key: items[0]?.entryKey?.S ?? '', attribute: '' });

/** What a part says about its decision, so that people find it without unpacking. */
const headOf = (decision: Decision): Attributes => ({
  entryKey: { S: decision.decisionId },
  kind: { S: decision.kind },
  at: { N: String(decision.at) },
  waveId: { S: decision.waveId },
  ...('poolId' in decision ? { poolId: { S: decision.poolId } } : {}),
  ...('caseId' in decision ? { caseId: { S: decision.caseId } } : {}),
});

const parsed = (line: string, at: Place): Decision => {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new DecodeError(at, 'a line of JSON');
  }
  return decisionAttribute.parse(json, at);
};

/** A decision that nobody could read back must not be put: what was decided by it could never be explained. */
const readableLine = (decision: Decision): string => {
  const line = JSON.stringify(plainJson(decision));
  try {
    parsed(line, { table: 'Journal', key: decision.decisionId, attribute: '' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new InvariantViolation(`invariant broken: a decision is put as it is read back: ${reason}`, { cause: error });
  }
  return line;
};

/**
 * Journal: (decision, DECISION#001 …) → the decision's line of JSON, packed and in parts, each with what people look for beside it.
 * Throws `InvariantViolation` for a decision that would not be read back.
 */
export const decisionItems = (decision: Decision): readonly Attributes[] => {
  const parts = packText(readableLine(decision));
  return parts.map((body, index) => ({
    ...headOf(decision),
    part: { S: partKey(index + 1) },
    parts: partsNumber.encode(parts.length),
    body: { B: body },
  }));
};

/** The line of JSON that the parts of a decision hold. Expects them in the order of their sort key. Throws `DecodeError` unless they are all there. */
export const decisionLine = (items: readonly Attributes[]): string => {
  const at = placeOf(items);
  const bodies = items.map((item, index) => {
    const place = within(at, item.part?.S ?? '');
    const parts = partsNumber.decode(item.parts ?? { NULL: true }, within(place, 'parts'));
    if (parts !== items.length || item.part?.S !== partKey(index + 1)) throw new DecodeError(at, 'all parts of a decision, in order');
    if (item.body?.B === undefined) throw new DecodeError(within(place, 'body'), 'bytes');
    return item.body.B;
  });
  return unpackText(bodies, at);
};

const PACKING = new Set(['part', 'parts', 'body']);

const isSame = (a: AttributeValue, b: AttributeValue | undefined): boolean => a.S === b?.S && a.N === b?.N;

const expectHead = (item: Attributes, head: Attributes, at: Place): void => {
  const unknown = Object.keys(item).find((name) => !Object.hasOwn(head, name) && !PACKING.has(name));
  if (unknown !== undefined) throw new DecodeError(within(at, unknown), 'no such attribute');
  const wrong = Object.entries(head).find(([name, value]) => !isSame(value, item[name]));
  if (wrong !== undefined) throw new DecodeError(within(at, wrong[0]), 'what the decision says');
};

/** Reads a decision out of all its parts. Throws `DecodeError` for anything that `decisionItems` does not make. */
export const decodeDecision = (items: readonly Attributes[]): Decision => {
  const at = placeOf(items);
  const decision = parsed(decisionLine(items), at);
  const head = headOf(decision);
  for (const item of items) expectHead(item, head, at);
  return decision;
};
