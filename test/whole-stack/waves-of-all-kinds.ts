import { expect } from 'vitest';
import { present } from '#core/invariant.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import type { ReplayInputs } from '#local/replay/run-replay.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { CRASH } from '../handlers/crash.ts';
import { CONTAINING } from '../support/containing-law.ts';
import { largeInputs } from '../support/large-venue.ts';
import { GUARDED, HOUSE, leaf, seconds, withMarginEvent, withSafeguards, withShortfallRule } from '../support/small-law.ts';
import { firstPart } from '../support/small-reduction.ts';
import { inputsOf } from '../support/small-venue.ts';
import { whaleVenue } from '../support/whale.ts';
import { DrivenVenue } from './driven-venue.ts';
import { startWholeStack, type WholeStack } from './whole-stack.ts';

/** One opening at a time: whoever else is due waits for a later mark. */
const THROTTLED = withSafeguards(GUARDED, {
  throttle: { notionalPerMarket: money(decimal('1000')), interval: seconds(2), maximumDelay: seconds(60) },
});

/** Nobody is left to deleverage against: cases are tried again at the next mark, until the market fills one and the pool of another has recovered. */
const ALONE = {
  accounts: 'a1 | 50 | LONG 10 AAA 100\n a2 | 9000 | LONG 10 AAA 100\n a3 | 55 | LONG 10 AAA 100',
  marks: '0 | 99 | -\n 1 | 91 | -\n 2 | 90 | -\n 3 | 95.7 | -',
};

/** In breach at every mark: 20 % first, nothing within 30 s, then all of it. */
const IN_PARTS = {
  accounts: 'a1 | 46 | LONG 10 AAA 100\n a2 | 500 | SHORT 10 AAA 100',
  marks: '0 | 96 | -\n 15 | 96 | -\n 30 | 96 | -',
};

const ONE_FALL = { accounts: 'a1 | 50 | LONG 10 AAA 100\n a2 | 500 | SHORT 10 AAA 100', marks: '0 | 94 | -' };

/** A pool below zero closes withdrawals, and a mark after their time opens them again. */
const CONTAINED = { ...ONE_FALL, fund: '100', marks: '0 | 100 | -\n 15 | 94 | -\n 40 | 94 | -' };

/** Asks for the security behind the market, which everyone who holds it has to be read for. */
const SECURED = withShortfallRule(HOUSE, leaf('securityToValue', 'decimalLessThan', '1000000'), { type: 'HALT' });

/** Stops every market that leaves something open. */
const HALTING = withShortfallRule(HOUSE, leaf('residualQuantity', 'decimalGreaterThan', '0'), { type: 'HALT' });

/** Counterparties who each give a part, at the mark: the fund bears the difference as far as it goes. */
const SHARED: RuleSet = { ...HOUSE, deleveraging: { ...HOUSE.deleveraging, allocation: 'PRO_RATA_BY_PROFIT', settlementPrice: 'MARK' } };

/** What counterparties leave is paid for by everybody in the market. */
const SOCIALIZING: RuleSet = {
  ...withShortfallRule(HOUSE, leaf('residualQuantity', 'decimalGreaterThan', '0'), { type: 'SOCIALIZE' }),
  deleveraging: { ...HOUSE.deleveraging, afterCounterparties: 'SOCIALIZE_OVER_OPEN_INTEREST' },
};

const FEW_WINNERS = {
  accounts: 'a1 | 50 | LONG 10 AAA 100\n a2 | 500 | SHORT 6 AAA 110\n a3 | 500 | LONG 7 AAA 100\n a4 | 500 | LONG 3 AAA 100',
  depthPerMark: { AAA: '0' },
  marks: '0 | 94 | -',
};

const TWO_WINNERS = {
  accounts: 'a1 | 50 | LONG 10 AAA 100\n a2 | 500 | SHORT 6 AAA 110\n a3 | 500 | SHORT 6 AAA 120',
  fund: '6',
  depthPerMark: { AAA: '0' },
  marks: '0 | 94 | -',
};

/** More legs than one commit settles. */
const LEGS = 13;

/** The fall seen by all markets but the first, whose mark is still to come: one wave instead of one for each of them. */
const fallen = (inputs: ReplayInputs): ReplayInputs => {
  const { at, marks } = present(inputs.groups.at(-1), 'the fall');
  const accepted = new Map(marks.slice(1).map((mark) => [mark.marketId, { ...mark, observedAt: at }]));
  const markets = inputs.initial.markets.map((market) => ({ ...market, accepted: accepted.get(market.terms.marketId) ?? null }));
  return { ...inputs, initial: { ...inputs.initial, markets }, groups: [{ at, marks: marks.slice(0, 1) }] };
};

/** Venues whose marks and orders take their waves through everything that rings and moves by itself. */
export const WAVES_OF_ALL_KINDS: readonly (readonly [what: string, inputs: ReplayInputs])[] = [
  ['a crash under house', inputsOf(CRASH, HOUSE)],
  ['a crash with every safeguard on', inputsOf(CRASH, THROTTLED)],
  ['next attempts and a recovery', inputsOf(ALONE, HOUSE)],
  ['a first part, its cooldown and the rest', inputsOf(IN_PARTS, withMarginEvent(HOUSE, firstPart('500', 'WAIT')))],
  ['a takeover', inputsOf(ONE_FALL, withMarginEvent(HOUSE, { type: 'TAKE_OVER' }))],
  ['parts of counterparties at the mark', inputsOf(TWO_WINNERS, SHARED)],
  ['a loss that everybody pays for', inputsOf(FEW_WINNERS, SOCIALIZING)],
  ['everything that contains', inputsOf(CONTAINED, CONTAINING)],
  ['a market without security', inputsOf(ONE_FALL, SECURED)],
  ['a large case that halts its markets', fallen(largeInputs(whaleVenue(LEGS, 'INSOLVENT', '20000'), HALTING))],
];

/** Starts a stack, lets somebody work on it, and stops it whatever came of it. A record may come again, none is given up. */
export const onStack = async (
  inputs: ReplayInputs,
  work: (whole: WholeStack, venue: DrivenVenue) => Promise<void>,
  templateFile?: string,
): Promise<void> => {
  const whole = await startWholeStack(inputs, { templateFile });
  try {
    await work(whole, new DrivenVenue(whole, inputs));
    expect(whole.events.filter(({ kind }) => kind !== 'BATCH_FAILED')).toEqual([]);
  } finally {
    await whole.stop();
  }
};
