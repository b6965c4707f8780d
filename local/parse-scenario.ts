import type { MarketStatus } from '#core/market/market-state.ts';
import type { MarketOperation } from '#core/market/switches.ts';
import { ok, type Result, refused } from '#core/result.ts';
import type { Quantity } from '#core/units/money.ts';
import type { EpochMs } from '#core/units/time.ts';
import { checkSchema, type Fault, faultAt, type JsonLimits, type JsonSource, parseJsonSource } from '#rule-sets/json-source.ts';
import { type Finding, repeatedIds } from './finding.ts';
import { type ScenarioDocument, scenarioSchema } from './scenario-schema.ts';

export interface Scenario {
  readonly name: string;
  /** Relative to the scenario's folder, as all its paths. */
  readonly book: string;
  readonly marks: readonly ScenarioMarks[];
  /** Contracts filled per market and mark in total; a market that is not in the map fills without limit. */
  readonly depthPerMark: ReadonlyMap<string, Quantity>;
  /** `id@version`; null for the default. */
  readonly ruleSet: string | null;
  /** By time; those of equal time in the scenario's order. */
  readonly events: readonly ScenarioEvent[];
  /** A fault of this scenario's file at a path, for what only its candles or its book can tell. */
  readonly faultAt: (path: Finding['path'], message: string) => Fault;
}

export interface ScenarioMarks {
  readonly marketId: string;
  readonly candles: string;
  /** null: the index equals the mark. */
  readonly indexCandles: string | null;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

export interface ScenarioEvent {
  readonly atMs: EpochMs;
  readonly marketId: string;
  readonly status: MarketStatus;
  /** What people have stopped in the market from then on; null for what they had before. */
  readonly stopped: readonly MarketOperation[] | null;
}

/** Ten thousand events; a scenario is written by a person. */
const SCENARIO_LIMITS: JsonLimits = { bytesMax: 1024 * 1024, depthMax: 16 };

function* scenarioFindings(scenario: ScenarioDocument): Generator<Finding> {
  const ids = scenario.marks.map(({ marketId }) => marketId);
  yield* repeatedIds(ids, ['marks'], 'marketId');
  for (const [index, { fromMs, toMs }] of scenario.marks.entries()) {
    if (fromMs >= toMs) yield { path: ['marks', index, 'toMs'], message: `expected more than fromMs, \`${fromMs}\`, got \`${toMs}\`` };
  }
}

const scenarioOf = (source: JsonSource, document: ScenarioDocument): Scenario => ({
  name: document.name,
  book: document.book,
  marks: document.marks.map(({ marketId, candles, indexCandles, fromMs, toMs }) => ({
    marketId,
    candles,
    indexCandles: indexCandles ?? null,
    fromMs,
    toMs,
  })),
  depthPerMark: new Map(Object.entries(document.venue?.depthPerMark ?? {})),
  ruleSet: document.ruleSet ?? null,
  events: (document.events ?? [])
    .map(({ atMs, marketId, status, stopped }) => ({ atMs, marketId, status, stopped: stopped ?? null }))
    .sort((a, b) => a.atMs - b.atMs),
  faultAt: (path, message) => faultAt(source, path, message),
});

/**
 * Parses a scenario. Refuses with the first fault: what is no strict JSON, then what has not the form of `scenarioSchema`, then a market that is
 * marked twice or a range that ends before it begins. Whether its markets are in the book and its bars in the candles, only those files
 * can tell: see `unknownMarketOf` and `marketPathOf`. Never throws, whatever the bytes are.
 */
export const parseScenario = (file: string, bytes: Uint8Array): Result<Scenario, Fault> => {
  const source = parseJsonSource(file, bytes, SCENARIO_LIMITS);
  if (!source.ok) return source;
  const checked = checkSchema(source.value, scenarioSchema);
  if (!checked.ok) return refused(checked.refusal[0] ?? faultAt(source.value, [], 'does not have the form of a scenario'));
  for (const { path, message } of scenarioFindings(checked.value)) return refused(faultAt(source.value, path, message));
  return ok(scenarioOf(source.value, checked.value));
};

/** The first market that a scenario names and its book does not have, as a fault of the scenario; null when the book has them all. */
export const unknownMarketOf = (scenario: Scenario, marketIds: ReadonlySet<string>): Fault | null => {
  const named: readonly { marketId: string; path: Finding['path'] }[] = [
    ...scenario.marks.map(({ marketId }, index) => ({ marketId, path: ['marks', index, 'marketId'] })),
    ...[...scenario.depthPerMark.keys()].map((marketId) => ({ marketId, path: ['venue', 'depthPerMark', marketId] })),
    ...scenario.events.map(({ marketId }, index) => ({ marketId, path: ['events', index, 'marketId'] })),
  ];
  const unknown = named.find(({ marketId }) => !marketIds.has(marketId));
  return unknown === undefined ? null : scenario.faultAt(unknown.path, `\`${unknown.marketId}\` is not a market of \`${scenario.book}\``);
};
