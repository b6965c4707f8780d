import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, price, quantity } from '#core/units/money.ts';
import { DepthUse } from '#local/replay/depth-use.ts';
import { planFills } from '#local/stack-replay/plan-fills.ts';
import { HOUSE } from '../../support/small-law.ts';
import { inputsOf, second } from '../../support/small-venue.ts';

const initial = present(inputsOf({ accounts: 'a | 1 | -' }, HOUSE).initial.markets[0], 'there is a market');

const marketAt = (sequence: number, mark: string, status: MarketState['status'] = 'ACTIVE'): ReadonlyMap<string, MarketState> => {
  const markPrice = price(decimal(mark));
  const accepted = { marketId: 'AAA', sequence, markPrice, indexPrice: markPrice, observedAt: second('0') };
  return new Map([['AAA', { ...initial, accepted, status }]]);
};

const orderOf = (orderId: string, contracts: string, fillSequence = 0): LiquidationOrder => ({
  orderId,
  caseId: 'a#CROSS#USDT#1',
  poolId: 'a#CROSS#USDT',
  kind: 'LIQUIDATION',
  wave: 'usdt#AAA#1',
  marketId: 'AAA',
  positionSide: 'LONG',
  side: 'SELL',
  quantity: quantity(decimal(contracts)),
  limitPrice: price(decimal('90')),
  reserved: money(decimal('0')),
  fundId: 'usdt',
  expiresAt: second('10'),
  status: 'NEW',
  fillSequence,
  filledQuantity: quantity(decimal('0')),
  fills: [],
  version: 1,
  lastWriter: 'OPEN',
});

const DEPTH = new Map([['AAA', quantity(decimal('5'))]]);

const filled = (plan: ReturnType<typeof planFills>) =>
  plan.map(({ order, fill }) => `${order.orderId} ${fill === null ? '' : `${fill.quantity.toFixed()}@${fill.price.toFixed()}`}`.trim());

describe('the simulated venue beside a stack', () => {
  it('fills in opening order, then by id, at the mark, until the depth of the mark is used up', () => {
    const orders = [
      { order: orderOf('late', '4'), waveRank: 2 },
      { order: orderOf('b', '2'), waveRank: 1 },
      { order: orderOf('a', '2'), waveRank: 1 },
    ];
    expect(filled(planFills(orders, marketAt(1, '95'), DEPTH, new DepthUse()))).toEqual(['a 2@95', 'b 2@95', 'late 1@95']);
  });

  it('shares the depth of a mark between waves, and has it whole again at the next mark', () => {
    const uses = new DepthUse();
    const one = [{ order: orderOf('a', '4'), waveRank: 0 }];
    expect(filled(planFills(one, marketAt(1, '95'), DEPTH, uses))).toEqual(['a 4@95']);
    expect(filled(planFills(one, marketAt(1, '95'), DEPTH, uses))).toEqual(['a 1@95']);
    expect(filled(planFills(one, marketAt(2, '95'), DEPTH, uses))).toEqual(['a 4@95']);
  });

  it('fills nothing at a mark beyond the limit or in a halted market', () => {
    const one = [{ order: orderOf('a', '4'), waveRank: 0 }];
    expect(filled(planFills(one, marketAt(1, '89'), DEPTH, new DepthUse()))).toEqual(['a']);
    expect(filled(planFills(one, marketAt(1, '95', 'HALTED'), DEPTH, new DepthUse()))).toEqual(['a']);
  });

  it('only ends an order that was filled before a crash', () => {
    const one = [{ order: orderOf('a', '4', 1), waveRank: 0 }];
    expect(filled(planFills(one, marketAt(1, '95'), DEPTH, new DepthUse()))).toEqual(['a']);
  });
});
