import { describe, expect, it } from 'vitest';
import { applyEvents, eventsBetween } from '#local/stack-replay/apply-events.ts';
import { enginePorts } from '#local/store/engine-ports.ts';
import { MemoryStore } from '#local/store/memory-store.ts';
import { HOUSE } from '../../support/small-law.ts';
import { inputsOf, second } from '../../support/small-venue.ts';

const inputs = inputsOf(
  { accounts: 'a | 1 | -', events: '1 | AAA | HALTED\n 2 | AAA | ACTIVE\n 2 | BBB | HALTED\n 3 | AAA | HALTED' },
  HOUSE,
);

const running = () => {
  const store = new MemoryStore(inputs.initial, []);
  return { store, ports: enginePorts(store, inputs.ruleSet, inputs.fundIds) };
};

describe('halts and resumes', () => {
  it('belong to the first instant at or after their time', () => {
    const atSeconds = (after: string | null, upTo: string) =>
      eventsBetween(inputs.events, after === null ? null : second(after), second(upTo)).map(
        ({ marketId, status }) => `${marketId} ${status}`,
      );
    expect(atSeconds(null, '1')).toEqual(['AAA HALTED']);
    expect(atSeconds('1', '2')).toEqual(['AAA ACTIVE', 'BBB HALTED']);
    expect(atSeconds('2', '9')).toEqual(['AAA HALTED']);
  });

  it('lead each market to where they end in one write, and remember when it resumed', async () => {
    const { store, ports } = running();
    await applyEvents(ports, eventsBetween(inputs.events, null, second('2')));
    const [aaa, bbb] = [store.tables.Markets.get('AAA'), store.tables.Markets.get('BBB')];
    expect(aaa).toMatchObject({ status: 'ACTIVE', resumedAt: second('2'), version: 2, lastWriter: 'OPERATOR' });
    expect(bbb).toMatchObject({ status: 'HALTED', resumedAt: null, version: 2 });
  });

  it('change nothing when they are applied again', async () => {
    const { store, ports } = running();
    const events = eventsBetween(inputs.events, null, second('3'));
    await applyEvents(ports, events);
    const before = [...store.tables.Markets.values()];
    await applyEvents(ports, events);
    expect([...store.tables.Markets.values()]).toEqual(before);
  });
});
