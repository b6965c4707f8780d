import type { FindingCode } from '#rule-sets/finding-codes.ts';
import type { RuleFileName } from '#rule-sets/rule-files.ts';

/** One edit of a text of `house`, and the finding that it must give. */
export interface Breakage {
  readonly file: RuleFileName;
  /** What is replaced: its first occurrence, or its first one after `after`. */
  readonly from: string;
  readonly to: string;
  readonly after?: string;
  /** What the finding stands at, from the edit on; by default the edit itself. */
  readonly at?: string;
  /** What the finding stands at where that is before the edit: its last occurrence there. */
  readonly above?: string;
  /** The file in which the finding stands, at `at`, where that is not the edited one. */
  readonly found?: RuleFileName;
  /** A piece of the message. */
  readonly message: string;
}

const inFile =
  (file: RuleFileName) =>
  (from: string, to: string, message: string, more: Pick<Breakage, 'after' | 'at' | 'above' | 'found'> = {}): Breakage => ({
    file,
    from,
    to,
    message,
    ...more,
  });

const manifest = inFile('rule-set.json');
const tiers = inFile('margin-tiers.json');
const margin = inFile('margin.rules.json');
const shortfall = inFile('shortfall.rules.json');
const fund = inFile('insurance-fund.json');
const deleveraging = inFile('deleveraging.json');
const safeguards = inFile('safeguards.json');

const BTC = { after: '"BTC-USDT"' };
const LIQUIDATE = { after: '"liquidate"' };
const BELOW = '{ "fact": "marginExcess", "operator": "decimalLessThan", "value": "0" }';
const DEEP = `${'{ "any": ['.repeat(8)}${BELOW}${'] }'.repeat(8)}`;
const MANY = Array(200).fill(BELOW).join(', ');
const AGAIN =
  '{ "name": "again", "priority": 5,\n "conditions": { "fact": "residualQuantity", "operator": "decimalGreaterThan", "value": "7" }, "event": { "type": "DELEVERAGE" } }';
const MANY_POSITIONS =
  '{ "name": "many", "priority": 5,\n "conditions": { "fact": "positionCount", "operator": "decimalGreaterThan", "value": "9" }, "event": { "type": "LIQUIDATE" } }';
/** A ratio of 0.7 at an excess of 1 needs a balance of 10 / 3, which no decimal is. */
const FINE =
  '{ "name": "fine", "priority": 5,\n "conditions": { "all": [{ "fact": "marginRatio", "operator": "decimalEqual", "value": "0.7" },' +
  ' { "fact": "marginExcess", "operator": "decimalEqual", "value": "1" }] }, "event": { "type": "WARN" } }';
const THROTTLE = '"throttle": { "notionalPerMarket": "1000", "interval": "PT2M", "maximumDelay": "PT1M" }';
const BANDS =
  '"securityToValue": { "interval": "PT60S", "measure": "NOW", "shock": "0", "slippage": "0", "amber": { "enter": "0.1", "leave": "0.09" }, "red": { "enter": "0.05", "leave": "0.06" }, "onRed": "TELL" }';
const DRAWDOWN = '"drawdown": { "window": "PT8H", "trigger": "0.3", "release": "0.31", "operator": "AT_LEAST", "minimumBalance": "0" }';

/** Ways to break `house` by one edit of a text, by the kind of finding that each must give; all seven files are among them. */
export const BREAKAGES = {
  'too-many-bytes': [deleveraging('"QUEUE"', `"${'Q'.repeat(65_536)}"`, 'more than the limit', { above: '{\n  "$schema"' })],
  'byte-order-mark': [safeguards('{', '\ufeff{', 'byte order mark')],
  'not-json': [manifest('"id": "house",', '"id": "house"', 'expected `,` or `}`', { at: '"version"' })],
  comment: [fund('"usdt",', '"usdt", // ours', 'comments are not part of json', { at: '//' })],
  'trailing-comma': [margin('"PT10S"', '"PT10S",', 'trailing commas', { at: '}' })],
  'nested-too-deep': [manifest('"markets"', `"notes": ${'['.repeat(24)}${']'.repeat(24)}, "markets"`, 'limit of `24`')],
  'duplicate-key': [fund('"floor": "0"', '"floor": "1000",\n "floor" : "0"', 'key `floor` is given twice', { at: '"floor" :' })],
  'refused-key': [safeguards('"throttle"', '"__proto__"', 'key `__proto__` is not allowed')],
  'inexact-number': [tiers('"0.004"', '0.00400000000000000001', 'loses digits', BTC)],
  'unknown-key': [
    margin('"value": "0" }', '"value": "0",\n "pathh": "$.x" }', 'unknown key `pathh`', { at: '"pathh"' }),
    manifest('"description"', '"describtion"', 'unknown key `describtion`'),
    fund('"floor"', '"flor"', 'unknown key `flor`'),
  ],
  'missing-key': [
    fund('"floor": "0",', '', 'such as "0.5", got nothing', { above: '{\n      "fundId"' }),
    deleveraging('"losers": "EXCLUDE", ', '', 'got nothing', { above: '"ranking": {' }),
  ],
  'number-for-decimal': [
    tiers('"0.004"', '0.004', 'got number 0.004', BTC),
    margin('"value": "0"', '"value": 0', 'got number 0', LIQUIDATE),
    safeguards('"jumpBand": null', '"jumpBand": 0.1', 'got number 0.1'),
  ],
  'malformed-decimal': [tiers('"0.005"', '"0,005"', 'got string "0,005"', BTC), fund('"floor": "0"', '"floor": "-1"', 'got string "-1"')],
  'malformed-text': [
    manifest('"house"', '"our house"', 'expected an id'),
    manifest('"1.0.0"', '"1.0"', 'expected a version of three numbers'),
    manifest('2026-11-22', '2026-02-30', 'expected a date', { after: '"readOn"' }),
    tiers('"BTC-USDT"', '"BTC/USDT"', 'is not a market id', { after: '],' }),
    safeguards('"graceAfterHalt": null', '"graceAfterHalt": "60s"', 'expected a length of time'),
  ],
  'wrong-type': [margin('"priority": 30', '"priority": "30"', 'got string "30"')],
  'unknown-choice': [
    deleveraging('"BANKRUPTCY"', '"BANKRUPCY"', 'got string "BANKRUPCY"'),
    shortfall('"ORDER_ENDED"', '"ORDER_END"', 'expected one of "ORDER_ENDED"'),
  ],
  'unknown-fact': [margin('"marginExcess"', '"marginExces"', 'got string "marginExces"', LIQUIDATE)],
  'unknown-operator': [margin('"decimalLessThan"', '"lessThan"', 'got string "lessThan"', LIQUIDATE)],
  'unknown-event': [margin('"LIQUIDATE"', '"CLOSE"', 'expected an event of WARN', { after: '"event": { "type": "REDUCE' })],
  'empty-list': [manifest('["*"]', '[]', 'expected a list of at least 1'), fund('["*"]', '[]', 'expected a list of at least 1')],
  'list-too-long': [deleveraging('["accountId"]', '["accountId", "accountId"]', 'expected a list of at most 1')],
  'out-of-range': [deleveraging('"steps": 5', '"steps": 0', 'expected at least 1'), margin('30', '0', 'expected at least 1')],
  'weight-out-of-bounds': [
    deleveraging('"pnlRatio": 1', '"pnlRatio": 5', 'expected at most 4'),
    deleveraging(
      '"formula": "PROFIT_TIMES_LEVERAGE", "weights": { "pnlRatio": 1, "effectiveLeverage": 1 }',
      '"formula": "FACTORS", "factors": [], "profit": { "factor": "pnlRatio", "weight": -5 }',
      'expected at least -4',
      { at: '-5' },
    ),
  ],
  'empty-condition': [margin(`[${BELOW}]`, '[]', 'got an empty list', LIQUIDATE)],
  'mixed-condition': [
    margin(`"all": [${BELOW}]`, `"all": [${BELOW}],\n "any": [${BELOW}]`, 'exactly one of', { ...LIQUIDATE, above: '"conditions": {' }),
  ],
  'unclear-condition': [margin(BELOW, '{ "condition": "reduce-to-tier" }', 'expected a condition', LIQUIDATE)],
  'negated-tree': [margin(BELOW, `{ "not": {\n "all": [${BELOW}] } }`, 'before a comparison only', { ...LIQUIDATE, at: '"all"' })],
  'comparison-mismatch': [shortfall('"fact": "shortfall"', '"fact": "marketStatus"', 'expected "oneOf"')],
  'conditions-too-deep': [margin(BELOW, DEEP, 'conditions are `10` deep', { ...LIQUIDATE, above: '"conditions": {' })],
  'too-many-conditions': [margin(BELOW, MANY, 'more than the limit of `200`', { ...LIQUIDATE, above: '"rules": [' })],
  'duplicate-name': [shortfall('"deleverage"', '"absorb"', 'name `absorb` is given to two rules')],
  'duplicate-priority': [margin('"priority": 20', '"priority": 30', 'priority `30` is given to two rules')],
  'fact-without-value': [
    shortfall('"fact": "shortfall"', '"fact": "securityToValue"', 'fact `securityToValue` has no value', { above: '"conditions": {' }),
  ],
  'tier-start': [tiers('"notionalFloor": "0"', '"notionalFloor": "1"', 'expected `0`, the floor of the lowest tier', BTC)],
  'tier-gap': [
    tiers('"notionalFloor": "50000"', '"notionalFloor": "60000"', 'expected `50000`, the cap of the tier below', BTC),
    tiers('"notionalCap": "50000"', '"notionalCap": "40000"', 'expected `40000`', { ...BTC, at: '"notionalFloor": "50000"' }),
  ],
  'tier-overlap': [tiers('"notionalFloor": "600000"', '"notionalFloor": "500000"', 'expected `600000`, the cap of the tier below', BTC)],
  'tier-uncapped': [tiers('"notionalCap": "600000"', '"notionalCap": null', 'only the last tier may have none', BTC)],
  'tier-empty': [tiers('"notionalCap": "600000"', '"notionalCap": "50000"', 'expected a cap above the floor `50000`', BTC)],
  'tier-rate-falls': [tiers('"0.0065"', '"0.0045"', 'expected at least `0.005`', BTC)],
  'tier-amount': [tiers('"maintenanceAmount": "50"', '"maintenanceAmount": "51"', 'expected `50`', BTC)],
  'maintenance-not-below-initial': [tiers('"maximumLeverage": "125"', '"maximumLeverage": "250"', 'initial margin rate `0.004`', BTC)],
  'duplicate-fund': [fund('"usdc"', '"usdt"', 'fund `usdt` is given twice')],
  'market-in-two-funds': [fund('["*"]', '["*", "*"]', 'has a fund already')],
  'release-above-trigger': [fund('"drawdown": null', DRAWDOWN, 'expected at most the trigger `0.3`, got `0.31`')],
  'stop-below-start': [
    fund(
      '"drawdown": null',
      '"drawdown": null, "balanceTrigger": { "start": "5", "stop": "4" }',
      'expected at least the start `5`, got `4`',
    ),
  ],
  'warning-without-drawdown': [
    fund('"drawdown": null', '"drawdown": null, "warning": { "drawdown": "0.2" }', 'a warning by the fall needs a `drawdown`'),
  ],
  'trigger-without-drawdown': [shortfall('ORDER_ENDED', 'FUND_DRAWDOWN', 'needs a fund with a `drawdown`')],
  'bands-out-of-order': [safeguards('"securityToValue": null', BANDS, 'expected at least the entry `0.1`, got `0.09`')],
  'rule-never-fires': [margin('"operator": "decimalGreaterThan"', '"operator": "decimalLessThan"', 'rule `reduce-to-tier` can never fire')],
  'rule-shadowed': [margin('"priority": 30', '"priority": 10', 'rule `reduce-to-tier` never decides', { above: '"name"' })],
  'rule-redundant': [shortfall('    }\n  ]', `    }, ${AGAIN}\n  ]`, 'rule `again` changes nothing', { at: '"again"' })],
  'margin-rule-unbounded': [
    margin('    }\n  ]', `    }, ${MANY_POSITIONS}\n  ]`, 'rule `many` fires for pools of any health', { at: '"conditions"' }),
  ],
  'conditions-undecided': [margin('    }\n  ]', `    }, ${FINE}\n  ]`, 'not known whether', { at: '"conditions"' })],
  'liquidates-healthy': [margin('"value": "0"', '"value": "5"', 'acts on pools that still meet', LIQUIDATE)],
  'breach-unanswered': [margin('"value": "0"', '"value": "-5"', 'no rule that acts fires', LIQUIDATE)],
  'waterfall-endless': [
    shortfall('"value": "0"', '"value": "5"', 'no rule with `DELEVERAGE` or `HALT` fires', { after: '"deleverage"' }),
    shortfall('"DELEVERAGE"', '"SOCIALIZE"', '`afterCounterparties` of deleveraging.json is `CARRY_AND_HALT`'),
  ],
  'market-without-tiers': [tiers('"*": [', '"ANY": [', 'has no table', { found: 'rule-set.json', at: '"*"' })],
  'cap-unreachable': [
    fund(
      '"drawCapPerMarket": null,\n      "drawCapPerInterval": null',
      '"drawCapPerMarket": "2000", "drawCapPerInterval": "1000"',
      'one market may draw `2000`',
    ),
  ],
  'ranking-constant': [
    deleveraging('{ "pnlRatio": 1, "effectiveLeverage": 1 }', '{ "pnlRatio": 0, "effectiveLeverage": 0 }', 'all weights are `0`'),
    deleveraging(
      '"formula": "PROFIT_TIMES_LEVERAGE", "weights": { "pnlRatio": 1, "effectiveLeverage": 1 }',
      '"formula": "FACTORS", "factors": [], "profit": { "factor": "pnlRatio", "weight": 0 }',
      'all weights are `0`',
      { at: '0' },
    ),
  ],
  'throttle-outwaited': [safeguards('"throttle": null', THROTTLE, 'a pool waits at most `60` seconds')],
  'band-too-wide': [safeguards('"jumpBand": null', '"jumpBand": "1.5"', 'no fall is ever outside it')],
} as const satisfies Partial<Record<FindingCode, readonly Breakage[]>>;
