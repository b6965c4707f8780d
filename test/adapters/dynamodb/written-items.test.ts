import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Write } from '#core/commit.ts';
import type { Decision } from '#core/decision.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { decisionItems, decisionLine, decodeDecision } from '#functions/adapters/dynamodb/decision-item.ts';
import { loadScenario, replayInputs } from '#local/replay/load-scenario.ts';
import { recordLine } from '#local/replay/record-line.ts';
import { type ReplayInputs, runReplay } from '#local/replay/run-replay.ts';
import { SimulatedVenue } from '#local/replay/simulated-venue.ts';
import { enginePorts } from '#local/store/engine-ports.ts';
import { MemoryStore } from '#local/store/memory-store.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { CRASH } from '../../handlers/crash.ts';
import { codedWrite } from '../../support/coded-writes.ts';
import { CONTAINING } from '../../support/containing-law.ts';
import { deliverGroup, engineOf } from '../../support/delivery.ts';
import { folderWith } from '../../support/folder.ts';
import { compareDecimalsByValue } from '../../support/same-decimals.ts';
import { crashFiles } from '../../support/small-crash.ts';
import { GUARDED, HOUSE, seconds, withFund, withMarginEvent, withSafeguards } from '../../support/small-law.ts';
import { firstPart } from '../../support/small-reduction.ts';
import { inputsOf, type SmallVenue } from '../../support/small-venue.ts';

compareDecimalsByValue();

/** Halts, stale marks, a divergent index, a jump that is confirmed, fees and tiers to step down. */
const ROUGH: SmallVenue = {
  accounts: `
    b1 | 90   | LONG 10 AAA 100
    b2 | 80   | LONG 10 AAA 100 + SHORT 3 AAA 100
    b3 | 0    | LONG 10 BBB 100 40
    s1 | 2000 | SHORT 30 AAA 103
    s2 | 1000 | SHORT 9 BBB 101
  `,
  fund: '70',
  depthPerMark: { AAA: '2.5' },
  takerFeeRate: '0.0005',
  tiers: '500 0.01 + 5000 0.02 + null 0.05',
  marks: '0 | 100 | 100\n 15 | 94 | 97/150\n 30 | 92 | 96\n 45 | 70 | 95\n 60 | 69 | 94\n 75 | 68.5 | 93\n 200 | 69 | -\n 215 | 91 | 92',
  events: '10 | BBB | HALTED\n 50 | BBB | ACTIVE',
};

/** A pool in danger with a leg whose mark has grown old. */
const STALE: SmallVenue = {
  accounts: 'b1 | 30 | LONG 2 AAA 100 + LONG 2 BBB 100\n s1 | 900 | SHORT 4 AAA 100 + SHORT 4 BBB 100',
  marks: '0 | 100 | 100\n 15 | 96 | 96\n 100 | - | 89',
};

/** Nobody takes the position until its pool has recovered. */
const RECOVERING: SmallVenue = {
  accounts: 'b1 | 10 | LONG 1 AAA 100',
  depthPerMark: { AAA: '0' },
  marks: '0 | 100 | -\n 15 | 90.5 | -\n 30 | 99 | -',
};

const SMALL_GUARDED = withFund(
  withSafeguards(GUARDED, { throttle: { notionalPerMarket: money(decimal('500')), interval: seconds(30), maximumDelay: seconds(60) } }),
  { floor: '10', drawCapPerMarket: '60', drawdown: 'AT_LEAST' },
);

const LAWS: readonly (readonly [string, RuleSet])[] = [
  ['house', HOUSE],
  ['house-guarded', GUARDED],
  ['house-guarded with small limits', SMALL_GUARDED],
  ['house that takes over', withMarginEvent(HOUSE, { type: 'TAKE_OVER' })],
  ['house that reduces', withMarginEvent(HOUSE, { type: 'REDUCE_BY_FRACTION', fraction: ratio(decimal('0.25')), cooldown: null })],
  ['house that reduces in parts', withMarginEvent(HOUSE, firstPart('0', 'WAIT'))],
  ['house with everything that contains', CONTAINING],
  ['house that warns', withMarginEvent(HOUSE, { type: 'WARN' })],
];

const scenarioInputs = (law: RuleSet): ReplayInputs => replayInputs(loadScenario(`${folderWith(crashFiles())}/scenario.json`), law);

const VENUES: readonly (readonly [string, (law: RuleSet) => ReplayInputs])[] = [
  ['the small crash', scenarioInputs],
  ['the crash of two markets', (law) => inputsOf(CRASH, law)],
  ['the rough venue', (law) => inputsOf(ROUGH, law)],
  ['the venue with a stale mark', (law) => inputsOf(STALE, law)],
  ['the recovering venue', (law) => inputsOf(RECOVERING, law)],
];

/** Every write of every commit, the engine's and the venue's. */
const writesOf = async (inputs: ReplayInputs): Promise<readonly Write[]> => {
  const writes: Write[] = [];
  const store = new MemoryStore(inputs.initial, [{ beforeCommit: (_tables, each) => void writes.push(...each) }]);
  const ports = enginePorts(store, inputs.ruleSet, inputs.fundIds);
  const engine = { ...engineOf(inputs), store, ports, venue: new SimulatedVenue(store, inputs.depthPerMark) };
  for (const group of inputs.groups) await deliverGroup(engine, group);
  return writes;
};

/** What the tables hold at the end of a replay, as writes, and what they held before it. */
const remainsOf = async (inputs: ReplayInputs) => {
  const { store, record } = await runReplay(inputs, () => {});
  const { tables } = store;
  const of = <Item>(table: ReadonlyMap<string, Item>): readonly Item[] => [...table.values()];
  const writes: readonly Write[] = [
    ...[...inputs.initial.markets, ...of(tables.Markets)].map((item): Write => ({ table: 'Markets', item })),
    ...[...inputs.initial.pools, ...of(tables.Pools)].map((item): Write => ({ table: 'Pools', item })),
    ...[...inputs.initial.funds, ...of(tables.Funds)].map((item): Write => ({ table: 'Funds', item })),
    ...of(tables.Cases).map((item): Write => ({ table: 'Cases', item })),
    ...of(tables.Orders).map((item): Write => ({ table: 'Orders', item })),
    ...of(tables.Throttles).map((item): Write => ({ table: 'Throttles', item })),
    ...of(tables.Lanes).map((item): Write => ({ table: 'Lanes', item })),
    ...of(tables.Gates).map((item): Write => ({ table: 'Gates', action: 'PUT', item })),
    ...of(tables.Journal).map((entry): Write => ({ table: 'Journal', entry })),
    ...of(tables.Decisions).map((decision): Write => ({ table: 'Decisions', decision })),
  ];
  return { writes, lines: record.lines, decisions: of(tables.Decisions) };
};

const numbersIn = (value: AttributeValue): readonly string[] => {
  if (value.N !== undefined) return [value.N];
  return [...(value.L ?? []), ...Object.values(value.M ?? {})].flatMap(numbersIn);
};

interface Run {
  readonly name: string;
  readonly writes: readonly Write[];
  readonly lines: readonly string[];
  readonly decisions: readonly Decision[];
}

const runs: Run[] = [];

beforeAll(async () => {
  for (const [venue, inputsUnder] of VENUES) {
    for (const [name, law] of LAWS) {
      const remains = await remainsOf(inputsUnder(law));
      runs.push({ ...remains, name: `${venue} under ${name}`, writes: [...(await writesOf(inputsUnder(law))), ...remains.writes] });
    }
  }
});

const all = (): readonly Write[] => runs.flatMap(({ writes }) => writes);

const tagged = <Value>(values: readonly Value[], tag: (value: Value) => string): readonly string[] => [...new Set(values.map(tag))].sort();

describe('what the engine writes', () => {
  it('is read back as it was written, item by item', () => {
    for (const { name, writes } of runs) {
      for (const write of writes) {
        const { written, read } = codedWrite(write);
        expect(read, `${name}: ${write.table}`).toStrictEqual(written);
      }
    }
  });

  it('has numbers of at most 38 digits, without exponent', () => {
    const numbers = all().flatMap((write) => codedWrite(write).items.flatMap((item) => Object.values(item).flatMap(numbersIn)));
    expect(numbers.length).toBeGreaterThan(1000);
    for (const each of new Set(numbers)) expect(each).toMatch(/^(?!-?0\.?0*$)-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$|^0$/);
    for (const each of new Set(numbers)) expect(each.replace(/^-?0\.0*|\D/g, '').length).toBeLessThanOrEqual(38);
  });

  it('has a decision from which the very line follows that a record on disk has', () => {
    for (const { lines, decisions } of runs)
      expect(decisions.map(decisionItems).map((items) => recordLine(decodeDecision(items), decisionLine(items)))).toEqual(lines);
    expect(runs.flatMap(({ lines }) => lines).length).toBeGreaterThan(100);
  });

  it('covers every table, every kind of order and every kind of decision', () => {
    expect(tagged(all(), ({ table }) => table)).toEqual(
      'Cases Decisions Funds Gates Journal Lanes Markets Nominations Orders Pools Rings Throttles'.split(' '),
    );
    const orders = all().flatMap((write) => (write.table === 'Orders' ? [write.item] : []));
    expect(tagged(orders, ({ kind }) => kind)).toEqual(['CANCEL_ORDERS', 'DELEVERAGING', 'LIQUIDATION']);
    const decisions = all().flatMap((write) => (write.table === 'Decisions' ? [write.decision] : []));
    expect(tagged(decisions, ({ kind }) => kind)).toEqual('DELEVERAGING MARGIN MARK OPENING RANKING SAFEGUARD SHORTFALL'.split(' '));
    const choices = decisions.flatMap((decision) => (decision.kind === 'MARGIN' ? [decision.choice] : []));
    expect(tagged(choices, ({ kind }) => kind)).toEqual('LIQUIDATE NONE REDUCE REFUSED TAKE_OVER WARN'.split(' '));
    const verdicts = decisions.flatMap((decision) => (decision.kind === 'MARK' ? [decision.verdict] : []));
    expect(tagged(verdicts, ({ kind }) => kind)).toEqual(expect.arrayContaining(['ACCEPTED', 'QUARANTINED']));
    const outcomes = decisions.flatMap((decision) => (decision.kind === 'OPENING' ? [decision] : []));
    expect(tagged(outcomes, ({ outcome }) => outcome)).toEqual('CANCELLED DEFERRED OPENED REATTEMPTED TAKEN_OVER'.split(' '));
    expect(tagged(outcomes, ({ deferral }) => `${deferral}`)).toEqual(expect.arrayContaining(['MARKET_HALTED', 'THROTTLED', 'null']));
    expect(
      all().some((write) => write.table === 'Cases' && write.item.legs.some((leg) => (leg.bankruptcyPrice?.precision() ?? 0) > 38)),
    ).toBe(true);
  });
});
