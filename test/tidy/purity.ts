import type { Finding, ProjectFile } from './project-files.ts';
import { findingsOf } from './project-files.ts';
import { codeOnly } from './scan.ts';

type Ban = readonly [pattern: RegExp, reason: string];

/** The clock, chance, the environment and the terminal: inputs of whatever decides, never read by it. */
const OUTSIDE_WORLD: readonly Ban[] = [
  [/\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.\w+/g, 'time is an input'],
  [/\bMath\.random\b|\brandomUUID\b/g, 'chance is an input'],
  [/\bprocess\.\w+/g, 'the environment is an input'],
  [/\bconsole\.\w+/g, 'what decides prints nothing'],
  [/\blocaleCompare\b|\bIntl\b|\btoLocale\w+/g, 'order and text depend on no locale'],
];

const CORE_BANS: readonly Ban[] = [
  [/\bthrow new Error\(/g, 'a refusal is a value, a broken promise an InvariantViolation'],
  [/\bDate\b(?!\.now)(?!\(\s*\))/g, 'time is an input'],
  [/\bMath\.(?!random)\w+/g, 'the core computes with decimals'],
  [/\bNumber\s*[(.]|\bparse(?:Float|Int)\b/g, 'money is never a number'],
  [/\basync\b|\bawait\b|\bnew Promise\b|\bPromise\.\w+/g, 'the core is synchronous'],
];

const HANDLER_BANS: readonly Ban[] = [
  [/\b(?:if|try|switch|for|while)\b/g, 'a handler is wiring'],
  [/\.(?:plus|minus|times|div)\(/g, 'a handler holds no arithmetic'],
];

const ADAPTER_BANS: readonly Ban[] = [[/\.(?:plus|minus|times|div)\(/g, 'an adapter holds no money']];

const isCore = (path: string): boolean => path.startsWith('functions/core/');
const isAdapter = (path: string): boolean => path.startsWith('functions/adapters/');
const isHandler = (path: string): boolean => /^functions\/[^/]+\/handler\.ts$/.test(path);

const bansOf = (path: string): readonly Ban[] => {
  if (!path.startsWith('functions/')) return [];
  if (isHandler(path)) return HANDLER_BANS;
  if (isAdapter(path)) return ADAPTER_BANS;
  return isCore(path) ? [...OUTSIDE_WORLD, ...CORE_BANS] : OUTSIDE_WORLD;
};

/** Calls that the file's place forbids: nothing that decides looks outside, handlers decide nothing, adapters compute no money. */
export const impurities = ({ path, text }: ProjectFile): readonly Finding[] => {
  const bans = bansOf(path);
  const code = bans.length === 0 ? '' : codeOnly(text);
  return bans.flatMap(([pattern, reason]) => findingsOf(path, code, pattern, (match) => `\`${match}\`: ${reason}`));
};
