import { describe, expect, it } from 'vitest';
import { fillsPastLimit, isWithinLimit, reportedOrder } from '#core/liquidation/report-fills.ts';
import { contractsOf, fillOf, orderOf, priceOf } from '../../adapters/venue/samples.ts';

/** Fills as `quantity@price`, one after the other. */
const fillsOf = (text: string) =>
  text === '' ? [] : text.split(' ').map((each) => fillOf(each.split('@')[0] ?? '', each.split('@')[1] ?? ''));

const sumOf: Readonly<Record<string, string>> = { '': '0', '1@50': '1', '1@50 1@49': '2' };
const held = (fills: string, status: 'NEW' | 'ENDED' | 'SETTLED') =>
  orderOf({ fills: fillsOf(fills), fillSequence: fillsOf(fills).length, filledQuantity: contractsOf(sumOf[fills] ?? ''), status });

describe('a report on an order of 2 contracts', () => {
  it.each`
    status       | has            | told                            | last   | ends     | says
    ${'NEW'}     | ${''}          | ${'1@50'}                       | ${1}   | ${false} | ${'fills 1@50'}
    ${'NEW'}     | ${'1@50'}      | ${'1@49'}                       | ${2}   | ${false} | ${'fills 1@50 1@49'}
    ${'NEW'}     | ${'1@50'}      | ${'1@50 1@49'}                  | ${2}   | ${true}  | ${'ends after 1@50 1@49'}
    ${'NEW'}     | ${''}          | ${''}                           | ${0}   | ${true}  | ${'ends after '}
    ${'NEW'}     | ${'1@50'}      | ${''}                           | ${1}   | ${true}  | ${'ends after 1@50'}
    ${'NEW'}     | ${'1@50'}      | ${'1@50'}                       | ${1}   | ${false} | ${'nothing new'}
    ${'NEW'}     | ${'1@50 1@49'} | ${'1@50'}                       | ${1}   | ${false} | ${'nothing new'}
    ${'NEW'}     | ${''}          | ${''}                           | ${0}   | ${false} | ${'nothing new'}
    ${'ENDED'}   | ${'1@50'}      | ${'1@50'}                       | ${1}   | ${false} | ${'nothing new'}
    ${'ENDED'}   | ${'1@50'}      | ${''}                           | ${1}   | ${true}  | ${'nothing new'}
    ${'SETTLED'} | ${'1@50'}      | ${'1@50'}                       | ${1}   | ${true}  | ${'nothing new'}
    ${'NEW'}     | ${''}          | ${'1@50'}                       | ${2}   | ${false} | ${'fill `1` is missing, the last one is `0`'}
    ${'NEW'}     | ${''}          | ${''}                           | ${1}   | ${true}  | ${'fill `1` is missing, the last one is `0`'}
    ${'NEW'}     | ${'1@50'}      | ${'2@50'}                       | ${1}   | ${false} | ${'fill `1` is there with another content'}
    ${'NEW'}     | ${'1@50'}      | ${'1@51'}                       | ${1}   | ${false} | ${'fill `1` is there with another content'}
    ${'NEW'}     | ${'1@50'}      | ${'1@51 1@49'}                  | ${2}   | ${false} | ${'fill `1` is there with another content'}
    ${'NEW'}     | ${'1@50'}      | ${''}                           | ${0}   | ${true}  | ${'the end comes after fill `1`, not `0`'}
    ${'ENDED'}   | ${'1@50'}      | ${''}                           | ${0}   | ${true}  | ${'the end comes after fill `1`, not `0`'}
    ${'NEW'}     | ${'1@50'}      | ${'1.001@49'}                   | ${2}   | ${false} | ${"fills of `2.001` exceed the order's quantity `2`"}
    ${'NEW'}     | ${'1@50'}      | ${'1@49 0.001@1'}               | ${3}   | ${true}  | ${"fills of `2.001` exceed the order's quantity `2`"}
    ${'ENDED'}   | ${'1@50'}      | ${'1@49'}                       | ${2}   | ${false} | ${'order `a1#CROSS#USDT#1#BTC-USDT#LONG#1` has ended'}
    ${'NEW'}     | ${''}          | ${'0@50'}                       | ${1}   | ${false} | ${'the quantity of a fill is above zero'}
    ${'NEW'}     | ${''}          | ${`1@1.${'1'.repeat(19)}`}      | ${1}   | ${false} | ${'`fills[0].price` is below 1e18 in absolute value, with at most 18 decimal places'}
    ${'NEW'}     | ${''}          | ${`1@50 1.${'1'.repeat(19)}@1`} | ${2}   | ${false} | ${'`fills[1].quantity` is below 1e18 in absolute value, with at most 18 decimal places'}
    ${'NEW'}     | ${''}          | ${'1@50'}                       | ${0}   | ${false} | ${'fills are numbered from 1 to `100`; the last of 1 is not number `0`'}
    ${'NEW'}     | ${''}          | ${'1@50'}                       | ${1.5} | ${false} | ${'fills are numbered from 1 to `100`; the last of 1 is not number `1.5`'}
    ${'NEW'}     | ${''}          | ${''}                           | ${101} | ${true}  | ${'fills are numbered from 1 to `100`; the last of 0 is not number `101`'}
  `('$status with "$has", told "$told" up to $last (ends: $ends): $says', ({ status, has, told, last, ends, says }) => {
    const before = held(has, status);
    const outcome = reportedOrder(before, { fills: fillsOf(told), fillSequence: last, ends });
    if (!outcome.ok) return expect(outcome.refusal).toBe(says);
    if (outcome.value === null) return expect('nothing new').toBe(says);
    const after = outcome.value;
    const list = after.fills.map((fill) => `${fill.quantity}@${fill.price}`).join(' ');
    expect(`${after.status === 'ENDED' ? 'ends after' : 'fills'} ${list}`).toBe(says);
    expect(after).toEqual({ ...held(list, after.status), version: 2, lastWriter: 'VENUE' });
  });
});

describe('a fill at a market with a tick of 0.5', () => {
  it.each`
    side      | limit   | at         | isPast   | isAllowed
    ${'SELL'} | ${'94'} | ${'94.01'} | ${false} | ${true}
    ${'SELL'} | ${'94'} | ${'94'}    | ${false} | ${true}
    ${'SELL'} | ${'94'} | ${'93.99'} | ${true}  | ${true}
    ${'SELL'} | ${'94'} | ${'93.51'} | ${true}  | ${true}
    ${'SELL'} | ${'94'} | ${'93.5'}  | ${true}  | ${false}
    ${'SELL'} | ${'94'} | ${'1'}     | ${true}  | ${false}
    ${'BUY'}  | ${'94'} | ${'93.99'} | ${false} | ${true}
    ${'BUY'}  | ${'94'} | ${'94'}    | ${false} | ${true}
    ${'BUY'}  | ${'94'} | ${'94.49'} | ${true}  | ${true}
    ${'BUY'}  | ${'94'} | ${'94.5'}  | ${true}  | ${false}
  `('of a $side with limit $limit at $at: worse $isPast, allowed $isAllowed', ({ side, limit, at, isPast, isAllowed }) => {
    const order = orderOf({ side, limitPrice: priceOf(limit) });
    const fills = [fillOf('1', limit), fillOf('1', at)];
    expect(fillsPastLimit(order, fills)).toEqual(isPast ? [fills[1]] : []);
    expect(isWithinLimit(order, fills, priceOf('0.5'))).toBe(isAllowed);
  });
});
