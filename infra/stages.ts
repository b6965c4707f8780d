import type { FunctionName, MappingName } from './names.ts';

export type StageName = 'dev' | 'prod';

export interface FunctionSize {
  readonly memoryMebibytes: number;
  /** Longer than the slowest batch; a function gives back what it cannot start in time. */
  readonly timeoutSeconds: number;
  /** A fuse against a loop between tables, which Lambda does not detect for DynamoDB. */
  readonly concurrencyMax: number;
}

export interface MappingSize {
  readonly batchSize: number;
  /** Batches of one shard at a time. Above 1 order is kept per item only. */
  readonly parallelBatches: number;
  /** A record older than this goes to the failure store: the sweep has rung again long before. */
  readonly recordAgeMinutesMax: number;
}

/** From where on people are called; every bound is the first value that alarms. */
export interface AlarmBounds {
  readonly periodMinutes: number;
  readonly iteratorAgeMs: number;
  /** Periods in a row for what may pass by itself: a late iterator, a throttled call. */
  readonly latePeriods: number;
  readonly occurrences: number;
  /** Periods in a row in which a scheduled function did not run. */
  readonly silentPeriods: number;
  /** Share of its peak that a fund has lost. */
  readonly fundDrawdown: number;
}

export interface DashboardSize {
  readonly widthColumns: number;
  readonly heightRows: number;
  readonly durationPercentile: number;
}

/** Sizes and limits of a stage. */
export interface Stage {
  /** Whether the data outlives the stack and refuses to be deleted. */
  readonly isLasting: boolean;
  /** Whether each function has its concurrency for itself and no more than that; else all share the account's. */
  readonly reservesConcurrency: boolean;
  readonly recoveryDays: number;
  readonly logDays: number;
  readonly failureDays: number;
  readonly keyDeletionDays: number;
  readonly scheduleMinutes: number;
  /** Deliveries of a record after the first before it goes to the failure store. */
  readonly retriesMax: number;
  readonly functions: Readonly<Record<FunctionName, FunctionSize>>;
  readonly mappings: Readonly<Record<MappingName, MappingSize>>;
  readonly alarms: AlarmBounds;
  readonly dashboard: DashboardSize;
}

/** One whole vCPU: below it an invocation is slowed down while it computes, and costs the same in the end. */
const WHOLE_CPU_MEBIBYTES = 1769;

const sized = (timeoutSeconds: number, concurrencyMax: number): FunctionSize => ({
  memoryMebibytes: WHOLE_CPU_MEBIBYTES,
  timeoutSeconds,
  concurrencyMax,
});

/** Concurrency is reserved out of an account's usual 1,000. A shard of a stream is read by `parallelBatches` invocations at a time, and a busy table has some forty. */
const FUNCTIONS: Readonly<Record<FunctionName, FunctionSize>> = {
  'watch-marks': sized(60, 80),
  'evaluate-margin': sized(60, 400),
  // A wave is opened in one invocation, one transaction after the other; what it does not finish the next delivery takes up.
  'open-wave': sized(300, 80),
  'settle-liquidation': sized(60, 80),
  deleverage: sized(300, 40),
  // Shorter than the schedule's minute, so that runs do not pile up.
  sweep: sized(50, 2),
  audit: sized(50, 2),
  'administer-rules': sized(120, 2),
};

const MAPPINGS: Readonly<Record<MappingName, MappingSize>> = {
  // One at a time: a mark that a later one of its market overtakes is refused by its sequence, and its wave would be lost.
  'watch-marks-on-Observations': { batchSize: 25, parallelBatches: 1, recordAgeMinutesMax: 15 },
  // One at a time: whoever rings a lane writes the same item, a second reader would only meet a conflict.
  'watch-marks-on-Controls': { batchSize: 25, parallelBatches: 1, recordAgeMinutesMax: 15 },
  // Ten at a time: pools share no item, and the wave's barrier waits for the last of them.
  'evaluate-margin-on-Rings': { batchSize: 25, parallelBatches: 10, recordAgeMinutesMax: 15 },
  'evaluate-margin-on-Pools': { batchSize: 25, parallelBatches: 10, recordAgeMinutesMax: 15 },
  // One at a time: the nominations of a wave are opened in their order. Large batches: all but the last removed ring find nothing to do.
  'open-wave-on-Rings': { batchSize: 100, parallelBatches: 1, recordAgeMinutesMax: 15 },
  'open-wave-on-Controls': { batchSize: 25, parallelBatches: 1, recordAgeMinutesMax: 15 },
  // One at a time: settlements of a wave draw on one fund item, which takes one transaction at a time.
  'settle-liquidation-on-Orders': { batchSize: 10, parallelBatches: 1, recordAgeMinutesMax: 60 },
  'settle-liquidation-on-Cases': { batchSize: 10, parallelBatches: 1, recordAgeMinutesMax: 60 },
  // One at a time: every case of a wave finishes the same wave.
  'deleverage-on-Cases': { batchSize: 10, parallelBatches: 1, recordAgeMinutesMax: 60 },
};

const PROD: Stage = {
  isLasting: true,
  reservesConcurrency: true,
  recoveryDays: 35,
  logDays: 90,
  failureDays: 90,
  keyDeletionDays: 30,
  scheduleMinutes: 1,
  retriesMax: 6,
  functions: FUNCTIONS,
  mappings: MAPPINGS,
  alarms: { periodMinutes: 1, iteratorAgeMs: 30_000, latePeriods: 2, occurrences: 1, silentPeriods: 3, fundDrawdown: 0.1 },
  dashboard: { widthColumns: 12, heightRows: 6, durationPercentile: 99 },
};

/** What decides is sized as in `prod`. It can be thrown away, and reserves nothing from an account that may have little. */
const DEV: Stage = {
  ...PROD,
  isLasting: false,
  reservesConcurrency: false,
  recoveryDays: 1,
  logDays: 7,
  failureDays: 7,
  keyDeletionDays: 7,
};

/** The stages by name. The only numbers of this folder: every other number of the engine is law and lies in `rules/`. */
export const STAGES: Readonly<Record<StageName, Stage>> = { dev: DEV, prod: PROD };

/** The name of a stage as somebody typed it. Throws on any other. */
export const stageNameOf = (given: unknown): StageName => {
  if (given === 'dev' || given === 'prod') return given;
  throw new TypeError(`a stage is \`dev\` or \`prod\`, not \`${String(given)}\``);
};
