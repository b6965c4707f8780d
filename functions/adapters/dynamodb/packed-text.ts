import { gunzipSync, gzipSync } from 'node:zlib';
import { invariant } from '#core/invariant.ts';
import { DecodeError, type Place } from './decode-error.ts';

/** Bytes of one part; an item holds 400 KB. */
const PART_BYTES_MAX = 300_000;

/** Parts of one text: the transaction that puts them holds 4 MB. */
export const PARTS_MAX = 12;

/** Bytes of the text itself: the record of a ranking of tens of thousands of pools, with room. */
const TEXT_BYTES_MAX = 128 * 1024 * 1024;

/** Packs a text with gzip and cuts it into parts that items hold. Throws `InvariantViolation` for more than a transaction holds. */
export const packText = (text: string): readonly Uint8Array[] => {
  const bytes = Buffer.from(text, 'utf8');
  const packed = gzipSync(bytes);
  const partCount = Math.ceil(packed.length / PART_BYTES_MAX);
  invariant(bytes.length <= TEXT_BYTES_MAX && partCount <= PARTS_MAX, `a record has at most ${PARTS_MAX} parts, not ${partCount}`);
  return Array.from({ length: partCount }, (_, part) => packed.subarray(part * PART_BYTES_MAX, (part + 1) * PART_BYTES_MAX));
};

/** The text of all its parts, in order. Throws `DecodeError` when they are not a packed text. */
export const unpackText = (parts: readonly Uint8Array[], at: Place): string => {
  try {
    const bytes = gunzipSync(Buffer.concat(parts), { maxOutputLength: TEXT_BYTES_MAX });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DecodeError(at, 'a packed text');
  }
};
