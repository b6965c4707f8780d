import { describe, expect, it } from 'vitest';
import { detailLines } from '#cli/print/print-rule-tests.ts';
import { durationMs } from '#core/units/time.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { runOne } from '../local/rule-tests/run-one.ts';
import { BANKRUPT, bankruptLong, NO_DEPTH, WINNER } from '../support/bankrupt-long.ts';
import { HOUSE } from '../support/small-law.ts';

const book = bankruptLong();

/** What is printed below the name of a failing test. */
const printed = async (test: object, law: RuleSet = HOUSE): Promise<readonly string[]> => {
  const result = await runOne(test, law);
  expect(result.failures).not.toEqual([]);
  const coverage = { rules: [], conditions: [], percent: 100 };
  return detailLines({ folder: 'mine', ruleSet: law, results: [result], coverage }, result);
};

/** What is printed about facts: of which pool, or what an order left of it. */
const factsOf = (lines: readonly string[]): readonly string[] => lines.filter((line) => / facts of |: refused, /.test(line));

describe('a failing expectation says what it came from', () => {
  it('of a fund: its balance, what is reserved, its floor, what its caps leave, its drawdown, and the facts of the losses it was asked for', async () => {
    const lines = await printed({ book, expect: { funds: [{ fundId: 'usdt', paid: '2' }] } });
    expect(lines.slice(3, 6)).toEqual([
      '  fund usdt at the end: balance 9, reserved 0, floor 0',
      '  cap of the interval: no cap; no drawdown limit',
      '  X-USDT: 9 available, cap of the market: no cap',
    ]);
    expect(factsOf(lines)).toEqual([expect.stringMatching(/^ {2}shortfall facts of LONG X-USDT of pool a1/)]);
  });

  it('of a fund that nothing was asked of: that no order ended with a loss', async () => {
    const calm = { ...book, accounts: book.accounts.slice(1) };
    const lines = await printed({ book: calm, expect: { funds: [{ fundId: 'usdt', paid: '2' }] } });
    expect(lines).toContain('  no order ended with a loss or a residual in its markets');
    expect(factsOf(lines)).toEqual([]);
  });

  it('of transfers: the queue, who gave what, and why somebody could not be asked', async () => {
    const lines = await printed({ book, venue: NO_DEPTH, expect: { transfers: [{ quantity: '2' }] } });
    expect(lines.slice(3)).toEqual([
      `  case ${BANKRUPT}#1, LONG X-USDT: ADL_WAIT`,
      '  1 SHORT positions of X-USDT were ranked',
      `  place 1: ${WINNER} holds 1, score 0.40463415, indicator 1`,
      `  LONG 1 X-USDT of ${BANKRUPT} at 80, mark 79`,
      `  ${WINNER} gives 1: place 1 of the queue, score 0.40463415, haircut 1`,
      '  residual 0',
    ]);
    const excluding: RuleSet = {
      ...HOUSE,
      deleveraging: { ...HOUSE.deleveraging, exclude: { ...HOUSE.deleveraging.exclude, tags: ['MAKER'] } },
    };
    const accounts = book.accounts.map((each) => (each.accountId === 'a2' ? { ...each, tags: ['MAKER'] } : each));
    const refused = await printed({ book: { ...book, accounts }, venue: NO_DEPTH, expect: { transfers: [{ quantity: '1' }] } }, excluding);
    expect(refused).toContainEqual(expect.stringMatching(`place 1: ${WINNER} holds 1, score .*, EXCLUDED_TAG`));
    expect(refused).toContain('  residual 1: INFEASIBLE');
  });

  it('of transfers where nothing was left: how each pool stood', async () => {
    const calm = { ...book, accounts: book.accounts.slice(1) };
    const lines = await printed({ book: calm, expect: { transfers: [{ quantity: '1' }] } });
    expect(lines.slice(3)).toEqual(['  no order left a residual to deleverage', `  pool ${WINNER} at the marks of the book: SAFE`]);
  });

  it('of a case: what was decided about its pool, and the facts of that pool only', async () => {
    const lines = await printed({ book, expect: { cases: [{ poolId: BANKRUPT, state: 'CLOSED_ADL' }] } });
    expect(lines).toContain(`  case ${BANKRUPT}#1, LONG X-USDT: CLOSED_FUND`);
    expect(factsOf(lines)).toEqual([expect.stringContaining(`shortfall facts of LONG X-USDT of pool ${BANKRUPT} `)]);
    const none = await printed({ book, expect: { cases: [{ poolId: WINNER, state: 'CLOSED_ADL' }] } });
    expect(factsOf(none)).toEqual([expect.stringMatching(`margin facts of pool ${WINNER} in wave `)]);
  });

  it('of orders: the facts of the pools whose orders differ, and of no other', async () => {
    expect(factsOf(await printed({ book, expect: { orders: [] } }))).toEqual([
      `  margin facts of pool ${BANKRUPT} at the marks of the book`,
    ]);
  });

  it('of a pool that could not be judged: that its mark was too old', async () => {
    const law: RuleSet = { ...HOUSE, safeguards: { ...HOUSE.safeguards, markMaximumAge: durationMs(60_000) } };
    const [market] = book.markets;
    const position = { side: 'LONG', quantity: '1', entryPrice: '100', marginMode: 'CROSS' };
    const held = ['X-USDT', 'Y-USDT'].map((marketId) => ({ ...position, marketId }));
    const both = {
      ...book,
      markets: [market, { ...market, marketId: 'Y-USDT', markPrice: '100' }],
      accounts: [{ accountId: 'a1', walletBalances: { USDT: '100' }, positions: held }],
    };
    const lines = await printed(
      {
        book: both,
        marks: [{ marketId: 'X-USDT', markPrice: '1', afterMs: 61_000 }],
        expect: { cases: [{ poolId: 'a1#CROSS#USDT', state: 'CLOSED_ADL' }] },
      },
      law,
    );
    expect(lines.slice(3)).toEqual(['  pool a1#CROSS#USDT: REFUSED, MARK_TOO_OLD in market `Y-USDT`']);
  });
});

describe('what is printed of a failing test', () => {
  it('is at most 40 lines with its name, the rest counted', async () => {
    const accounts = Array.from({ length: 30 }, (_, index) => ({ ...book.accounts[0], accountId: `b${index}` }));
    const verdicts = accounts.map(({ accountId }) => ({
      poolId: `${accountId}#ISOLATED#X-USDT#LONG`,
      rule: 'liquidate',
      outcome: 'SILENT',
    }));
    const lines = await printed({ book: { ...book, accounts }, expect: { verdicts, funds: [{ fundId: 'usdt', paid: '0' }] } });
    expect(lines).toHaveLength(39);
    expect(lines).toContain('  and 26 more expectations');
    expect(lines.at(-1)).toMatch(/^ {2}and \d+ more lines$/);
  });

  it('cuts facts as the conditions cut them', async () => {
    const facts = { marginExcess: '0.123456789012345678901234567890', tierIndex: '0' };
    const lines = await printed({ facts: { margin: facts }, expect: { verdicts: [{ rule: 'liquidate', outcome: 'FIRED' }] } });
    expect(lines).toContain('  margin facts of the test');
    expect(lines).toContain('    marginExcess  0.1234567890123456789012…');
    expect(lines).toContain('        FAILS   marginExcess (0.1234567890123456789012…) decimalLessThan 0');
  });
});
