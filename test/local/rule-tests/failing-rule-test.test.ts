import { describe, expect, it } from 'vitest';
import { BANKRUPT, bankruptLong, NO_DEPTH, WINNER } from '../../support/bankrupt-long.ts';
import { failuresOf, runOne } from './run-one.ts';

const book = bankruptLong();

describe('a test of a book fails', () => {
  it.each([
    [
      'a verdict',
      { verdicts: [{ poolId: WINNER, rule: 'liquidate', outcome: 'FIRED' }] },
      '$.expect.verdicts[0].outcome: "FIRED" → "SILENT"',
    ],
    [
      'an event',
      { verdicts: [{ poolId: WINNER, rule: 'liquidate', event: 'WARN', outcome: 'SILENT' }] },
      '$.expect.verdicts[0].event: "WARN" → "LIQUIDATE"',
    ],
    ['a decision', { decisions: [{ poolId: WINNER, kind: 'NONE', state: 'WARNED' }] }, '$.expect.decisions[0].state: "WARNED" → "SAFE"'],
    [
      'a member of a position',
      { pools: [{ poolId: BANKRUPT, positions: [{ marketId: 'X-USDT', side: 'LONG', quantity: '2' }] }] },
      '$.expect.pools[0].positions[0].quantity: "2" → "1"',
    ],
    ['an order', { orders: [{ quantity: '2' }] }, '$.expect.orders[0].quantity: "2" → "1"'],
    [
      'a shortfall verdict',
      { shortfallVerdicts: [{ rule: 'deleverage', outcome: 'FIRED' }] },
      '$.expect.shortfallVerdicts[0].outcome: "FIRED" → "SILENT"',
    ],
    ['a fund', { funds: [{ fundId: 'usdt', paid: '2' }] }, '$.expect.funds[0].paid: "2" → "1"'],
    [
      'the state of a case',
      { cases: [{ poolId: BANKRUPT, state: 'CLOSED_ADL' }] },
      '$.expect.cases[0].state: "CLOSED_ADL" → "CLOSED_FUND"',
    ],
    [
      'that no case was opened',
      { cases: [] },
      `$.expect.cases: 0 of them: [] → 1 of them: [{"poolId":"${BANKRUPT}","state":"CLOSED_FUND"}]`,
    ],
    [
      'a transfer that nobody made',
      { transfers: [{ quantity: '1' }] },
      '$.expect.transfers: 1 of them: [{"quantity":"1"}] → 0 of them: []',
    ],
    ['a plan of no residual', { plans: [{}] }, '$.expect.plans: 1 of them: [{}] → 0 of them: []'],
    ['a total', { totals: { breaches: 2 } }, '$.expect.totals.breaches: 2 → 1'],
  ])('on %s', async (_claim, expected, failure) => {
    expect(await failuresOf({ book, expect: expected })).toEqual([failure]);
  });

  it.each([
    [
      'pool',
      { verdicts: [{ poolId: 'a3', rule: 'liquidate', outcome: 'FIRED' }] },
      `$.expect.verdicts[0].poolId: pool a3 → not there; there is ${BANKRUPT}, ${WINNER}`,
    ],
    [
      'rule',
      { verdicts: [{ poolId: WINNER, rule: 'liquidat', outcome: 'SILENT' }] },
      '$.expect.verdicts[0].rule: margin rule liquidat → no such rule; there is reduce-to-tier, liquidate',
    ],
    [
      'shortfall rule',
      { shortfallVerdicts: [{ rule: 'liquidate', outcome: 'FIRED' }] },
      '$.expect.shortfallVerdicts[0].rule: shortfall rule liquidate → no such rule; there is absorb, deleverage',
    ],
    [
      'market',
      { shortfallVerdicts: [{ marketId: 'Y-USDT', rule: 'absorb', outcome: 'FIRED' }] },
      `$.expect.shortfallVerdicts[0].marketId: market Y-USDT → not there; there is ${BANKRUPT} X-USDT`,
    ],
    ['pool of an order', { orders: [{ poolId: 'a3' }] }, `$.expect.orders[0].poolId: "a3" → "${BANKRUPT}"`],
    [
      'pool of a decision',
      { decisions: [{ poolId: 'a3', kind: 'NONE' }] },
      `$.expect.decisions[0].poolId: pool a3 → not there; there is ${BANKRUPT}, ${WINNER}`,
    ],
    ['pool of figures', { pools: [{ poolId: 'a3', state: 'SAFE' }] }, `$.expect.pools[0]: a3 → not there; there is ${BANKRUPT}, ${WINNER}`],
    [
      'position',
      { pools: [{ poolId: WINNER, positions: [{ marketId: 'Y', side: 'LONG' }] }] },
      '$.expect.pools[0].positions[0]: Y LONG → not there; there is X-USDT SHORT',
    ],
    ['fund', { funds: [{ fundId: 'usdc', paid: '0' }] }, '$.expect.funds[0]: usdc → not there; there is usdt'],
    [
      'pool of a case',
      { cases: [{ poolId: WINNER, state: 'CLOSED_ADL' }] },
      `$.expect.cases[0]: ${WINNER} → not there; there is ${BANKRUPT}`,
    ],
    [
      'residual',
      { residuals: [{ poolId: WINNER, marketId: 'X-USDT', side: 'SHORT' }] },
      `$.expect.residuals[0]: ${WINNER} X-USDT SHORT → not there; there is no other`,
    ],
  ])('naming a %s that there is not', async (_claim, expected, failure) => {
    expect(await failuresOf({ book, expect: expected })).toEqual([failure]);
  });

  it('where a name is left out and several come into question', async () => {
    const failures = await failuresOf({ book, expect: { verdicts: [{ rule: 'liquidate', outcome: 'FIRED' }] } });
    expect(failures).toEqual([`$.expect.verdicts[0]: ids that name one → several come into question: ${BANKRUPT}, ${WINNER}`]);
  });

  it('on a residual that it does not state', async () => {
    const alone = { ...book, accounts: book.accounts.slice(0, 1) };
    const [failure, ...others] = await failuresOf({ book: alone, venue: NO_DEPTH, expect: { residuals: [] } });
    expect([failure, others]).toEqual([expect.stringContaining('$.expect.residuals: 0 of them: [] → 1 of them'), []]);
  });

  it('with the facts of the pool that its expectation is about', async () => {
    const { failures } = await runOne({ book, expect: { pools: [{ poolId: WINNER, state: 'WARNED' }], totals: { breaches: 2 } } });
    const [ofPool, ofTotals] = failures.map(({ asked }) => asked.map(({ of, facts }) => [of, String(facts.get('marginBalance'))]));
    expect(ofPool).toEqual([[`pool ${WINNER} at the marks of the book`, '41']]);
    expect(ofTotals).not.toContainEqual([expect.stringContaining(WINNER), expect.anything()]);
  });
});
