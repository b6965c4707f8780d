import { describe, expect, it } from 'vitest';
import { faultsAfter, faultsWith, load, marginRulesWith, shippedFiles, shippedRuleSet, shown } from './shipped-files.ts';

const house = shippedFiles('house');

describe('a folder', () => {
  it('needs every file and has no other, and all of its faults are told at once, by file and line', () => {
    const { 'safeguards.json': _, ...rest } = house;
    const spoiled = {
      ...rest,
      'marginrules.json': '{}',
      'deleveraging.json': (house['deleveraging.json'] ?? '').replace('QUEUE', 'X').replace('FULL', 'Y'),
    };
    const result = load(spoiled);
    expect(result.ok ? [] : result.refusal.map(shown)).toEqual([
      'set/deleveraging.json:4:17 $.allocation expected an allocation of QUEUE, PRO_RATA_BY_PROFIT, PRO_RATA_BY_EQUITY, PRO_RATA_BY_CONTRACTS, CAPPED_PRO_RATA, RISK_AWARE_PRO_RATA, LEVERAGE_DRAIN, got string "X"',
      'set/deleveraging.json:5:25 $.severity.kind expected a severity of FULL, BUDGET_OF_DEFICIT, BUDGET_OF_WAVE, CAP_OF_POSITION, CAP_OF_PROFIT, got string "Y"',
      expect.stringMatching(/^set\/marginrules\.json:1:1 \$ unknown file: a rule set has rule-set\.json, margin-tiers\.json/),
      'set/safeguards.json:1:1 $ file is missing',
    ]);
  });

  it('may hold a README and tests beside the law', () => {
    expect(load({ ...house, 'README.md': '# house', 'tests/first.json': '{' }).ok).toBe(true);
  });
});

describe('rules', () => {
  const rules = house['margin.rules.json'] ?? '';

  it('have unique names and priorities', () => {
    expect(
      faultsWith('margin.rules.json', rules.replace('"liquidate"', '"reduce-to-tier"').replace('"priority": 20', '"priority": 30')).map(
        shown,
      ),
    ).toEqual([
      'set/margin.rules.json:17:15 $.rules[1].name name `reduce-to-tier` is given to two rules: each needs its own',
      'set/margin.rules.json:18:19 $.rules[1].priority priority `30` is given to two rules: each needs its own',
    ]);
  });

  it.each(['0', '-1', '1.5', '1000001', '"20"', 'null'])('have no priority %s', (priority) => {
    expect(faultsAfter('margin.rules.json', '"priority": 20', `"priority": ${priority}`)).toMatchObject([
      { path: '$.rules[1].priority', line: 18 },
    ]);
  });

  it('are at least one for margin, and leave no residual and no loss to nobody', () => {
    const execution = rules.slice(rules.indexOf('"execution"'));
    expect(faultsWith('margin.rules.json', `{ "rules": [], ${execution}`).map(shown)).toEqual([
      'set/margin.rules.json:1:12 $.rules expected at least one rule, got an empty list',
    ]);
    const none = faultsWith('shortfall.rules.json', '{ "deleveragingTrigger": "ORDER_ENDED", "rules": [] }');
    expect(none.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '1 no rule with `DELEVERAGE` or `HALT` fires for residual quantity `1000`',
      '1 no rule with `ABSORB`, `DELEVERAGE` or `HALT` fires for shortfall `1000`',
    ]);
  });

  it.each([
    ['{ "type": "REDUCE_BY_FRACTION", "params": { "fraction": "0.2" } }', null],
    ['{ "type": "REDUCE_BY_FRACTION", "params": { "fraction": "1" } }', null],
    ['{ "type": "REDUCE_BY_FRACTION", "params": { "fraction": "0" } }', '$.rules[0].event.params.fraction'],
    ['{ "type": "REDUCE_BY_FRACTION", "params": { "fraction": 0.2 } }', '$.rules[0].event.params.fraction'],
    ['{ "type": "REDUCE_BY_FRACTION" }', '$.rules[0].event.params'],
    ['{ "type": "LIQUIDATE", "params": {} }', '$.rules[0].event.params'],
    ['{ "type": "SOCIALIZE" }', '$.rules[0].event.type'],
  ])('take the event %s or refuse it at %s', (event, path) => {
    const conditions = '{ "all": [{ "fact": "marginRatio", "operator": "decimalAtLeast", "value": "1" }] }';
    expect(faultsWith('margin.rules.json', marginRulesWith(conditions, event)).map((fault) => fault.path)).toEqual(
      path === null ? [] : [path],
    );
  });

  it('refuse an event that there is not, and the message names what is available', () => {
    expect(faultsAfter('shortfall.rules.json', '"ABSORB"', '"MUTUALIZE"').map((fault) => fault.message)).toEqual([
      'expected an event of ABSORB, DELEVERAGE, SOCIALIZE, HALT, got string "MUTUALIZE"',
    ]);
  });

  it('ask about no fact of the other kind, and about none that nothing computes', () => {
    expect(faultsAfter('margin.rules.json', '"tierIndex"', '"fundBalance"')).toMatchObject([{ path: '$.rules[0].conditions.all[1].fact' }]);
    expect(faultsAfter('shortfall.rules.json', '"fact": "shortfall"', '"fact": "securityToValue"').map((fault) => fault.message)).toEqual([
      'fact `securityToValue` has no value: safeguards.json has `securityToValue` null',
    ]);
  });
});

describe('policies', () => {
  const drawdown = '"drawdown": { "window": "PT8H", "trigger": "0.30", "release": "0.31", "operator": "AT_LEAST", "minimumBalance": "0" }';

  it.each([
    [
      'insurance-fund.json',
      '"drawdown": null',
      drawdown,
      '$.domains[0].drawdown.release',
      'expected at most the trigger `0.3`, got `0.31`',
    ],
    ['insurance-fund.json', '"usdc"', '"usdt"', '$.domains[1].fundId', 'fund `usdt` is given twice: each needs its own id'],
    [
      'insurance-fund.json',
      '"USDC"',
      '"USDT"',
      '$.domains[1].markets[0]',
      'market `*` with asset `USDT` has a fund already: a loss is paid by one fund',
    ],
    [
      'shortfall.rules.json',
      'ORDER_ENDED',
      'FUND_DRAWDOWN',
      '$.deleveragingTrigger',
      'trigger `FUND_DRAWDOWN` needs a fund with a `drawdown` or a `balanceTrigger` in insurance-fund.json',
    ],
    ['deleveraging.json', '"steps": 5', '"steps": 0', '$.indicator.steps', 'expected at least 1, got number 0'],
    ['deleveraging.json', '"pnlRatio": 1', '"pnlRatio": 5', '$.ranking.weights.pnlRatio', 'expected at most 4, got number 5'],
    [
      'deleveraging.json',
      '"BANKRUPTCY"',
      '"LAST"',
      '$.settlementPrice',
      'expected a settlement price of BANKRUPTCY, MARK, FROZEN_MARK, PREVIOUS_MARK, INDEX_CAPPED_AT_BANKRUPTCY, an object of kind MARK_SPREAD or LAST_DISTANCE, or one of these names for CROSS and for ISOLATED, got string "LAST"',
    ],
    [
      'deleveraging.json',
      '"settlementPrice": "BANKRUPTCY"',
      '"settlementPrice": { "CROSS": "MARK" }',
      '$.settlementPrice',
      'expected a settlement price of BANKRUPTCY, MARK, FROZEN_MARK, PREVIOUS_MARK, INDEX_CAPPED_AT_BANKRUPTCY, an object of kind MARK_SPREAD or LAST_DISTANCE, or one of these names for CROSS and for ISOLATED, got an object',
    ],
    [
      'deleveraging.json',
      '"PROFIT_TIMES_LEVERAGE"',
      '"PROFIT"',
      '$.ranking.formula',
      'expected a formula of PROFIT_TIMES_LEVERAGE, FACTORS, LEXICOGRAPHIC, SEEDED_START, got string "PROFIT"',
    ],
    ['safeguards.json', '"securityToValue": null', '"securityToValue": "1"', '$.securityToValue', 'expected an object, got string "1"'],
    [
      'safeguards.json',
      '"jumpBand": null',
      '"jumpBand": "0"',
      '$.jumpBand',
      'expected a decimal string above zero, such as "0.5", got string "0"',
    ],
    [
      'safeguards.json',
      '"jumpBand": null',
      '"jumpBand": null, "jumpConfirmations": 0',
      '$.jumpConfirmations',
      'expected at least 1, got number 0',
    ],
  ] as const)('of %s: %s → %s', (name, from, to, path, message) => {
    expect(faultsAfter(name, from, to)).toMatchObject([{ path, message }]);
  });

  it('that are left out have the default or null', () => {
    expect(shippedRuleSet('house').safeguards.jumpConfirmations).toBe(2);
    const text = '{ "domains": [{ "fundId": "f", "asset": "USDT", "markets": ["*"], "floor": "0", "interval": "PT1H" }] }';
    const result = load({ ...house, 'insurance-fund.json': text });
    expect(result.ok && result.value.funds).toMatchObject([{ drawCapPerMarket: null, drawCapPerInterval: null, drawdown: null }]);
  });
});
