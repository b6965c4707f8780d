import type { JsonLimits } from './json-source.ts';

const KILOBYTE = 1024;

/**
 * Containers inside each other that the bytes may hold. A condition of depth 8 (the most that `check-rules.ts` lets pass, counted in conditions)
 * stands at 18 containers, its list of ids at 19; the rest is room for notes.
 */
const CONTAINERS_MAX = 24;

const small: JsonLimits = { bytesMax: 64 * KILOBYTE, depthMax: CONTAINERS_MAX };

/** The files of a rule set and what their bytes may be. A rule file is read by people: 64 KB; a tier file holds every market of a venue: 4 MB. */
export const RULE_FILES = {
  'rule-set.json': small,
  'margin-tiers.json': { bytesMax: 4 * KILOBYTE * KILOBYTE, depthMax: CONTAINERS_MAX },
  'margin.rules.json': small,
  'shortfall.rules.json': small,
  'insurance-fund.json': small,
  'deleveraging.json': small,
  'safeguards.json': small,
} as const satisfies Readonly<Record<string, JsonLimits>>;

export type RuleFileName = keyof typeof RULE_FILES;

/** Whether a file in a rule set's folder is part of the law; its tests and its README are not. */
export const isBesideTheLaw = (name: string): boolean => name === 'README.md' || name.startsWith('tests/');

export const isRuleFileName = (name: string): name is RuleFileName => Object.hasOwn(RULE_FILES, name);
