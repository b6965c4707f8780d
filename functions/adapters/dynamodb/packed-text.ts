import { gunzipSync, gzipSync } from 'node:zlib';
import { invariant } from '#core/invariant.ts';
import { DecodeError, type Place } from './decode-error.ts';

/** Bytes of one part; an item holds 400 KB. */
export const PART_BYTES_MAX = 300_000;

/** Parts of one text: the transaction that puts them holds 4 MB. */
export const PARTS_MAX = 12;

/** Bytes of the text itself: the record of a ranking of tens of thousands of pools, with room. */
const TEXT_BYTES_MAX = 128 * 1024 * 1024;

/** Packs bytes with gzip and cuts them into parts that items hold, however many. */
export const packedParts = (bytes: Uint8Array): readonly Uint8Array[] => {
  const packed = gzipSync(bytes);
  const partCount = Math.ceil(packed.length / PART_BYTES_MAX);
  return Array.from({ length: partCount }, (_, part) => packed.subarray(part * PART_BYTES_MAX, (part + 1) * PART_BYTES_MAX));
};

/** Packs the text of a record. Throws `InvariantViolation` for more than a transaction holds. */
export const packText = (text: string): readonly Uint8Array[] => {
  const bytes = Buffer.from(text, 'utf8');
  const parts = packedParts(bytes);
  invariant(bytes.length <= TEXT_BYTES_MAX && parts.length <= PARTS_MAX, `a record has at most ${PARTS_MAX} parts, not ${parts.length}`);
  return parts;
};

/** The text of all its parts, in order. Throws `DecodeError` when they are not a packed text, or one of more than `bytesMax` bytes. */
export const unpackText = (parts: readonly Uint8Array[], at: Place, bytesMax = TEXT_BYTES_MAX): string => {
  try {
    const bytes = gunzipSync(Buffer.concat(parts), { maxOutputLength: bytesMax });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DecodeError(at, 'a packed text');
  }
};
