import { describe, expect, it } from 'vitest';
import { blastRadius, together } from '#core/blast-radius.ts';
import { provenanceFault } from '#core/insurance/loss-provenance.ts';
import { present } from '#core/invariant.ts';
import { plainJson } from '#core/plain-json.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { administerRules } from '#functions/administer-rules/administer-rules.ts';
import { provenanceFindings } from '#functions/audit/audit-case.ts';
import { watchMarks } from '#functions/watch-marks/handler.ts';
import { runReplay } from '#local/replay/run-replay.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { memoryRules } from '../administer-rules/memory-rules.ts';
import { MemoryStreams } from '../handlers/memory-streams.ts';
import { recordOf } from '../handlers/stream-records.ts';
import { observationsOf } from '../support/delivery.ts';
import { fundPolicy, GUARDED, HOUSE, leaf, seconds, withSafeguards, withShortfallRule } from '../support/small-law.ts';
import { inputsOf, recorded, replayed, type SmallVenue } from '../support/small-venue.ts';

const amount = (text: string) => money(decimal(text));

/** AAA and BBB in domains of their own. */
const APART: RuleSet = {
  ...HOUSE,
  funds: [
    { ...fundPolicy({}), fundId: 'usdt', markets: ['AAA'] },
    { ...fundPolicy({}), fundId: 'other', markets: ['BBB'] },
  ],
};

describe('FPP-1: a loss stays in the domain of its market', () => {
  const accounts = `
    hedged | 100  | LONG 10 AAA 100 + LONG 10 BBB 50
    s1     | 2000 | SHORT 10 AAA 100
    s2     | 2000 | SHORT 10 BBB 50`;
  const crash: SmallVenue = { accounts, fund: '1000', marks: '0 | 80 | 45' };

  it('a cross pool with legs in two domains draws on each fund for its own market alone', async () => {
    const inputs = inputsOf(crash, APART);
    const funds = inputs.initial.funds.map((fund) => ({ ...fund, balance: amount('1000') }));
    const { tables, violations } = await runReplay({ ...inputs, initial: { ...inputs.initial, funds } }, () => {});
    expect(violations).toEqual([]);
    const paid = [...tables.Journal.values()].flatMap(({ marketId, legs }) =>
      legs.filter(({ account, value }) => account.startsWith('FUND#') && value.lt(0)).map(({ account }) => `${account} for ${marketId}`),
    );
    expect([...new Set(paid)].sort()).toEqual(['FUND#other for BBB', 'FUND#usdt for AAA']);
  });

  it('the other fund stays as it was, to the last unit, and the market without money deleverages', async () => {
    const outcome = await replayed(
      { ...crash, accounts: 'b1 | 50 | LONG 10 BBB 50\n s2 | 2000 | SHORT 10 BBB 50', marks: '0 | 100 | 40' },
      APART,
    );
    expect(outcome.tables.Funds.get('usdt')?.balance.toFixed()).toBe('1000');
    expect(outcome.tally.markets.get('BBB')?.deleveragedQuantity.toFixed()).toBe('10');
  });

  it('markets that one domain names share its fund: the only sharing that there is', async () => {
    const outcome = await replayed(
      { ...crash, accounts: 'b1 | 50 | LONG 10 BBB 50\n s2 | 2000 | SHORT 10 BBB 50', marks: '0 | 100 | 40' },
      HOUSE,
    );
    expect(outcome.tables.Funds.get('usdt')?.balance.toFixed()).toBe('950');
  });

  it('own margin, fund, counterparties, residual: each layer leaves its record, in this order', async () => {
    const venue: SmallVenue = {
      accounts: 'b1 | 50 | LONG 10 AAA 100\n s1 | 900 | SHORT 4 AAA 100',
      fund: '10',
      depthPerMark: { AAA: '3' },
      marks: '0 | 90 | -',
    };
    const outcome = await replayed(venue, HOUSE);
    const kinds = outcome.record.lines.map((line) => JSON.parse(line).kind);
    expect(kinds.filter((kind, at) => kinds.indexOf(kind) === at)).toEqual(['MARGIN', 'OPENING', 'SHORTFALL', 'RANKING', 'DELEVERAGING']);
    expect([...outcome.tables.Journal.values()].map(({ kind }) => kind)).toEqual(['MARKET_FILL', 'DELEVERAGING']);
    expect(outcome.tally.total.residualQuantity.isZero()).toBe(false);
  });

  it('an entry that books a debt of one market to the fund of another is refused: 100,100 units of asset 1 left the pool of asset 0 so', () => {
    const leg = (account: string, value: string) => ({ account, marketId: null, quantity: decimal('0'), value: amount(value) });
    const entry = (marketId: string, fundId: string) => ({
      entryId: 'e1',
      caseId: 'c1',
      kind: 'MARKET_FILL' as const,
      asset: 'USDT',
      marketId,
      legs: [leg('a1#CROSS#USDT', '100100'), leg(`FUND#${fundId}`, '-100100')],
    });
    const fundIdOf = (marketId: string) => (marketId === 'AAA' ? 'usdt' : 'other');
    expect(provenanceFault(entry('BBB', 'other'), fundIdOf)).toBeNull();
    expect(provenanceFault(entry('BBB', 'usdt'), fundIdOf)).toContain('`FUND#usdt`');
    const foreign = { ...entry('BBB', 'other'), legs: [{ ...leg('VENUE#AAA', '1'), marketId: 'AAA' }] };
    expect(provenanceFault(foreign, fundIdOf)).toContain('moves something in AAA');
    expect(provenanceFindings(entry('BBB', 'other'), fundIdOf)).toEqual([]);
    expect(provenanceFindings(entry('BBB', 'usdt'), fundIdOf)).toMatchObject([{ subject: 'entry `e1`', halts: ['BBB'] }]);
  });
});

it('FPP-2: the fall of an isolated position changes nothing but itself and its counterparty: every other record is what it is without the fall', async () => {
  const recordsWith = async (isolatedMargin: string) => {
    const accounts = `
      loser  | 500 | LONG 10 AAA 100 ${isolatedMargin} + LONG 1 BBB 50
      winner | 900 | SHORT 10 AAA 100
      third  | 900 | LONG 10 AAA 90 + SHORT 1 BBB 50`;
    const { tables } = await replayed({ accounts, fund: '0', depthPerMark: { AAA: '0' }, marks: '0 | 90 | 50' }, HOUSE);
    const items = [...tables.Pools, ...tables.Markets, ...tables.Funds];
    return new Map(items.map(([id, item]) => [id, JSON.stringify(plainJson(item))]));
  };
  const [fallen, standing] = [await recordsWith('50'), await recordsWith('5000')];
  const differing = [...fallen].filter(([id, record]) => standing.get(id) !== record).map(([id]) => id);
  expect([fallen.size, standing.size]).toEqual([7, 7]);
  expect(differing.sort()).toEqual(['loser#ISOLATED#AAA#LONG', 'winner#CROSS#USDT']);
});

it('FPP-3: only so much notional value starts liquidation at once; the rest waits, visibly, and no longer than its time', async () => {
  const accounts = 'b1 | 40 | LONG 10 AAA 100\n b2 | 41 | LONG 10 AAA 100\n b3 | 42 | LONG 10 AAA 100\n s1 | 3000 | SHORT 30 AAA 100';
  const throttle = { notionalPerMarket: amount('1000'), interval: seconds(3600), maximumDelay: seconds(20) };
  const outcome = await replayed(
    { accounts, marks: '0 | 95 | -\n 10 | 95 | -\n 20 | 95 | -', fund: '9000' },
    withSafeguards(HOUSE, { throttle }),
  );
  const openings = recorded(outcome, 'OPENING').map(
    ({ poolId, outcome: what, deferral }) => `${String(poolId).slice(0, 2)} ${what} ${deferral}`,
  );
  expect(openings).toEqual([
    'b1 OPENED null',
    ...['b2', 'b3', 'b2', 'b3'].map((account) => `${account} DEFERRED THROTTLED`),
    'b2 OPENED null',
    'b3 OPENED null',
  ]);
});

it('FPP-5: another regime is another version of the law, published, dated and bound to the decisions that are taken under it', async () => {
  const rules = memoryRules();
  const strict = { ...GUARDED, reference: { ...GUARDED.reference, version: '1.1.0', hash: `sha256:${'1'.repeat(64)}` } };
  const does = administerRules(rules.ports);
  for (const ruleSet of [GUARDED, strict]) await does({ action: 'PUBLISH', ruleSet }, epochMs(1));
  const { id, version } = GUARDED.reference;
  await does({ action: 'ACTIVATE', id, version, previousVersion: null }, epochMs(2));
  await does({ action: 'ACTIVATE', id, version: '1.1.0', previousVersion: version }, epochMs(3));
  expect(rules.pointers.get(id)).toEqual({ reference: strict.reference, previousVersion: version, activatedAt: 3 });
  const inForce = present(rules.versions.get(`${id}@1.1.0`), 'the version in force');
  const { lines } = (await replayed({ accounts: 'a1 | 50 | LONG 10 AAA 100', marks: '0 | 95 | -' }, inForce)).record;
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(JSON.parse(line).ruleSet).toEqual(strict.reference);
});

describe('FPP-6: the blast radius', () => {
  const venue: SmallVenue = {
    accounts: 'b1 | 50 | LONG 10 AAA 100\n s1 | 900 | SHORT 6 AAA 100\n s2 | 800 | SHORT 4 AAA 100',
    fund: '0',
    depthPerMark: { AAA: '0' },
    marks: '0 | 90 | -',
  };

  it('of each decision stands beside it in the record: accounts, markets, value moved', async () => {
    const outcome = await replayed(venue, HOUSE);
    expect(recorded(outcome, 'OPENING')[0]?.blast).toEqual({ accounts: ['b1'], markets: ['AAA'], valueMoved: '950' });
    expect(recorded(outcome, 'DELEVERAGING')[0]?.blast).toEqual({ accounts: ['b1', 's1', 's2'], markets: ['AAA'], valueMoved: '950' });
    expect(recorded(outcome, 'MARGIN')[0]?.blast).toEqual({ accounts: [], markets: [], valueMoved: '0' });
  });

  it('of a wave is that of its decisions together: everybody once, every value', async () => {
    const outcome = await replayed(venue, HOUSE);
    const [blast] = [...outcome.tally.safeguards.blasts.values()];
    expect(blast).toMatchObject({ accounts: ['b1', 's1', 's2'], markets: ['AAA'] });
    expect(blast?.valueMoved.toFixed()).toBe('1900');
    expect(together([...outcome.tables.Decisions.values()].map(blastRadius))).toEqual(blast);
  });
});

describe('FPP-7: a poisoned event stops nothing but itself', () => {
  it('a malformed record is put aside, and the mark behind it in the same batch is taken', async () => {
    const inputs = inputsOf({ accounts: 'a1 | 50 | LONG 10 AAA 100', marks: '0 | 99 | -' }, HOUSE);
    const streams = new MemoryStreams(inputs);
    for (const observation of inputs.groups.flatMap(observationsOf)) streams.observe(observation);
    const poison = recordOf('Observations', 'INSERT', { marketId: 'AAA', sequence: -1 });
    const good = recordOf('Observations', 'INSERT', { marketId: 'AAA', sequence: 1 });
    expect(await streams.work(watchMarks, [poison, good])).toEqual([]);
    expect(streams.quarantined).toHaveLength(1);
    expect(streams.delivery.store.tables.Markets.get('AAA')?.accepted?.markPrice.toFixed()).toBe('99');
  });

  it('what halts a market halts that one, and every other pool is judged', async () => {
    const halting = withShortfallRule(HOUSE, leaf('residualQuantity', 'decimalAtLeast', '8'), { type: 'HALT' });
    const accounts = 'b1 | 50 | LONG 10 AAA 100\n b2 | 50 | LONG 10 BBB 100\n s1 | 900 | SHORT 10 AAA 100\n s2 | 900 | SHORT 10 BBB 100';
    const outcome = await replayed({ accounts, fund: '1000', depthPerMark: { AAA: '0' }, marks: '0 | 94 | 94' }, halting);
    expect([outcome.tables.Markets.get('AAA')?.status, outcome.tables.Markets.get('BBB')?.status]).toEqual(['HALTED', 'ACTIVE']);
    expect(outcome.tally.markets.get('BBB')?.marketFilledQuantity.toFixed()).toBe('10');
  });
});
