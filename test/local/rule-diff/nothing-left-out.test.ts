import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffRuleSets } from '#local/rule-diff/diff-rule-sets.ts';
import { isObject } from '#local/rule-diff/json-leaves.ts';
import { type LeafChange, leafChanges } from '#local/rule-diff/leaf-changes.ts';
import { sentenceOf } from '#local/rule-diff/rule-change.ts';
import { contentHash } from '#rule-sets/content-hash.ts';
import type { RuleFileName } from '#rule-sets/rule-files.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type FileTexts, load, shippedFiles, shippedRuleSet } from '../../rule-sets/shipped-files.ts';
import { propertyRuns } from '../../support/property-runs.ts';
import { loaded } from './edited-law.ts';
import { anyEdit, type Edited, editedFiles } from './random-edits.ts';

/** The shipped rule set with two of its tables, so that many edits can be tried. */
const base: FileTexts = (() => {
  const files = shippedFiles('house-guarded');
  const tiers = JSON.parse(files['margin-tiers.json'] ?? '');
  const markets = { '*': tiers.markets['*'], 'BTC-USDT': tiers.markets['BTC-USDT'] };
  return { ...files, 'margin-tiers.json': JSON.stringify({ ...tiers, markets }) };
})();

/** The rule set after the edits that the loader accepts. */
const lawAfter = (edits: readonly Edited[]): RuleSet => {
  let files: FileTexts = base;
  for (const edit of edits) {
    const next = editedFiles(files, edit);
    if (load(next).ok) files = next;
  }
  return loaded(files);
};

const anyLaw = fc.array(anyEdit(base), { maxLength: 3 }).map(lawAfter);

const bySection = (before: RuleSet, after: RuleSet): readonly string[] =>
  diffRuleSets(before, after)
    .changes.map(({ section, marketId }) => `${section} ${marketId ?? ''}`)
    .sort();

const keysOf = (leaves: readonly LeafChange[]): ReadonlySet<string> => new Set(leaves.map(({ file, key }) => JSON.stringify([file, key])));

/** Returns whether there is a difference. */
const checkPair = (before: RuleSet, after: RuleSet): boolean => {
  const { changes } = diffRuleSets(before, after);
  expect(changes.length === 0).toBe(before.reference.hash === after.reference.hash);
  expect(keysOf(changes.flatMap(({ leaves }) => leaves))).toEqual(keysOf(leafChanges(before, after)));
  for (const change of changes) {
    expect(sentenceOf(change)).not.toMatch(/undefined|NaN|\[object|\n/);
  }
  expect(bySection(after, before)).toEqual(bySection(before, after));
  return changes.length > 0;
};

describe('random edits of the shipped files', () => {
  it('give no line exactly when the hashes are equal, every differing value behind a line, and as many lines the other way round', () => {
    let different = 0;
    const runs = { ...propertyRuns<[RuleSet, RuleSet]>(), numRuns: 300 };
    fc.assert(
      fc.property(anyLaw, anyLaw, (before, after) => {
        different += checkPair(before, after) ? 1 : 0;
      }),
      runs,
    );
    // Most edits are refused; a property that seldom saw a difference would prove little.
    expect(different).toBeGreaterThan(100);
  });
});

/** The shipped rule set as a later version of its schemas might have it: a file's content changed in ways that no sentence knows. */
const later = (file: RuleFileName, change: (content: Readonly<Record<string, unknown>>) => unknown): RuleSet => {
  const law = shippedRuleSet('house-guarded');
  const content = law.files[file];
  const files = { ...law.files, [file]: change(isObject(content) ? content : {}) };
  return { ...law, files, reference: { ...law.reference, hash: contentHash(files) } };
};

const linesTo = (after: RuleSet): readonly string[] => diffRuleSets(shippedRuleSet('house-guarded'), after).changes.map(sentenceOf);

describe('members that no sentence knows', () => {
  it('get a line from their path, with both values', () => {
    const budget = later('deleveraging.json', (content) => ({ ...content, severity: { kind: 'BUDGET', overshootMaximum: '0.1' } }));
    expect(linesTo(budget)).toEqual([
      'deleveraging: severity kind FULL → BUDGET',
      'deleveraging: severity overshoot maximum not given → 0.1',
    ]);
  });

  it('that begin as a whole get one line', () => {
    const guarded = later('safeguards.json', (content) => ({ ...content, patience: { minimum: '0.02', window: 'PT5M' } }));
    expect(linesTo(guarded)).toEqual(['safeguards: patience off → minimum 0.02, window 5 min']);
  });

  it('are told of a tier, a rule and a fund by name', () => {
    const marked = (list: unknown): unknown => (Array.isArray(list) ? [{ ...list[0], colour: 'RED' }, ...list.slice(1)] : list);
    expect(linesTo(later('margin.rules.json', (content) => ({ ...content, rules: marked(content.rules) })))).toEqual([
      'rule `reduce-to-tier`: colour not given → RED',
    ]);
    expect(linesTo(later('insurance-fund.json', (content) => ({ ...content, domains: marked(content.domains) })))).toEqual([
      'usdt fund: colour not given → RED',
    ]);
    const tiers = later('margin-tiers.json', (content) => {
      const markets = isObject(content.markets) ? content.markets : {};
      return { ...content, markets: { ...markets, 'BTC-USDT': marked(markets['BTC-USDT']) } };
    });
    expect(linesTo(tiers)).toEqual(['BTC-USDT tier from 0: colour not given → RED']);
  });

  it('never pass their text for more than text', () => {
    const tagged = later('deleveraging.json', (content) => ({ ...content, exclude: { tags: ['a`b\nc|<b>'] } }));
    expect(linesTo(tagged)).toEqual([
      "deleveraging: excluded tags none → `a'b\ufffdc|<b>`: accounts tagged `a'b\ufffdc|<b>` are never deleveraged",
    ]);
  });
});

describe('the values behind a line', () => {
  it('carry their path in the file and what the schema says of them', () => {
    const after = loaded({
      ...base,
      'insurance-fund.json': (base['insurance-fund.json'] ?? '').replace('"floor": "100000"', '"floor": "1"'),
    });
    const [leaf] = diffRuleSets(loaded(base), after).changes.flatMap(({ leaves }) => leaves);
    expect(leaf).toMatchObject({ path: ['domains', 0, 'floor'], before: '100000', after: '1' });
    expect(leaf?.description).toMatch(/fund below this/);
  });
});
