import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseItem } from '#functions/adapters/dynamodb/case-item.ts';
import { entryItem } from '#functions/adapters/dynamodb/entry-item.ts';
import { fundItem } from '#functions/adapters/dynamodb/fund-item.ts';
import { gateItem } from '#functions/adapters/dynamodb/gate-item.ts';
import type { ItemCodec } from '#functions/adapters/dynamodb/item.ts';
import { laneItem } from '#functions/adapters/dynamodb/lane-item.ts';
import { marketItem } from '#functions/adapters/dynamodb/market-item.ts';
import { observationItem } from '#functions/adapters/dynamodb/observation-item.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import { poolItem } from '#functions/adapters/dynamodb/pool-item.ts';
import { nominationItem, ringItem, waveCaseItem } from '#functions/adapters/dynamodb/ring-item.ts';
import { throttleItem } from '#functions/adapters/dynamodb/throttle-item.ts';
import { propertyRuns } from '../../support/property-runs.ts';
import { compareDecimalsByValue } from '../../support/same-decimals.ts';
import { cases, observations, orders, pools } from '../../support/stored-items.ts';
import { entries, funds, gates, lanes, markets, nominations, rings, throttles, waveCases } from '../../support/stored-states.ts';

compareDecimalsByValue();

/** Trials per codec: all of them together take about two seconds. */
const RUNS = { ...propertyRuns(), numRuns: Math.ceil((propertyRuns().numRuns ?? 0) / 5) };

/** The properties of one codec over its items. `optional` names attributes that may be missing. */
const claimsOf = <Item extends object>(codec: ItemCodec<Item>, items: Arbitrary<Item>, optional: readonly string[] = []) => ({
  roundTrip: () =>
    fc.assert(
      fc.property(items, (item) => void expect(codec.decode(codec.encode(item))).toEqual(item)),
      RUNS,
    ),
  textOnce: () =>
    fc.assert(
      fc.property(items, (item) => void expect(codec.encode(codec.decode(codec.encode(item)))).toEqual(codec.encode(item))),
      RUNS,
    ),
  oneLess: () =>
    fc.assert(
      fc.property(items, fc.nat(), (item, place) => {
        const attributes = Object.entries(codec.encode(item));
        const needed = attributes.filter(([name]) => !optional.includes(name));
        const gone = needed[place % needed.length]?.[0] ?? '';
        const rest = Object.fromEntries(attributes.filter(([name]) => name !== gone));
        expect(() => codec.decode(rest)).toThrow(expect.objectContaining({ name: 'DecodeError' }));
      }),
      RUNS,
    ),
  oneMore: () =>
    fc.assert(
      fc.property(items, (item) => {
        expect(() => codec.decode({ ...codec.encode(item), stranger: { S: 'x' } })).toThrow('`stranger`: expected no such attribute');
      }),
      RUNS,
    ),
});

const CLAIMS = [
  ['an observation', claimsOf(observationItem, observations, ['openInterest'])],
  ['a market', claimsOf(marketItem, markets)],
  ['a pool', claimsOf(poolItem, pools)],
  ['a case', claimsOf(caseItem, cases)],
  ['an order', claimsOf(orderItem, orders)],
  ['a fund', claimsOf(fundItem, funds)],
  ['a lane', claimsOf(laneItem, lanes)],
  ['a throttle counter', claimsOf(throttleItem, throttles)],
  ['a withdrawal gate', claimsOf(gateItem, gates)],
  ['a ring', claimsOf(ringItem, rings)],
  ['a nomination', claimsOf(nominationItem, nominations)],
  ['a case of a wave', claimsOf(waveCaseItem, waveCases)],
  ['a posting', claimsOf(entryItem, entries)],
] as const;

describe.each(CLAIMS)('the item of %s', (_what, claims) => {
  it('is read back as it was written', claims.roundTrip);
  it('is written the same once more', claims.textOnce);
  it('is refused without any one of its attributes', claims.oneLess);
  it('is refused with one attribute more', claims.oneMore);
});
