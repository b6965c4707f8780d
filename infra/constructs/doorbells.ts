import type { FunctionName, MappingName, TableName } from '../names.ts';

/** One reader of a table's stream: who is rung, and by which records. */
export interface Doorbell {
  readonly mapping: MappingName;
  readonly rings: FunctionName;
  readonly table: TableName;
  /** An event pattern of Lambda: a record that does not match is dropped unread. Text only: numbers of a stream record are not compared as numbers. */
  readonly pattern: Readonly<Record<string, unknown>>;
}

/** A lane that was made or moved. Deleted ones ring nobody. */
const LANES = { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { controlKey: { S: [{ prefix: 'LANE#' }] } } } };

/** Who is rung by what. A pattern that lets too much through costs invocations; one that lets too little through costs time, until the sweep. */
export const DOORBELLS: readonly Doorbell[] = [
  { mapping: 'watch-marks-on-Observations', rings: 'watch-marks', table: 'Observations', pattern: { eventName: ['INSERT'] } },
  { mapping: 'watch-marks-on-Controls', rings: 'watch-marks', table: 'Controls', pattern: LANES },
  {
    mapping: 'evaluate-margin-on-Rings',
    rings: 'evaluate-margin',
    table: 'Rings',
    pattern: { eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['RING'] } } } },
  },
  {
    mapping: 'evaluate-margin-on-Pools',
    rings: 'evaluate-margin',
    table: 'Pools',
    // Not its own writes: those carry their guards already.
    pattern: { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { lastWriter: { S: ['VENUE', 'SETTLE', 'DELEVERAGE'] } } } },
  },
  {
    mapping: 'open-wave-on-Rings',
    rings: 'open-wave',
    table: 'Rings',
    // A removed item has no new image.
    pattern: { eventName: ['REMOVE'], dynamodb: { OldImage: { kind: { S: ['RING', 'NOMINATION'] } } } },
  },
  { mapping: 'open-wave-on-Controls', rings: 'open-wave', table: 'Controls', pattern: LANES },
  {
    mapping: 'settle-liquidation-on-Orders',
    rings: 'settle-liquidation',
    table: 'Orders',
    pattern: { eventName: ['MODIFY'], dynamodb: { NewImage: { status: { S: ['ENDED'] } } } },
  },
  {
    mapping: 'settle-liquidation-on-Cases',
    rings: 'settle-liquidation',
    table: 'Cases',
    // A case that was opened without an order has nobody else to ring for it.
    pattern: { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { state: { S: ['ORDERED'] } } } },
  },
  {
    mapping: 'deleverage-on-Cases',
    rings: 'deleverage',
    table: 'Cases',
    // Not while orders run, and not its own writes: it goes on by itself, and a run that breaks off has its record delivered again.
    pattern: {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { NewImage: { state: { S: [{ 'anything-but': ['ORDERED'] }] }, lastWriter: { S: [{ 'anything-but': ['DELEVERAGE'] }] } } },
    },
  },
];

export const doorbellsOf = (name: FunctionName): readonly Doorbell[] => DOORBELLS.filter(({ rings }) => rings === name);
