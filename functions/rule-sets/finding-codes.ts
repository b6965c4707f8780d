import type { Severity } from './rule-finding.ts';

interface CodeMeaning {
  readonly severity: Severity;
  /** When the finding is made, in a few words: for tables, and for the rules of a report. */
  readonly summary: string;
}

const error = (summary: string): CodeMeaning => ({ severity: 'ERROR', summary });
const warning = (summary: string): CodeMeaning => ({ severity: 'WARNING', summary });

/** Every kind of finding that the check of a rule set makes. A code never changes its meaning, so that reports can be filtered by it. */
export const FINDING_CODES = {
  'missing-file': error('one of the seven files is not in the folder'),
  'unknown-file': error('the folder holds a file that is no part of a rule set'),
  'too-many-bytes': error('a file has more bytes than its limit'),
  'byte-order-mark': error('a file begins with a byte order mark'),
  'not-utf-8': error('a file holds bytes that are not UTF-8'),
  'not-json': error('the text is not JSON'),
  comment: error('a comment stands in the JSON'),
  'trailing-comma': error('a comma stands before a closing bracket'),
  'nested-too-deep': error('brackets are nested deeper than the limit'),
  'duplicate-key': error('an object has a key twice'),
  'refused-key': error('a key is `__proto__`, `constructor` or `prototype`'),
  'inexact-number': error('a number cannot be read as it is written'),
  'unknown-key': error('nothing reads the key'),
  'missing-key': error('an object lacks a key'),
  'number-for-decimal': error('a JSON number stands where a decimal string is expected'),
  'malformed-decimal': error('a decimal string has the wrong form, sign or size'),
  'malformed-text': error('an id, a version, a date, an address or a length of time has the wrong form'),
  'wrong-type': error('another kind of value is expected'),
  'unknown-choice': error('the value is none of the choices'),
  'unknown-fact': error('a rule asks about a fact that rules of its kind do not have'),
  'unknown-operator': error('a comparison has an operator that does not exist'),
  'unknown-event': error('a rule names an event that rules of its kind do not have'),
  'empty-list': error('a list needs at least one entry'),
  'list-too-long': error('a list has more entries than its limit'),
  'out-of-range': error('a whole number is too small, too large or not whole'),
  'weight-out-of-bounds': error('a ranking weight is no whole exponent from −4 to 4'),
  'empty-condition': error('`all` or `any` holds no condition'),
  'mixed-condition': error('a condition is of two kinds at once, such as `all` and `any`'),
  'unclear-condition': error('a condition is none of `all`, `any`, `not` and a comparison'),
  'negated-tree': error('`not` stands before something else than a comparison'),
  'comparison-mismatch': error('fact, operator and value of a comparison do not fit together'),
  'conditions-too-deep': error('conditions are nested deeper than 8'),
  'too-many-conditions': error('a file has more than 200 conditions'),
  'duplicate-name': error('two rules have one name'),
  'duplicate-priority': error('two rules have one priority'),
  'no-margin-rule': error('the list of margin rules is empty'),
  'fact-without-value': error('a rule asks about a fact that nothing computes under this rule set'),
  'tier-start': error('the lowest tier does not begin at 0'),
  'tier-gap': error('a tier begins above the cap of the tier below'),
  'tier-overlap': error('a tier begins below the cap of the tier below'),
  'tier-uncapped': error('a tier below the last one has no cap'),
  'tier-empty': error('the cap of a tier is not above its floor'),
  'tier-rate-falls': error('a tier has a lower rate than the tier below'),
  'tier-amount': error('a maintenance amount lets the margin jump at the floor'),
  'tier-amount-unused': error('a maintenance amount stands in a form that has none'),
  'maintenance-not-below-initial': error('maintenance margin rate is not below 1 / maximum leverage'),
  'duplicate-fund': error('two funds have one id'),
  'market-in-two-funds': error('a market has two funds for one asset'),
  'release-above-trigger': error('a drawdown mode would end before it begins'),
  'stop-below-start': error('a balance trigger would end before it begins'),
  'warning-without-drawdown': error('a warning waits for a fall that nothing measures'),
  'trigger-without-drawdown': error('deleveraging waits for a drawdown that no fund watches'),
  'bands-out-of-order': error('a band of security would end before it begins, or red before amber'),
  'rule-never-fires': error('a rule holds for nothing that it could do something about'),
  'rule-shadowed': error('other rules always decide before a rule'),
  'rule-redundant': warning('other rules always bring the event of a rule'),
  'margin-rule-unbounded': error('a margin rule fires for pools of any health; a warning where the rule only warns'),
  'liquidates-healthy': warning('a margin rule acts on pools above their maintenance margin'),
  'breach-unanswered': error('a pool below its maintenance margin is left alone'),
  'waterfall-endless': error('a residual or a shortfall is left that no rule deals with'),
  'conditions-undecided': warning('conditions are too many to be followed to the end'),
  'market-without-tiers': error('a market of the law has no margin tiers'),
  'market-without-fund': error('a market of the law has no insurance fund'),
  'table-unused': warning('tiers or a fund are given for a market that the law is not for'),
  'cap-unreachable': warning('the cap of one market lies above the cap of all'),
  'ranking-constant': warning('every counterparty has the same score'),
  'throttle-outwaited': warning('a throttle lets everybody pass before its interval ends'),
  'band-too-wide': warning('a guard against wrong marks lets a fall to zero pass'),
} as const satisfies Readonly<Record<string, CodeMeaning>>;

export type FindingCode = keyof typeof FINDING_CODES;
