import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { DecodeError, type Place } from '../dynamodb/decode-error.ts';
import { parseRuleSet, ruleSetJson } from './rule-set-json.ts';

/** Bytes of one part of a body; an item holds 400 KB. */
const PART_BYTES_MAX = 300_000;

/** Parts of one body: the transaction that publishes it holds 4 MB. */
export const BODY_PARTS_MAX = 12;

/** Bytes that a body may have when it is unpacked: a venue's tier file twice, as it is written and as it is read, with room. */
const UNPACKED_BYTES_MAX = 32 * 1024 * 1024;

/** A rule set as it is stored: packed, cut into parts, with the hash of the packed text. */
export interface PackedRuleSet {
  readonly bodyHash: string;
  readonly parts: readonly Uint8Array[];
}

const hashOf = (body: Uint8Array): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;

/** Packs a rule set. Throws `RangeError` for one that no transaction holds. */
export const packRuleSet = (ruleSet: RuleSet): PackedRuleSet => {
  const body = gzipSync(JSON.stringify(ruleSetJson(ruleSet)));
  const count = Math.ceil(body.length / PART_BYTES_MAX);
  if (count > BODY_PARTS_MAX)
    throw new RangeError(`a packed rule set has at most \`${PART_BYTES_MAX * BODY_PARTS_MAX}\` bytes, not \`${body.length}\``);
  const parts = Array.from({ length: count }, (_, part) => body.subarray(part * PART_BYTES_MAX, (part + 1) * PART_BYTES_MAX));
  return { bodyHash: hashOf(body), parts };
};

const unpacked = (body: Uint8Array, at: Place): unknown => {
  try {
    return JSON.parse(gunzipSync(body, { maxOutputLength: UNPACKED_BYTES_MAX }).toString('utf8'));
  } catch {
    throw new DecodeError(at, 'packed JSON');
  }
};

/** Unpacks a rule set. Throws `DecodeError` unless it is to the bit what was published. */
export const unpackRuleSet = ({ bodyHash, parts }: PackedRuleSet, at: Place): RuleSet => {
  const body = Buffer.concat(parts);
  if (hashOf(body) !== bodyHash) throw new DecodeError(at, 'the body that was published');
  return parseRuleSet(unpacked(body, at), at);
};
