import type { CaseLeg, CaseState, LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { Side } from '#core/market/side.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';

/** A leg of 10 contracts in AAA that was bankrupt at 95, with `residual` of them left. */
export const legWith = (residual: string, side: Side = 'LONG'): CaseLeg => ({
  marketId: 'AAA',
  side,
  quantityAtOpening: quantity(decimal('10')),
  residualQuantity: quantity(decimal(residual)),
  bankruptcyValue: money(decimal(residual).times(side === 'LONG' ? 95 : -95)),
  bankruptcyPrice: price(decimal('95')),
  markAtOpening: price(decimal('96')),
  contributed: money(decimal('0')),
  liquidationFeeRate: ratio(decimal('0')),
  awaitsDeleveraging: false,
});

/** A case of one leg that has all of it left, in a state. */
export const caseInState = (state: CaseState, changes: Partial<LiquidationCase> = {}): LiquidationCase => ({
  caseId: 'a1#CROSS#USDT#1',
  poolId: 'a1#CROSS#USDT',
  accountId: 'a1',
  settlementAsset: 'USDT',
  kind: 'LIQUIDATE',
  state,
  ruleSet: { id: 'house', version: '1.0.0', hash: 'sha256:0' },
  openedAt: epochMs(0),
  wave: 'usdt#AAA#1',
  waveRank: 0,
  attempt: 1,
  legs: [legWith('10')],
  drawn: money(decimal('0')),
  received: money(decimal('0')),
  transferCount: 0,
  version: 1,
  lastWriter: 'OPEN',
  ...changes,
});
