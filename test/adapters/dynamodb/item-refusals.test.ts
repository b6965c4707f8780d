import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { money, price } from '#core/units/money.ts';
import { caseItem } from '#functions/adapters/dynamodb/case-item.ts';
import { entryItem } from '#functions/adapters/dynamodb/entry-item.ts';
import { fundItem } from '#functions/adapters/dynamodb/fund-item.ts';
import type { Attributes } from '#functions/adapters/dynamodb/item.ts';
import { laneItem } from '#functions/adapters/dynamodb/lane-item.ts';
import { marketItem } from '#functions/adapters/dynamodb/market-item.ts';
import { observationItem } from '#functions/adapters/dynamodb/observation-item.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import { poolItem } from '#functions/adapters/dynamodb/pool-item.ts';
import { ringItem, waveCaseItem } from '#functions/adapters/dynamodb/ring-item.ts';
import { fundOf, marketState, observation, poolOf } from '../../support/core-states.ts';

const POOL = poolOf('-12.5', 'LONG 10 AAA 1000 + SHORT 2 BBB 100');
const CASE: Attributes = {
  caseId: { S: 'a1#CROSS#USDT#1' },
  poolId: { S: 'a1#CROSS#USDT' },
  accountId: { S: 'a1' },
  settlementAsset: { S: 'USDT' },
  kind: { S: 'LIQUIDATE' },
  state: { S: 'ADL_RUN' },
  ruleSet: { M: { id: { S: 'house' }, version: { S: '1.0.0' }, hash: { S: `sha256:${'0'.repeat(64)}` } } },
  openedAt: { N: '1760000000000' },
  wave: { S: 'usdt#AAA#1' },
  waveRank: { N: '0' },
  attempt: { N: '1' },
  legs: { L: [] },
  drawn: { N: '0' },
  received: { N: '0.5' },
  transferCount: { N: '0' },
  version: { N: '1' },
  lastWriter: { S: 'OPEN' },
};
const ENTRY = entryItem.encode({
  entryId: 'a1#CROSS#USDT#1#ADL#1',
  caseId: 'a1#CROSS#USDT#1',
  kind: 'DELEVERAGING',
  asset: 'USDT',
  marketId: 'AAA',
  legs: [{ account: 'FUND#usdt', marketId: null, quantity: decimal('0'), value: money(decimal('-1.5')) }],
});
const LANE = laneItem.encode({ fundId: 'usdt', held: false, waves: [], version: 1, lastWriter: 'WATCH' });
const RING = ringItem.encode({ waveId: 'usdt#AAA#1', poolId: 'a1#CROSS#USDT', cause: 'DUE' });
const WAVE_CASE = waveCaseItem.encode({ waveId: 'usdt#AAA#1', waveRank: 12, caseId: 'a1#CROSS#USDT#1' });
const CANCEL = orderItem.encode({
  orderId: 'a1#CROSS#USDT#1#CANCEL#1',
  caseId: 'a1#CROSS#USDT#1',
  kind: 'CANCEL_ORDERS',
  accountId: 'a1',
  marketIds: ['AAA'],
  status: 'NEW',
  version: 1,
  lastWriter: 'OPEN',
});

const CODECS = {
  Pools: { decode: poolItem.decode, item: poolItem.encode(POOL) },
  Cases: { decode: caseItem.decode, item: CASE },
  Funds: { decode: fundItem.decode, item: fundItem.encode(fundOf('100', { drawdown: 'AT_LEAST' })) },
  Markets: { decode: marketItem.decode, item: marketItem.encode({ market: marketState('100'), fundId: 'usdt' }) },
  Observations: { decode: observationItem.decode, item: observationItem.encode(observation(1, '100.5')) },
  Journal: { decode: entryItem.decode, item: ENTRY },
  Controls: { decode: laneItem.decode, item: LANE },
  Orders: { decode: orderItem.decode, item: CANCEL },
  Rings: { decode: ringItem.decode, item: RING },
  'Rings, cases': { decode: waveCaseItem.decode, item: WAVE_CASE },
};

type Row = readonly [table: keyof typeof CODECS, what: string, attribute: string, value: AttributeValue];

const number = (N: string): AttributeValue => ({ N });
const string = (S: string): AttributeValue => ({ S });
const position = (changes: Attributes): AttributeValue => ({
  L: [{ M: { marketId: string('AAA'), side: string('LONG'), quantity: number('1'), entryValue: number('100'), ...changes } }],
});

const ROWS: readonly Row[] = [
  ['Pools', 'a balance that is a text', 'balance', string('1')],
  ['Pools', 'a balance of 39 digits', 'balance', number('9'.repeat(39))],
  ['Pools', 'a balance with an exponent', 'balance', number('1E2')],
  ['Pools', 'a balance with a leading zero', 'balance', number('01')],
  ['Pools', 'a balance with a trailing zero', 'balance', number('1.50')],
  ['Pools', 'a balance with a plus', 'balance', number('+1')],
  ['Pools', 'a balance of minus zero', 'balance', number('-0')],
  ['Pools', 'a balance of NaN', 'balance', number('NaN')],
  ['Pools', 'an endless balance', 'balance', number('Infinity')],
  ['Pools', 'an empty balance', 'balance', number('')],
  ['Pools', 'a side in lower case', 'positions', position({ side: string('long') })],
  ['Pools', 'a negative quantity', 'positions', position({ quantity: number('-1') })],
  ['Pools', 'a position with something more', 'positions', position({ leverage: number('5') })],
  ['Pools', 'positions that are a map', 'positions', { M: {} }],
  ['Pools', 'a guard of no kind', 'guards', { L: [{ M: { kind: string('NEVER'), marketId: string('AAA') } }] }],
  [
    'Pools',
    'a guard of a kind with bounds of another',
    'guards',
    { L: [{ M: { kind: string('DUE'), marketId: string('AAA'), below: number('1') } }] },
  ],
  ['Pools', 'a margin mode that there is not', 'marginMode', string('PORTFOLIO')],
  ['Pools', 'an id of 41 letters', 'accountId', string('a'.repeat(41))],
  ['Pools', 'an id with a space', 'accountId', string('a 1')],
  ['Pools', 'an id that ends in a line break', 'accountId', string('a1\n')],
  ['Pools', 'an empty id', 'settlementAsset', string('')],
  ['Pools', 'a key of 161 characters', 'poolId', string(`${'a'.repeat(40)}#`.repeat(3) + 'a'.repeat(38))],
  ['Pools', 'a key with an empty part', 'poolId', string('a1##USDT')],
  ['Pools', 'a version of 0', 'version', number('0')],
  ['Pools', 'a version beyond what a double holds', 'version', number('9007199254740993')],
  ['Pools', 'a fraction of a version', 'version', number('1.5')],
  ['Pools', 'a writer that there is not', 'lastWriter', string('RECORD')],
  ['Pools', 'a case that is a boolean', 'caseId', { BOOL: false }],
  ['Cases', 'a state that there is not', 'state', string('NOMINATED')],
  [
    'Cases',
    'a version that is no version',
    'ruleSet',
    { M: { id: string('house'), version: string('1'), hash: string(`sha256:${'0'.repeat(64)}`) } },
  ],
  ['Cases', 'a rank of seven digits', 'waveRank', number('1000000')],
  ['Cases', 'a negative time', 'openedAt', number('-1')],
  ['Funds', 'another part of a fund', 'part', string('SHARD#1')],
  ['Funds', 'a reservation of a market that is none', 'reserved', { M: { '*': number('1') } }],
  ['Funds', 'a peak without its time', 'drawdown', { M: { peaks: { L: [{ M: { peak: number('1') } }] }, active: { BOOL: false } } }],
  ['Funds', 'a flag that is a text', 'drawdown', { M: { peaks: { L: [] }, active: string('false') } }],
  ['Markets', 'the key of another market', 'marketId', string('BBB')],
  ['Markets', 'a status in lower case', 'status', string('active')],
  ['Markets', 'an accepted mark that is missing', 'accepted', string('')],
  ['Observations', 'a price of zero', 'markPrice', number('0')],
  ['Observations', 'a negative index', 'indexPrice', number('-1')],
  ['Observations', 'a negative sequence', 'sequence', number('-1')],
  ['Journal', 'a kind of posting that there is not', 'kind', string('FUNDING')],
  ['Journal', 'an entry id of 221 characters', 'part', string(`${'a'.repeat(40)}#`.repeat(5) + 'a'.repeat(16))],
  ['Journal', 'a leg without an account', 'legs', { L: [{ M: { marketId: { NULL: true }, quantity: number('0'), value: number('1') } }] }],
  ['Controls', 'the key of another lane', 'controlKey', string('LANE#btc')],
  ['Controls', 'a key that is a number', 'controlKey', number('1')],
  ['Orders', 'a kind of order that there is not', 'kind', string('MARKET')],
  ['Orders', 'the kind of another order', 'kind', string('LIQUIDATION')],
  ['Orders', 'a status of another order', 'status', string('SETTLED')],
  ['Rings', 'a nomination', 'kind', string('NOMINATION')],
  ['Rings', 'the key of another wave', 'waveKey', string('RING#usdt#AAA#2')],
  ['Rings, cases', 'another rank in its key', 'poolId', string('000011#a1#CROSS#USDT#1')],
];

describe('an item that the engine would not write', () => {
  it.each(ROWS)('of %s: %s is refused', (table, _what, attribute, value) => {
    const { decode, item } = CODECS[table];
    expect(() => decode(item)).not.toThrow();
    expect(() => decode({ ...item, [attribute]: value })).toThrow(expect.objectContaining({ name: 'DecodeError' }));
  });

  it('is named by table, key and attribute', () => {
    const item = { ...poolItem.encode(POOL), positions: position({ quantity: number('-1') }) };
    expect(() => poolItem.decode(item)).toThrow(
      'item `a1#CROSS#USDT` of Pools: attribute `positions[0].quantity`: expected a quantity, not negative, of at most 38 digits',
    );
    const observed = { ...observationItem.encode(observation(7, '100')), markPrice: string('100') };
    expect(() => observationItem.decode(observed)).toThrow('item `AAA/7` of Observations: attribute `markPrice`');
  });

  it('shows no more of a key than a good one has', () => {
    expect(() => poolItem.decode({ ...poolItem.encode(POOL), poolId: string('x'.repeat(2000)) })).toThrow(/^item `x{400}` of Pools/);
  });
});

describe('what a table would not give back', () => {
  it.each([
    ['an amount of 39 digits', () => poolItem.encode({ ...POOL, balance: money(decimal('9'.repeat(39))) })],
    ['an id of 41 letters', () => poolItem.encode({ ...POOL, accountId: 'a'.repeat(41) })],
    ['a version of 0', () => poolItem.encode({ ...POOL, version: 0 })],
    ['a writer that there is not', () => poolItem.encode({ ...POOL, lastWriter: 'RECORD' })],
    ['a price of 39 digits', () => observationItem.encode({ ...observation(1, '1'), markPrice: price(decimal(`0.${'3'.repeat(39)}`)) })],
    ['a sequence with a fraction', () => observationItem.encode(observation(1.5, '1'))],
    ['a rank of seven digits', () => waveCaseItem.encode({ waveId: 'usdt#AAA#1', waveRank: 1_000_000, caseId: 'a1#CROSS#USDT#1' })],
    [
      'a wave whose key is too long',
      () => ringItem.encode({ waveId: `${'a'.repeat(39)}#`.repeat(3) + 'a'.repeat(40), poolId: 'a', cause: 'DUE' }),
    ],
  ])('is not put: %s', (_what, encode) => {
    expect(encode).toThrow(expect.objectContaining({ name: 'InvariantViolation' }));
  });
});

describe('what others keep beside an observation', () => {
  it('is let be', () => {
    const item = { ...observationItem.encode(observation(1, '100')), source: string('feed'), expiresAt: number('1') };
    expect(observationItem.decode(item).sequence).toBe(1);
  });
});
