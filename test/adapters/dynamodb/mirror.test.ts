import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Write } from '#core/commit.ts';
import { dynamoPorts } from '#functions/adapters/dynamodb/engine-ports.ts';
import type { ReplayInputs } from '#local/replay/run-replay.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { CRASH, INVERSE_CRASH } from '../../handlers/crash.ts';
import { deliverGroup, engineOf } from '../../support/delivery.ts';
import { type EmbeddedTables, hasEmbeddedTables, startEmbeddedTables } from '../../support/embedded-tables.ts';
import { Differences, mirroredPorts } from '../../support/mirrored-ports.ts';
import { GUARDED, HOUSE } from '../../support/small-law.ts';
import { inputsOf, type SmallVenue } from '../../support/small-venue.ts';

const initialWrites = ({ initial }: ReplayInputs): readonly Write[] => [
  ...initial.markets.map((item): Write => ({ table: 'Markets', item })),
  ...initial.pools.map((item): Write => ({ table: 'Pools', item })),
  ...initial.funds.map((item): Write => ({ table: 'Funds', item })),
];

const throwIt = (error: Error): never => {
  throw error;
};

describe.skipIf(!hasEmbeddedTables)('the ports over DynamoDB', () => {
  let embedded: EmbeddedTables;
  beforeAll(async () => {
    embedded = await startEmbeddedTables();
  });
  afterAll(() => embedded.stop());

  /** Runs a crash over both stores; the laws share the tables of one database, so each has a database of its own. */
  const mirrored = async (venue: SmallVenue, law: RuleSet, times: 'once' | 'twice') => {
    const inputs = inputsOf(venue, law);
    const { client, tables } = embedded;
    const engine = engineOf(inputs);
    const mirror = () =>
      dynamoPorts({ client, tables, ruleSet: law, loadLaw: async () => law, fundIds: inputs.fundIds, unreadable: throwIt });
    const venueWrites: Write[] = [];
    const commitOfVenue = engine.store.commit;
    const venueStore = Object.assign(engine.store, {
      commit: async (writes: readonly Write[]) => {
        if (writes.every((write) => write.table === 'Orders' && write.item.lastWriter === 'VENUE')) venueWrites.push(...writes);
        return commitOfVenue(writes);
      },
    });
    const flush = async (): Promise<void> => {
      for (const write of venueWrites.splice(0)) expect(await mirror().commit([write])).toBe('COMMITTED');
    };
    for (const write of initialWrites(inputs)) expect(await mirror().commit([write])).toBe('COMMITTED');
    const differences = new Differences();
    const ports = mirroredPorts(engine.ports, mirror, differences, flush);
    for (const group of inputs.groups) {
      await deliverGroup({ ...engine, store: venueStore, ports }, group);
      if (times === 'twice') await deliverGroup({ ...engine, store: venueStore, ports }, group);
    }
    return { engine, differences };
  };

  it.each([
    ['house', CRASH, HOUSE, 'once'],
    ['house-guarded', CRASH, GUARDED, 'once'],
    ['house, every mark twice', CRASH, HOUSE, 'twice'],
    ['house, inverse contracts', INVERSE_CRASH, HOUSE, 'once'],
  ] as const)(
    'say and do whatever the tables in memory say and do, under %s',
    async (_name, venue, law, times) => {
      await embedded.stop();
      embedded = await startEmbeddedTables();
      const { engine, differences } = await mirrored(venue, law, times);
      expect(differences.found).toEqual([]);
      expect(engine.store.tables.Journal.size).toBeGreaterThan(5);
    },
    60_000,
  );
});
