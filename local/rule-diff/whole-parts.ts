import { withThousands } from '#local/thousands.ts';
import type { RuleFileName } from '#rule-sets/rule-files.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { changeOf } from './general-line.ts';
import { listed, stepsInWords, written } from './in-words.ts';
import { isBelow, jsonLeaves, ORDER, type Step } from './json-leaves.ts';
import type { LeafChange } from './leaf-changes.ts';
import type { RuleChange, RuleSets, Said } from './rule-change.ts';
import { type Unit, unitOf } from './unit-of-leaf.ts';
import { DURATION } from './wording.ts';

/** What it means that a part of a rule set begins or ends to be there, by section and member. */
const BEGINS_AND_ENDS: Readonly<Record<string, readonly [begins: string, ends: string]>> = {
  'FUND.drawdown': [
    'it stops paying while it is drawn down, and counterparties are deleveraged instead',
    'a fall of its balance no longer stops it from paying',
  ],
  'FUND.balanceTrigger': [
    'it stops paying from a balance down, and counterparties are deleveraged instead',
    'a low balance alone no longer stops it from paying',
  ],
  'FUND.warning': ['people are warned before it stops paying', 'nobody is warned before it stops paying'],
  'FUND.income': ['a part of fees and surpluses is the venue’s', 'all fees and surpluses go into it'],
  'SAFEGUARDS.securityToValue': [
    'markets turn amber and red by how much stands behind their open value',
    'nobody asks any more how much stands behind a market',
  ],
  'SAFEGUARDS.volatility': ['marks far from their average are held back', 'no mark is held back for its distance from the average'],
  'SAFEGUARDS.opening': ['the venue asks before positions open and accounts withdraw', 'the venue asks nothing before positions open'],
  'SAFEGUARDS.withdrawalGate': ['nobody withdraws for a time after a pool fell below zero', 'a pool below zero closes no withdrawals'],
  'SAFEGUARDS.throttle': ['large waves of liquidations are spread out', 'whatever is due starts liquidation at once'],
};

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** A value as written, made readable: thousands set apart, lengths of time in words. */
const readableValue = (value: unknown): string => {
  if (typeof value === 'string' && DECIMAL.test(value)) return withThousands(value);
  const time = DURATION.read(value);
  return time === null ? written(value) : DURATION.show(time);
};

interface Placed {
  readonly unit: Unit;
  readonly leaf: LeafChange;
}

type Turn = 'BEGINS' | 'ENDS';

/** Whether a rule set has members at a place; null and nothing have none. */
const holds = (ruleSet: RuleSet, file: RuleFileName, part: readonly Step[]): boolean =>
  jsonLeaves(ruleSet.files[file]).some(({ key }) => isBelow(key, part));

/** Whether only the later rule set has a part, or only the earlier one; null where both have it. */
const turnOf = ({ before, after }: RuleSets, file: RuleFileName, part: readonly Step[]): Turn | null => {
  const [held, holdsNow] = [holds(before, file, part), holds(after, file, part)];
  if (held === holdsNow) return null;
  return holdsNow ? 'BEGINS' : 'ENDS';
};

const members = (placed: readonly Placed[], depth: number): string =>
  listed(placed.map(({ unit, leaf }) => `${stepsInWords(unit.rest.slice(depth))} ${readableValue(leaf.after ?? leaf.before)}`));

const fundSaid = (placed: readonly Placed[], turn: Turn): Said =>
  turn === 'BEGINS'
    ? { what: `is added (${members(placed, 0)})`, effect: 'it pays for its markets, down to its floor' }
    : { what: `is removed (it had ${members(placed, 0)})`, effect: 'nothing is paid from it any more' };

const partSaid = (unit: Unit, placed: readonly Placed[], turn: Turn): Said => {
  const effects = BEGINS_AND_ENDS[`${unit.section}.${unit.rest[0]}`];
  const name = stepsInWords(unit.rest.slice(0, 1));
  const absence = unit.section === 'SAFEGUARDS' ? 'off' : 'none';
  return turn === 'BEGINS'
    ? { what: `${name} ${absence} → ${members(placed, 1)}`, effect: effects?.[0] ?? null }
    : { what: `${name} ${members(placed, 1)} → ${absence}`, effect: effects?.[1] ?? null };
};

/** The key of a leaf's fund, or of the member of its unit that it is inside of; null for a leaf that is inside of neither. */
const wholeOf = ({ unit, leaf }: Placed, ruleSets: RuleSets): readonly Step[] | null => {
  const unitKey = leaf.key.slice(0, leaf.key.length - unit.rest.length);
  const isOfFund = leaf.file === 'insurance-fund.json' && unitKey.length > 0;
  if (isOfFund && turnOf(ruleSets, leaf.file, unitKey) !== null) return unitKey;
  const isInPart = leaf.file !== 'margin-tiers.json' && unit.rest.length > 1 && unit.rest.at(-1) !== ORDER;
  return isInPart ? leaf.key.slice(0, unitKey.length + 1) : null;
};

/**
 * What only one of two rule sets has as a whole: a fund, or a part with members of its own such as a drawdown or a throttle, switched on or off.
 * Tables of tiers and rules have sentences of their own.
 */
export const wholePartChanges = (ruleSets: RuleSets, leaves: readonly LeafChange[]): readonly RuleChange[] => {
  const placed = leaves.map((leaf) => ({ unit: unitOf(leaf), leaf }));
  const wholes = Map.groupBy(placed, (each) => JSON.stringify([each.leaf.file, wholeOf(each, ruleSets)]));
  return [...wholes.values()].flatMap((those) => {
    const [first] = those;
    const whole = first === undefined ? null : wholeOf(first, ruleSets);
    if (first === undefined || whole === null) return [];
    const turn = turnOf(ruleSets, first.leaf.file, whole);
    if (turn === null) return [];
    const isFund = whole.length === first.leaf.key.length - first.unit.rest.length;
    const said = isFund ? fundSaid(those, turn) : partSaid(first.unit, those, turn);
    return [
      changeOf(
        first.unit,
        said,
        those.map(({ leaf }) => leaf),
      ),
    ];
  });
};
