import { createHash } from 'node:crypto';
import { byCodeUnits } from '#core/ordering.ts';

/** Keys for people and editors: a corrected note is not another law. */
const NOT_HASHED: ReadonlySet<string> = new Set(['$schema', 'notes']);

/** JSON without white space, keys in code-unit order, without `notes` and `$schema`: equal for equal laws, however they are laid out. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([key]) => !NOT_HASHED.has(key))
    .sort(([a], [b]) => byCodeUnits(a, b))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
};

/** `sha256:` and the hash of the canonical JSON of a rule set's files by name. */
export const contentHash = (files: Readonly<Record<string, unknown>>): string =>
  `sha256:${createHash('sha256').update(canonicalJson(files), 'utf8').digest('hex')}`;
