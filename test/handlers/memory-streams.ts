import type { DynamoDBRecord } from 'aws-lambda';
import type { Write } from '#core/commit.ts';
import type { MarkObservation } from '#core/market/market-state.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import { clockOf } from '#functions/adapters/lambda/clock.ts';
import type { Engine } from '#functions/adapters/lambda/engine.ts';
import type { StreamFunction } from '#functions/adapters/lambda/handlers.ts';
import type { QuarantinedRecord } from '#functions/adapters/lambda/quarantine.ts';
import { workOff } from '#functions/adapters/lambda/stream-batch.ts';
import { Auditor } from '#local/audit/auditor.ts';
import type { ReplayInputs } from '#local/replay/run-replay.ts';
import { SimulatedVenue } from '#local/replay/simulated-venue.ts';
import { Tally } from '#local/replay/tally.ts';
import { enginePorts } from '#local/store/engine-ports.ts';
import type { CommitObserver } from '#local/store/memory-store.ts';
import { MemoryStore } from '#local/store/memory-store.ts';
import type { Engine as DeliveryEngine } from '../support/delivery.ts';
import { type Delivery, recordOf, recordsOf, rungBy } from './stream-records.ts';

/** How records reach the functions: in batches of a size, each as often as said, and which of them get lost. */
export interface DeliveryWeather {
  readonly batchSize?: number;
  readonly copies?: number;
  readonly isLost?: (delivery: Delivery) => boolean;
}

/** The tables in memory with their streams: every commit rings the functions that the deployed tables ring. */
export class MemoryStreams {
  readonly queue: Delivery[] = [];
  readonly quarantined: QuarantinedRecord[] = [];
  readonly failures: unknown[] = [];
  readonly delivery: DeliveryEngine;
  readonly fundIds: ReadonlyMap<string, string>;
  readonly observations = new Map<string, MarkObservation>();
  readonly #weather: DeliveryWeather;

  constructor(inputs: ReplayInputs, weather: DeliveryWeather = {}) {
    const auditor = new Auditor(inputs.initial);
    const tally = new Tally([]);
    const streams: CommitObserver = { beforeCommit: (_tables, writes) => this.#ring(this.#recordsOf(writes)) };
    const store = new MemoryStore(inputs.initial, [auditor, tally, streams]);
    const ports = enginePorts(store, inputs.ruleSet, inputs.fundIds);
    this.delivery = { store, ports, venue: new SimulatedVenue(store, inputs.depthPerMark), auditor, tally };
    this.fundIds = inputs.fundIds;
    this.#weather = weather;
  }

  #ring(records: readonly DynamoDBRecord[]): void {
    for (const bell of records.flatMap(rungBy)) {
      if (this.#weather.isLost?.(bell) === true) continue;
      for (let copy = 0; copy < (this.#weather.copies ?? 1); copy += 1) this.queue.push(bell);
    }
  }

  #recordsOf(writes: readonly Write[]): readonly DynamoDBRecord[] {
    return writes.flatMap((write) => recordsOf(write, this.fundIds));
  }

  engine(changes: Partial<EnginePorts> = {}): Engine {
    return {
      ports: { ...this.delivery.ports, ...changes },
      clock: clockOf('OBSERVATION'),
      fundIds: this.fundIds,
      knowsMarket: async (marketId) => this.fundIds.has(marketId),
      knowsFund: async (fundId) => [...this.fundIds.values()].includes(fundId),
      loadObservation: async (marketId, sequence) => this.observations.get(`${marketId}#${sequence}`) ?? null,
    };
  }

  observe(observation: MarkObservation): void {
    const { marketId, sequence } = observation;
    this.observations.set(`${marketId}#${sequence}`, observation);
    this.queue.push(...rungBy(recordOf('Observations', 'INSERT', { marketId, sequence })));
  }

  /** Has a function work off records; what it gives back is returned. */
  async work(to: StreamFunction, records: readonly DynamoDBRecord[], changes: Partial<EnginePorts> = {}): Promise<readonly string[]> {
    const report = await workOff(records, {
      doors: to.doors,
      engine: this.engine(changes),
      quarantine: async (record) => void this.quarantined.push(record),
      remainingMs: () => 60_000,
      log: (_level, message, fields) => void (message === 'record failed' && this.failures.push(fields?.error)),
    });
    return report.response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }

  /** Delivers until nothing is on its way. Records given back come again. */
  async drain(): Promise<void> {
    for (let next = this.queue[0]; next !== undefined; next = this.queue[0]) {
      const { to } = next;
      const batch = this.queue.filter((each) => each.to === to).slice(0, this.#weather.batchSize ?? 1);
      for (const each of batch) this.queue.splice(this.queue.indexOf(each), 1);
      const back = await this.work(
        to,
        batch.map(({ record }) => record),
      );
      this.queue.push(...batch.filter(({ record }) => back.includes(record.dynamodb?.SequenceNumber ?? '')));
    }
  }

  /** Delivers, lets the venue end the orders of the first wave, and so on until the lanes are empty or nothing moves any more. */
  async settle(): Promise<void> {
    for (let commits = -1; commits < this.delivery.store.commits; ) {
      commits = this.delivery.store.commits;
      await this.drain();
      for (const lane of [...this.delivery.store.tables.Lanes.values()]) {
        const head = lane.waves[0];
        if (head !== undefined) await this.delivery.venue.work(head.waveId);
      }
      await this.drain();
    }
  }
}
