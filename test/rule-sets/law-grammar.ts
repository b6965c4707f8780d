import { FACTS, factNames, type RuleKind } from '#rule-sets/facts.ts';
import { choice, closed, decimal, type Form, flag, isMembers, list, ONE_IN_QUANTA, orNull, text, whole } from './law-forms.ts';
import { executionForm, marginEventForm } from './law-margin-rules.ts';
import { marginTiersForm } from './law-margin-tiers.ts';
import { notNegative, positive, upToOne } from './law-scalars.ts';
import { deleveraging } from './law-taking.ts';
import { isDate, isDuration, isVersion } from './law-texts.ts';

/**
 * The closed grammar of a rule set's files as `rules/README.md` tells it. It reads what the loader let pass a second time; a choice that the schemas
 * get is added here by hand.
 */
const ID_LETTERS = /[^\w.-]/;

const isId = (word: string): boolean => word.length >= 1 && word.length <= 40 && !ID_LETTERS.test(word);

const id = text('id', isId);
const marketOrAny = text('market or *', (word) => word === '*' || isId(word));
const anyText = text('text', (words) => words.length > 0);

const fromZeroToOne = decimal('ratio from 0 to 1', (quanta) => quanta >= 0n && quanta <= ONE_IN_QUANTA);
const anyDecimal = decimal('decimal', () => true);

const duration = text('length of time above zero', isDuration);

const isAddress = (written: string): boolean =>
  (written.startsWith('http://') || written.startsWith('https://')) && written.split('://')[1] !== '' && !/\s/.test(written);

const manifest = closed({
  id,
  version: text('version', isVersion),
  description: anyText,
  sources: list(closed({ title: anyText, url: text('address', isAddress), readOn: text('date', isDate) }), 0, Number.POSITIVE_INFINITY),
  markets: list(marketOrAny, 1, Number.POSITIVE_INFINITY),
});

const marginTiers = marginTiersForm(isId);

const DECIMAL_OPERATORS = choice('decimalLessThan', 'decimalAtMost', 'decimalEqual', 'decimalAtLeast', 'decimalGreaterThan');

const comparison =
  (ruleKind: RuleKind): Form =>
  (value, path) => {
    const fact = isMembers(value) ? factNames(ruleKind).find((name) => name === value.fact) : undefined;
    if (fact === undefined) return [`${path}.fact is no fact of ${ruleKind} rules`];
    const known = choice(fact);
    if (FACTS[fact].kind === 'text') return closed({ fact: known, operator: choice('oneOf'), value: list(id, 1, 100) })(value, path);
    return closed({ fact: known, operator: DECIMAL_OPERATORS, value: anyDecimal })(value, path);
  };

const condition =
  (ruleKind: RuleKind): Form =>
  (value, path) => {
    const inner = list(condition(ruleKind), 1, 200);
    const forms = { all: inner, any: inner, not: comparison(ruleKind) };
    if (!isMembers(value)) return [`${path} is no condition`];
    if (Object.hasOwn(value, 'all')) return closed({ all: forms.all })(value, path);
    if (Object.hasOwn(value, 'any')) return closed({ any: forms.any })(value, path);
    if (Object.hasOwn(value, 'not')) return closed({ not: forms.not })(value, path);
    return comparison(ruleKind)(value, path);
  };

const rules = (ruleKind: RuleKind, event: Form): Form =>
  list(closed({ name: id, priority: whole(1, 1_000_000), conditions: condition(ruleKind), event }), 0, Number.POSITIVE_INFINITY);

const marginRules = closed({ rules: rules('margin', marginEventForm(duration)), execution: executionForm(duration) });

const shortfallRules = closed({
  deleveragingTrigger: choice('ORDER_ENDED', 'MARK_AT_BANKRUPTCY', 'FUND_DRAWDOWN'),
  rules: rules('shortfall', closed({ type: choice('ABSORB', 'DELEVERAGE', 'SOCIALIZE', 'HALT') })),
});

const drawdown = closed(
  {
    window: duration,
    trigger: upToOne,
    release: notNegative,
    operator: choice('AT_LEAST', 'GREATER_THAN'),
    minimumBalance: notNegative,
  },
  { measure: choice('FUND_BALANCE', 'MARKET_RESULT') },
);

const balanceTrigger = closed({ start: notNegative, stop: notNegative });

const fundWarning = closed({}, { drawdown: orNull(upToOne), balance: orNull(notNegative) });

const fundIncome = closed({}, { liquidationFeeShare: fromZeroToOne, surplusShare: fromZeroToOne });

const fund = closed(
  { fundId: id, asset: id, markets: list(marketOrAny, 1, Number.POSITIVE_INFINITY), floor: notNegative, interval: duration },
  {
    drawCapPerMarket: orNull(notNegative),
    drawCapPerInterval: orNull(notNegative),
    drawdown: orNull(drawdown),
    balanceTrigger: orNull(balanceTrigger),
    warning: orNull(fundWarning),
    drawCapPerMarketForever: orNull(notNegative),
    keepsLastUnit: flag,
    income: fundIncome,
  },
);

const throttle = closed({ notionalPerMarket: positive, interval: duration, maximumDelay: duration });

const fromZeroBelowOne = decimal('ratio from 0, below 1', (quanta) => quanta >= 0n && quanta < ONE_IN_QUANTA);
const aboveOne = decimal('ratio above 1', (quanta) => quanta > ONE_IN_QUANTA);
const band = closed({ enter: positive, leave: positive });

const securityToValue = closed({
  interval: duration,
  measure: choice('NOW', 'STRESSED'),
  shock: fromZeroBelowOne,
  slippage: fromZeroBelowOne,
  amber: band,
  red: band,
  onRed: choice('REDUCE_ONLY', 'TELL'),
});

const opening = closed(
  {},
  {
    openInterestCap: orNull(positive),
    amberCapShare: fromZeroToOne,
    positionShare: orNull(upToOne),
    positionShareFrom: notNegative,
    unrealizedProfitCap: orNull(notNegative),
  },
);

const safeguards = closed(
  {
    markMaximumAge: orNull(duration),
    jumpBand: orNull(positive),
    indexDivergence: orNull(positive),
    throttle: orNull(throttle),
    graceAfterHalt: orNull(duration),
    securityToValue: orNull(securityToValue),
  },
  {
    jumpConfirmations: whole(1, 100),
    volatility: orNull(closed({ window: duration, ratio: aboveOne })),
    opening: orNull(opening),
    withdrawalGate: orNull(closed({ closedFor: duration })),
  },
);

/** The form of each file of a rule set. */
export const LAW_FORMS: Readonly<Record<string, Form>> = {
  'rule-set.json': manifest,
  'margin-tiers.json': marginTiers,
  'margin.rules.json': marginRules,
  'shortfall.rules.json': shortfallRules,
  'insurance-fund.json': closed({ domains: list(fund, 0, Number.POSITIVE_INFINITY) }),
  'deleveraging.json': deleveraging,
  'safeguards.json': safeguards,
};
