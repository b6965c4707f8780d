import { present } from '#core/invariant.ts';
import { randomSource } from '#local/book-generator/random-source.ts';
import { isRuleFileName, type RuleFileName } from '#rule-sets/rule-files.ts';
import { changeBytes } from './fuzz-bytes.ts';
import { changeTree, wordsOf } from './fuzz-changes.ts';
import { below, pick } from './fuzz-draws.ts';
import { textOf, treeOf } from './fuzz-tree.ts';
import { type FileTexts, shippedFiles } from './shipped-files.ts';

/** A folder of rules of which one document was spoiled, by steps that depend on seed and index alone. */
export interface FuzzDocument {
  readonly index: number;
  readonly name: RuleFileName;
  readonly bytes: Uint8Array;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Numbers of the steps taken. */
  readonly steps: readonly number[];
  /** What each step did. */
  readonly told: readonly string[];
}

const encoder = new TextEncoder();

const NAMES: readonly RuleFileName[] = [
  ...([
    'margin.rules.json',
    'margin.rules.json',
    'margin.rules.json',
    'margin.rules.json',
    'shortfall.rules.json',
    'shortfall.rules.json',
  ] as const),
  ...(['margin-tiers.json', 'margin-tiers.json', 'insurance-fund.json', 'insurance-fund.json'] as const),
  ...(['deleveraging.json', 'safeguards.json', 'rule-set.json'] as const),
];

/**
 * A law with the shipped tables of two markets: what can be wrong with a table can be wrong with these, twenty times as fast. Where amounts are left
 * out they are derived, and a slip of one rate is not also a wrong amount.
 */
const withFewTables = (files: FileTexts, keptKeys: readonly string[] | null): FileTexts => {
  const { markets, ...rest } = JSON.parse(files['margin-tiers.json'] ?? '');
  const few = { ...rest, markets: Object.fromEntries(['*', 'BTC-USDT'].map((marketId) => [marketId, markets[marketId]])) };
  const kept = keptKeys === null ? null : [...Object.keys(rest), 'markets', '*', 'BTC-USDT', ...keptKeys];
  return { ...files, 'margin-tiers.json': JSON.stringify(few, kept, 2) };
};

/** The laws that documents are spoiled from, the last of them with the tables of every market. */
export const SOUND_LAWS: readonly FileTexts[] = [
  withFewTables(shippedFiles('house'), null),
  withFewTables(shippedFiles('house-guarded'), ['notionalFloor', 'notionalCap', 'maintenanceMarginRate']),
  shippedFiles('house'),
];

const words = wordsOf(SOUND_LAWS.slice(0, 2).flatMap((files) => Object.values(files).map((text) => treeOf(JSON.parse(text)))));

const STEPS_MAX = 3;

/** Two documents in three are changed by structure, of which some by bytes in the end; the third by bytes alone. */
const isByStructure = (index: number, step: number): boolean => (index % 3 < 2 && step < STEPS_MAX - 1) || index % 6 === 0;

const spoil = (seed: string, index: number, sound: FileTexts, name: RuleFileName, steps: readonly number[]) => {
  const otherNames = Object.keys(sound).filter(isRuleFileName);
  let tree = treeOf(JSON.parse(sound[name] ?? ''));
  let bytes: Uint8Array | null = null;
  const told: string[] = [];
  for (const step of steps) {
    const random = randomSource(`${seed}#${index}#${step}`);
    if (bytes === null && isByStructure(index, step)) {
      const changed = changeTree(random, tree, words);
      tree = changed.document;
      told.push(changed.told);
      continue;
    }
    const other = pick(random, otherNames);
    const changed = changeBytes(random, bytes ?? encoder.encode(index % 3 < 2 ? textOf(tree) : sound[name]), encoder.encode(sound[other]));
    bytes = changed.document;
    told.push(changed.told);
  }
  return { bytes: bytes ?? encoder.encode(textOf(tree)), told };
};

/** The document of a seed and an index; with `only`, as it would be with some of its steps left out. */
export const fuzzDocument = (seed: string, index: number, only?: readonly number[]): FuzzDocument => {
  const random = randomSource(`${seed}#${index}`);
  const name = pick(random, NAMES);
  const sound = present(SOUND_LAWS[random.fraction() < 0.05 ? 2 : index % 2], 'there are three laws');
  const steps = only ?? Array.from({ length: 1 + below(random, STEPS_MAX) }, (_, step) => step);
  const { bytes, told } = spoil(seed, index, sound, name, steps);
  const files = new Map(Object.entries(sound).map(([each, text]) => [each, each === name ? bytes : encoder.encode(text)]));
  return { index, name, bytes, files, steps, told };
};
