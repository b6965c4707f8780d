import { diffRuleSets } from '#local/rule-diff/diff-rule-sets.ts';
import { sentenceOf } from '#local/rule-diff/rule-change.ts';
import type { RuleFileName } from '#rule-sets/rule-files.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type FileTexts, load, shippedFiles } from '../../rule-sets/shipped-files.ts';

/** A text of one file and what stands in its place. */
export type Edit = readonly [file: RuleFileName, from: string, to: string];

export const loaded = (files: FileTexts): RuleSet => {
  const result = load(files);
  if (!result.ok) throw new Error(result.refusal.map(({ path, message }) => `${path} ${message}`).join('\n'));
  return result.value;
};

/** `house-guarded` with texts of its files replaced, each the first time that it stands there. */
export const guardedAfter = (...edits: readonly Edit[]): RuleSet => {
  const files: Record<string, string> = { ...shippedFiles('house-guarded') };
  for (const [file, from, to] of edits) {
    const text = files[file] ?? '';
    if (!text.includes(from)) throw new Error(`\`${from}\` is not in ${file}`);
    files[file] = text.replace(from, () => to);
  }
  return loaded(files);
};

/** Floor, cap, rate, maximum leverage; a dash for none. */
export type TierRow = readonly [floor: string, cap: string, rate: string, leverage?: string];

const orNull = (text: string | undefined): string | null => (text === undefined || text === '-' ? null : text);

const tierOf = ([notionalFloor, cap, maintenanceMarginRate, leverage]: TierRow) => ({
  notionalFloor,
  notionalCap: orNull(cap),
  maintenanceMarginRate,
  maximumLeverage: orNull(leverage),
});

/** `house-guarded` with these tables alone, for ETH-USDT where there is no `*`; amounts are derived. */
export const guardedWithTiers = (tables: Readonly<Record<string, readonly TierRow[]>>, form = 'DEDUCTION'): RuleSet => {
  const markets = Object.fromEntries(Object.entries(tables).map(([marketId, rows]) => [marketId, rows.map(tierOf)]));
  const tiers = JSON.stringify({ form, boundary: 'LOWER_TIER', markets });
  const files = shippedFiles('house-guarded');
  const manifest = files['rule-set.json'] ?? '';
  const covered = '*' in tables ? manifest : manifest.replace('"markets": ["*"]', '"markets": ["ETH-USDT"]');
  return loaded({ ...files, 'margin-tiers.json': tiers, 'rule-set.json': covered });
};

/** What a person reads of the difference, a line for each change. */
export const sentences = (before: RuleSet, after: RuleSet): readonly string[] => diffRuleSets(before, after).changes.map(sentenceOf);
