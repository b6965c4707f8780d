import { describe, expect, it } from 'vitest';
import { balanceAfter, type Shrunk } from '#core/liquidation/close-effect.ts';
import { liquidationFeeRateOf } from '#core/liquidation/liquidation-fee.ts';
import type { ReductionEvent, SizingPolicy } from '#core/liquidation/reduction-policy.ts';
import { reductionQuantities } from '#core/liquidation/reduction-quantities.ts';
import { remainingPart } from '#core/liquidation/remaining-part.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { fraction } from '../reference/fraction.ts';
import { BOUNDED_FEES, EQUAL_SHARE_CHOSEN, EQUAL_SHARE_STEPS, FIRST_PARTS, PORTIONS, SHORTAGES } from '../reference/liquidation-goldens.ts';
import { equalQuantitiesOf, leastCloseOf, type ReferenceSizing, rateOfMarginLeft } from '../reference/reduction.ts';
import { assessed } from '../support/assessed.ts';
import { type MarketCase, type PoolCase, referencePool } from '../support/pool-case.ts';
import { textTable } from '../support/text-table.ts';

const market = (marketId: string, markPrice: string, rate: string, lotSize: string): MarketCase => ({
  marketId,
  multiplier: '1',
  markPrice,
  takerFeeRate: '0',
  tickSize: '0.1',
  lotSize,
  form: 'DEDUCTION',
  tiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: rate, maintenanceAmount: null }],
});

/** Rows of a published table, whose first line names its columns. */
const rowsOf = <Header extends string>(header: Header, text: string) => textTable(header, text.split('\n').slice(2).join('\n'));

const SIZING: SizingPolicy = {
  liquidationFeeRate: ratio(decimal('0')),
  liquidationFeeBasis: { kind: 'FILLED_VALUE' },
  concessionRate: ratio(decimal('0')),
  recovery: 'MAINTENANCE',
  recoveryBuffer: null,
  legs: { order: 'MARKET', atOnce: 'ALL' },
};

const PENALTY = { ...SIZING, liquidationFeeBasis: { kind: 'RELEASED_MAINTENANCE' } } as const;

const TWO_POSITIONS: PoolCase = {
  collateral: '1000',
  markets: [market('BTC', '54800', '0.01', '0.001'), market('ETH', '3400', '0.01', '0.001')],
  positions: [
    { marketId: 'BTC', side: 'LONG', quantity: '0.1', entryValue: '6000' },
    { marketId: 'ETH', side: 'SHORT', quantity: '1', entryValue: '3000' },
  ],
};

const reference = (sizing: Partial<ReferenceSizing>): ReferenceSizing => ({
  fee: { kind: 'FILLED_VALUE', rate: fraction('0'), share: fraction('1') },
  concession: fraction('0'),
  recovery: 'MAINTENANCE',
  buffer: fraction('0'),
  ...sizing,
});

describe('V7 an equal share of every position, as published', () => {
  const core = assessed(TWO_POSITIONS);

  it('starts from an equity of 80 below a maintenance margin of 88.8', () => {
    expect([core.marginBalance.toFixed(), core.maintenanceMargin.toFixed()]).toEqual(['80', '88.8']);
  });

  it.each(rowsOf('share | maintenance | penalty | balance | ratio', EQUAL_SHARE_STEPS))(
    '$share leaves $maintenance of $balance after a penalty of $penalty: $ratio %',
    ({ share, maintenance, penalty, balance, ratio: printed }) => {
      const parts = core.positions.map(
        (each): Shrunk => ({ each, rest: remainingPart(each, each.position.quantity.times(decimal('1').minus(share))) }),
      );
      const left = balanceAfter(core, parts, { ...PENALTY, liquidationFeeRate: ratio(decimal('0.5')) });
      const required = sum(parts.map(({ rest }) => rest.maintenanceMargin));
      expect([required.toFixed(), left.toFixed(), core.marginBalance.minus(left).toFixed()]).toEqual([maintenance, balance, penalty]);
      expect(required.div(left).times(100).toFixed(1)).toBe(printed);
    },
  );

  const event: ReductionEvent = {
    type: 'REDUCE_EQUALLY',
    shares: ['0.2', '0.4', '0.6', '0.8', '1'].map((share) => ratio(decimal(share))),
    marginRatioBelow: ratio(decimal('0.9')),
  };

  it.each(rowsOf('feeRate | share | BTC | ETH', EQUAL_SHARE_CHOSEN))('at a fee of $feeRate is $share', ({ feeRate, BTC, ETH }) => {
    const closing = reductionQuantities(core, event, { ...PENALTY, liquidationFeeRate: ratio(decimal(feeRate)) }, epochMs(0));
    expect(closing.map((close) => close.toFixed())).toEqual([BTC, ETH]);
    const sizing = reference({ fee: { kind: 'RELEASED_MAINTENANCE', rate: fraction(feeRate), share: fraction('1') } });
    const grid = event.shares.map((share) => fraction(share.toFixed()));
    const twin = equalQuantitiesOf(referencePool(TWO_POSITIONS), grid, fraction('0.9'), sizing);
    expect(twin.map((close) => close.toDecimalString(3))).toEqual([BTC, ETH]);
  });
});

/** A long of so much at a mark of 100, in lots of 0.001. */
const longOf = (notional: string, collateral: string): PoolCase => ({
  collateral,
  markets: [market('AAA', '100', '0.05', '0.001')],
  positions: [{ marketId: 'AAA', side: 'LONG', quantity: decimal(notional).div(100).toFixed(), entryValue: notional }],
});

const closedOf = (notional: string, event: ReductionEvent): string => {
  const [close] = reductionQuantities(assessed(longOf(notional, '1')), event, SIZING, epochMs(0));
  return close?.times(100).toFixed() ?? '-';
};

describe('a first part, as published', () => {
  it.each(rowsOf('notional | closed', FIRST_PARTS))('of a position worth $notional is $closed', ({ notional, closed }) => {
    const event: ReductionEvent = {
      type: 'REDUCE_BY_FRACTION',
      fraction: ratio(decimal('0.2')),
      cooldown: { notionalAbove: money(decimal('100000')), length: durationMs(30_000), meanwhile: 'CLOSE_ALL' },
    };
    expect(closedOf(notional, event)).toBe(closed);
  });
});

describe('a portion, as the default parameters give it', () => {
  it.each(rowsOf('notional | closed', PORTIONS))('of a position worth $notional is $closed', ({ notional, closed }) => {
    const event: ReductionEvent = {
      type: 'REDUCE_BY_PORTION',
      fraction: ratio(decimal('0.1')),
      minimumNotional: money(decimal('1000')),
      maximumNotional: money(decimal('100000')),
      interval: durationMs(1000),
    };
    expect(closedOf(notional, event)).toBe(closed);
  });
});

describe('what covers a shortage, as the formula gives it', () => {
  it.each(rowsOf('balance | concession | fee | closed', SHORTAGES))(
    'with $balance, concession $concession and fee $fee is $closed',
    ({ balance, concession, fee, closed }) => {
      const pool = longOf('10000', balance);
      const buffer = { of: 'NOTIONAL_VALUE', ratio: ratio(decimal('0.02')) } as const;
      const costs = { liquidationFeeRate: ratio(decimal(fee)), concessionRate: ratio(decimal(concession)) };
      const event = { type: 'REDUCE_TO_RECOVERY', minimumShortage: money(decimal('0')), minimumNotional: money(decimal('0')) } as const;
      const policy: SizingPolicy = { ...SIZING, ...costs, recovery: 'BUFFER', recoveryBuffer: buffer };
      expect(reductionQuantities(assessed(pool), event, policy, epochMs(0)).map((close) => close.toFixed())).toEqual([closed]);
      if (closed === '0' || closed === '100') return;
      const sizing = reference({
        fee: { kind: 'FILLED_VALUE', rate: fraction(fee), share: fraction('1') },
        concession: fraction(concession),
        recovery: 'BUFFER_OF_NOTIONAL',
        buffer: fraction('0.02'),
      });
      expect(leastCloseOf(referencePool(pool), [fraction('0')], 0, sizing)?.toDecimalString(3)).toBe(closed);
    },
  );
});

describe('the fee that cannot cause a bankruptcy, as the formula gives it', () => {
  it.each(rowsOf('balance | concession | cap | rate', BOUNDED_FEES))(
    'with $balance, concession $concession and cap $cap is $rate',
    ({ balance, concession, cap, rate }) => {
      const pool = longOf('10000', balance);
      const core = assessed(pool);
      const policy: SizingPolicy = {
        ...SIZING,
        liquidationFeeRate: ratio(decimal(cap)),
        liquidationFeeBasis: { kind: 'MARGIN_LEFT', share: ratio(decimal('0.95')) },
        concessionRate: ratio(decimal(concession)),
      };
      const found = core.positions.map((each) => liquidationFeeRateOf(core, each, remainingPart(each, decimal('0')), policy).toFixed());
      expect(found).toEqual([rate]);
      const [position] = referencePool(pool).positions;
      if (position === undefined) throw new RangeError('the pool holds one position');
      const sizing = reference({
        fee: { kind: 'MARGIN_LEFT', rate: fraction(cap), share: fraction('0.95') },
        concession: fraction(concession),
      });
      expect(rateOfMarginLeft(referencePool(pool), position, sizing).toDecimalString(4)).toBe(rate);
    },
  );
});
