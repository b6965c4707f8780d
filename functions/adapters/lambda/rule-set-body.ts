import { createHash } from 'node:crypto';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { DecodeError, type Place } from '../dynamodb/decode-error.ts';
import { PART_BYTES_MAX, PARTS_MAX, packedParts, unpackText } from '../dynamodb/packed-text.ts';
import { parseRuleSet, ruleSetJson } from './rule-set-json.ts';

/** Bytes that a body may have when it is unpacked: a venue's tier file twice, as it is written and as it is read, with room. */
const UNPACKED_BYTES_MAX = 32 * 1024 * 1024;

/** A rule set as it is stored: packed, cut into parts, with the hash of the packed text. */
export interface PackedRuleSet {
  readonly bodyHash: string;
  readonly parts: readonly Uint8Array[];
}

const hashOf = (parts: readonly Uint8Array[]): string => `sha256:${createHash('sha256').update(Buffer.concat(parts)).digest('hex')}`;

/** Packs a rule set. Throws `RangeError` for one that no transaction holds. */
export const packRuleSet = (ruleSet: RuleSet): PackedRuleSet => {
  const parts = packedParts(Buffer.from(JSON.stringify(ruleSetJson(ruleSet)), 'utf8'));
  if (parts.length > PARTS_MAX) {
    const length = parts.reduce((total, part) => total + part.length, 0);
    throw new RangeError(`a packed rule set has at most \`${PART_BYTES_MAX * PARTS_MAX}\` bytes, not \`${length}\``);
  }
  return { bodyHash: hashOf(parts), parts };
};

const unpacked = (parts: readonly Uint8Array[], at: Place): unknown => {
  try {
    return JSON.parse(unpackText(parts, at, UNPACKED_BYTES_MAX));
  } catch {
    throw new DecodeError(at, 'packed JSON');
  }
};

/** Unpacks a rule set. Throws `DecodeError` unless it is to the bit what was published. */
export const unpackRuleSet = ({ bodyHash, parts }: PackedRuleSet, at: Place): RuleSet => {
  if (hashOf(parts) !== bodyHash) throw new DecodeError(at, 'the body that was published');
  return parseRuleSet(unpacked(parts, at), at);
};
