import { skipSpace, stringEnd, stringValue } from './json-tokens.ts';

/** 1-based; columns count UTF-16 code units, as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

interface Member {
  readonly keyAt: number;
  readonly valueAt: number;
}

/** Position after the value that starts at `at` of a text that is known to be JSON. */
const valueEnd = (text: string, at: number): number => {
  let depth = 0;
  let position = at;
  do {
    const character = text.charAt(position);
    if (character === '"') {
      position = stringEnd(text, position);
      continue;
    }
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    position += 1;
    if (depth === 0) while (position < text.length && !/[\s,:[\]{}"]/.test(text.charAt(position))) position += 1;
  } while (depth > 0);
  return position;
};

/** Where each member of the container at `at` begins; empty for what is no container. */
const membersOf = (text: string, at: number): ReadonlyMap<string | number, Member> => {
  const members = new Map<string | number, Member>();
  const opener = text.charAt(at);
  if (opener !== '{' && opener !== '[') return members;
  const closer = opener === '{' ? '}' : ']';
  let position = skipSpace(text, at + 1);
  while (position < text.length && text.charAt(position) !== closer) {
    const keyAt = position;
    let key: string | number = members.size;
    if (opener === '{') {
      const keyEnd = stringEnd(text, position);
      key = stringValue(text, position, keyEnd);
      position = skipSpace(text, skipSpace(text, keyEnd) + 1);
    }
    members.set(key, { keyAt, valueAt: position });
    position = skipSpace(text, valueEnd(text, position));
    if (text.charAt(position) === ',') position = skipSpace(text, position + 1);
  }
  return members;
};

/** Positions of line starts, the first at 0. */
const lineStartsOf = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

/** Line and column of offsets in one text. Line starts are found at the first question: an accepted document is never asked. */
export const placesIn = (text: string): ((offset: number) => Place) => {
  let starts: readonly number[] | null = null;
  return (offset) => {
    starts ??= lineStartsOf(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
};

/**
 * Offsets of members in one JSON text, by path: `keyAt` of the last step's key, `valueAt` of its value; the deepest existing ancestor when the
 * path leads to nothing. Each container is walked once and kept, so that a thousand questions about one long list cost one pass.
 */
export const membersIn = (text: string): ((path: readonly (string | number)[]) => Member) => {
  const known = new Map<number, ReadonlyMap<string | number, Member>>();
  return (path) => {
    const rootAt = skipSpace(text, 0);
    let member: Member = { keyAt: rootAt, valueAt: rootAt };
    for (const step of path) {
      const members = known.get(member.valueAt) ?? membersOf(text, member.valueAt);
      known.set(member.valueAt, members);
      const next = members.get(step);
      if (next === undefined) return member;
      member = next;
    }
    return member;
  };
};
