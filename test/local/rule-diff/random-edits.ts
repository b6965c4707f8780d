import fc, { type Arbitrary } from 'fast-check';
import type { FileTexts } from '../../rule-sets/shipped-files.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One member of one file, by the places on the way to it. */
export interface Edited {
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly to: Json | undefined;
}

const placesIn = (value: Json, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] => {
  if (Array.isArray(value)) return [path, ...value.flatMap((each, index) => placesIn(each, [...path, index]))];
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key]))];
};

const valueAt = (value: Json, path: readonly (string | number)[]): Json =>
  path.reduce<Json>(
    (found, step) =>
      typeof found === 'object' && found !== null ? (Object.entries(found).find(([key]) => key === String(step))?.[1] ?? null) : null,
    value,
  );

const withAt = (value: Json, [step, ...rest]: readonly (string | number)[], to: Json | undefined): Json | undefined => {
  if (step === undefined) return to;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([key, member]): readonly (readonly [string, Json])[] => {
    const changed = key === String(step) ? withAt(member, rest, to) : member;
    return changed === undefined ? [] : [[key, changed]];
  });
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
};

/** Choices that some member of the shipped files has; whatever does not belong where it is put is refused by the loader. */
const CHOICES = [
  'BANKRUPTCY',
  'FUND_BACKED',
  'TRADER',
  'FUND',
  'DIVIDE',
  'FLOOR_AT_ZERO',
  'EXCLUDE',
  'MARK_AT_BANKRUPTCY',
  'FUND_DRAWDOWN',
  'GREATER_THAN',
  'MARGINAL',
  'decimalAtMost',
  'decimalAtLeast',
  'marginRatio',
  'notionalValue',
  'LIQUIDATE',
  'HALT',
  'TAKE_OVER',
];

const numbersNear = (text: string): readonly Json[] => [
  `${text}${text.includes('.') ? '0' : '.0'}`,
  String(Number(text) * 2),
  String(Number(text) / 2),
];

/** What a member may become: written otherwise, another number or choice, switched off, left out, its list turned round. */
const turnsOf = (value: Json): readonly (Json | undefined)[] => {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1, value - 1, undefined];
  if (value === null) return ['1', '0.5', 'PT30S', undefined];
  if (Array.isArray(value)) return [[...value].reverse(), value.slice(1), [], undefined];
  if (typeof value === 'object') return [null, undefined];
  const numbers = /^\d+(\.\d+)?$/.test(value) ? numbersNear(value) : [];
  return [...numbers, ...(value.startsWith('PT') ? ['PT60S', 'PT1M', 'PT2H'] : []), ...CHOICES, `${value}x`, '1.2.3', null, undefined];
};

const isLaw = (path: readonly (string | number)[]): boolean => path.length > 0 && !path.includes('notes') && !path.includes('$schema');

/** An edit of any member of any file but its notes. Files are chosen alike, so that a large one does not take all. */
export const anyEdit = (files: FileTexts): Arbitrary<Edited> =>
  fc.constantFrom(...Object.keys(files)).chain((file) => {
    const document: Json = JSON.parse(files[file] ?? '');
    return fc
      .constantFrom(...placesIn(document).filter(isLaw))
      .chain((path) => fc.constantFrom(...turnsOf(valueAt(document, path))).map((to) => ({ file, path, to })));
  });

/** The files with one member edited. */
export const editedFiles = (files: FileTexts, { file, path, to }: Edited): FileTexts => {
  const document: Json = JSON.parse(files[file] ?? '');
  return { ...files, [file]: JSON.stringify(withAt(document, path, to)) };
};
