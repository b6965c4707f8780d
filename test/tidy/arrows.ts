import { importsOf } from './imports.ts';
import type { Finding, ProjectFile } from './project-files.ts';

/** Rooms of the core; each imports only rooms to its left. */
const CORE_ROOMS = ['units', 'market', 'account', 'margin', 'liquidation', 'insurance', 'adl'];

/** Files beside the rooms of the core that import nothing, so that every room may use them. */
const CORE_LEAVES = ['functions/core/result.ts', 'functions/core/invariant.ts', 'functions/core/ordering.ts'];

const USE_CASES = ['watch-marks', 'evaluate-margin', 'open-wave', 'settle-liquidation', 'deleverage', 'sweep', 'audit', 'administer-rules'];

type Layer = 'CORE' | 'RULE_SETS' | 'PORTS' | 'USE_CASE' | 'HANDLER' | 'ADAPTERS' | 'LOCAL' | 'CLI' | 'INFRA' | 'WORKSHOP' | 'DATA';

interface Reach {
  readonly layers: readonly Layer[];
  /** Packages and built-in modules; null for any. */
  readonly packages: readonly string[] | null;
}

const DECIDING: readonly Layer[] = ['CORE', 'RULE_SETS', 'PORTS', 'USE_CASE'];
const FUNCTIONS: readonly Layer[] = [...DECIDING, 'ADAPTERS', 'HANDLER'];

/** The arrow: what each layer may import. `WORKSHOP` is scripts, bench and test, which nothing else imports. */
const REACH: Readonly<Record<Layer, Reach>> = {
  CORE: { layers: ['CORE'], packages: [] },
  RULE_SETS: { layers: ['CORE', 'RULE_SETS'], packages: ['zod', 'json-rules-engine', 'jsonc-parser', 'node:crypto'] },
  PORTS: { layers: ['CORE', 'RULE_SETS', 'PORTS'], packages: [] },
  USE_CASE: { layers: DECIDING, packages: [] },
  ADAPTERS: { layers: [...DECIDING, 'ADAPTERS'], packages: null },
  HANDLER: { layers: FUNCTIONS, packages: null },
  LOCAL: { layers: [...FUNCTIONS, 'LOCAL', 'DATA'], packages: null },
  CLI: { layers: [...FUNCTIONS, 'LOCAL', 'CLI', 'DATA'], packages: null },
  INFRA: { layers: ['INFRA', 'DATA'], packages: null },
  WORKSHOP: { layers: [...FUNCTIONS, 'LOCAL', 'CLI', 'INFRA', 'WORKSHOP', 'DATA'], packages: null },
  DATA: { layers: ['DATA'], packages: null },
};

const TOP: Readonly<Record<string, Layer>> = {
  local: 'LOCAL',
  cli: 'CLI',
  infra: 'INFRA',
  scripts: 'WORKSHOP',
  bench: 'WORKSHOP',
  test: 'WORKSHOP',
};

/** The layer that a path belongs to; null for code in a place that no layer covers. */
const layerOf = (path: string): Layer | null => {
  const [top = '', second = '', ...rest] = path.split('/');
  if (top !== 'functions') return TOP[top] ?? 'DATA';
  if (rest.length === 0) return null;
  if (second === 'core') return 'CORE';
  if (second === 'rule-sets') return 'RULE_SETS';
  if (second === 'ports') return 'PORTS';
  if (second === 'adapters') return 'ADAPTERS';
  if (!USE_CASES.includes(second)) return null;
  return rest[0] === 'handler.ts' ? 'HANDLER' : 'USE_CASE';
};

const coreRoomOf = (path: string): string | null => /^functions\/core\/([^/]+)\//.exec(path)?.[1] ?? null;

/** Why a file of the core may not import another; null when it may. */
const coreRefusal = (from: string, to: string): string | null => {
  if (CORE_LEAVES.includes(from)) return 'imports nothing';
  const [fromRoom, toRoom] = [coreRoomOf(from), coreRoomOf(to)];
  if (from === 'functions/core/policy.ts')
    return toRoom === 'units' || to.endsWith('-policy.ts') ? null : 'imports units and policies of rooms only';
  if (fromRoom === null || toRoom === null) return null;
  return CORE_ROOMS.indexOf(toRoom) <= CORE_ROOMS.indexOf(fromRoom) ? null : `${fromRoom} lies left of ${toRoom} and may not import it`;
};

const useCaseOf = (path: string): string => path.split('/')[1] ?? '';

const pathRefusal = (from: string, to: string, layer: Layer): string | null => {
  const target = layerOf(to);
  if (target === null || !REACH[layer].layers.includes(target)) return `${layer} may not import ${target ?? 'what lies in no room'}`;
  if (layer === 'USE_CASE' && target === 'USE_CASE' && useCaseOf(from) !== useCaseOf(to)) return 'a use case does not import another';
  return layer === 'CORE' ? coreRefusal(from, to) : null;
};

const packageRefusal = (from: string, specifier: string, layer: Layer): string | null => {
  const { packages } = REACH[layer];
  if (packages === null || packages.includes(specifier)) return null;
  if (specifier === 'decimal.js' && from === 'functions/core/units/decimal.ts') return null;
  return `${layer} may not import packages other than ${packages.length === 0 ? 'none' : packages.join(', ')}`;
};

/** Imports of one file that go against the arrow, and a file that lies in no room. */
export const wrongArrows = (file: ProjectFile): readonly Finding[] => {
  const layer = layerOf(file.path);
  const room = coreRoomOf(file.path);
  if (layer === null) return [{ path: file.path, line: 1, message: 'lies in no room of functions/' }];
  if (room !== null && !CORE_ROOMS.includes(room)) return [{ path: file.path, line: 1, message: `\`${room}\` is no room of the core` }];
  return importsOf(file).flatMap(({ specifier, path, line }) => {
    const refusal = path === null ? packageRefusal(file.path, specifier, layer) : pathRefusal(file.path, path, layer);
    return refusal === null ? [] : [{ path: file.path, line, message: `\`${specifier}\`: ${refusal}` }];
  });
};

/** Files that at run time import themselves by way of others; each circle is reported at the import that closes it. Types may refer to each other. */
export const importCycles = (files: readonly ProjectFile[]): readonly Finding[] => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly Finding[] => {
    const file = byPath.get(path);
    if (file === undefined || finished.has(path)) return [];
    const findings = importsOf(file).flatMap(({ path: to, line, erased }) => {
      if (to === null || erased) return [];
      const start = [...trail, path].indexOf(to);
      if (start < 0) return visit(to, [...trail, path]);
      return [{ path, line, message: `imports in a circle: ${[...trail, path, to].slice(start).join(' → ')}` }];
    });
    finished.add(path);
    return findings;
  };
  return files.flatMap((file) => visit(file.path, []));
};
