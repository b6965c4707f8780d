import fc, { type Arbitrary } from 'fast-check';
import type { SizingPolicy } from '#core/liquidation/reduction-policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { fraction } from '../reference/fraction.ts';
import type { ReferenceSizing } from '../reference/reduction.ts';
import { type Mixture, oneLeg, poolOver, type Standing } from './arbitraries.ts';
import { scaledText, thousandths, timesText } from './decimal-text.ts';
import type { PoolCase } from './pool-case.ts';

/** How a reduction is sized, in plain texts. */
export interface SizingCase {
  readonly fee: { readonly kind: 'FILLED_VALUE' | 'RELEASED_MAINTENANCE' | 'MARGIN_LEFT'; readonly rate: string; readonly share: string };
  readonly concession: string;
  readonly recovery: 'MAINTENANCE' | 'BUFFER_OF_MAINTENANCE' | 'BUFFER_OF_NOTIONAL' | 'INITIAL';
  readonly buffer: string;
  readonly order: SizingPolicy['legs']['order'];
  readonly atOnce: SizingPolicy['legs']['atOnce'];
}

/** At the mark, without any cost, to the maintenance margin. */
export const ALL_BY_MARKET: SizingCase = {
  fee: { kind: 'FILLED_VALUE', rate: '0', share: '1' },
  concession: '0',
  recovery: 'MAINTENANCE',
  buffer: '0',
  order: 'MARKET',
  atOnce: 'ALL',
};

export const sizingCase: Arbitrary<SizingCase> = fc.record({
  fee: fc.record({
    kind: fc.constantFrom('FILLED_VALUE', 'RELEASED_MAINTENANCE', 'MARGIN_LEFT'),
    rate: fc.constantFrom('0', '0.0005', '0.005', '0.02', '0.5', '0.7'),
    share: fc.constantFrom('0.95', '0.5', '1'),
  }),
  concession: fc.constantFrom('0', '0', '0.001', '0.01'),
  recovery: fc.constantFrom('MAINTENANCE', 'BUFFER_OF_MAINTENANCE', 'BUFFER_OF_NOTIONAL', 'INITIAL'),
  buffer: fc.constantFrom('0.02', '0.1', '0.5'),
  order: fc.constantFrom('MARKET', 'LARGEST_NOTIONAL', 'LARGEST_LOSS', 'LARGEST_MAINTENANCE'),
  atOnce: fc.constantFrom('ALL', 'ALL', 'ONE'),
});

const BASES = { BUFFER_OF_MAINTENANCE: 'MAINTENANCE_MARGIN', BUFFER_OF_NOTIONAL: 'NOTIONAL_VALUE' } as const;

/** The policy as a rule set hands it to the core. */
export const coreSizing = ({ fee, concession, recovery, buffer, order, atOnce }: SizingCase): SizingPolicy => ({
  liquidationFeeRate: ratio(decimal(fee.rate)),
  liquidationFeeBasis: fee.kind === 'MARGIN_LEFT' ? { kind: fee.kind, share: ratio(decimal(fee.share)) } : { kind: fee.kind },
  concessionRate: ratio(decimal(concession)),
  ...(recovery === 'MAINTENANCE' || recovery === 'INITIAL'
    ? { recovery, recoveryBuffer: null }
    : { recovery: 'BUFFER', recoveryBuffer: { of: BASES[recovery], ratio: ratio(decimal(buffer)) } }),
  legs: { order, atOnce },
});

/** The policy as the twin takes it. */
export const referenceSizing = ({ fee, concession, recovery, buffer }: SizingCase): ReferenceSizing => ({
  fee: { kind: fee.kind, rate: fraction(fee.rate), share: fraction(fee.share) },
  concession: fraction(concession),
  recovery,
  buffer: fraction(buffer),
});

/** Lots of a size that at most `lots` and a part of one make up each position, so that every number of them can be tried. */
const coarse = (poolCase: PoolCase, lots: number, odd: string): PoolCase => ({
  ...poolCase,
  markets: poolCase.markets.map((market) => {
    const held = poolCase.positions.find(({ marketId }) => marketId === market.marketId)?.quantity ?? '1';
    const lotSize = timesText(held, odd).over(fraction(`${lots}`));
    return { ...market, lotSize: lotSize.toDecimalString(24) };
  }),
});

/** Pools somewhat below, at and above what their maintenance margin asks for. */
const thin: Arbitrary<Standing> = fc.oneof(
  { weight: 6, arbitrary: thousandths(1, 250).map((ofNotional) => ({ kind: 'THOUSANDTHS' as const, ofNotional })) },
  { weight: 1, arbitrary: fc.constantFrom('EXCESS_ZERO' as const, 'EXCESS_JUST_BELOW' as const).map((kind) => ({ kind })) },
);

/** Leverages of the tiers of each market: falling, or none stated. */
const leverages = fc.oneof(
  fc.constant(null),
  fc.uniqueArray(fc.integer({ min: 2, max: 125 }), { minLength: 6, maxLength: 6 }).map((all) => all.sort((a, b) => b - a)),
);

const withLeverages = (poolCase: PoolCase, given: readonly number[] | null): PoolCase => ({
  ...poolCase,
  markets: poolCase.markets.map((market) => ({
    ...market,
    tiers: market.tiers.map((tier, index) => ({
      ...tier,
      maximumLeverage: given === null ? null : scaledText(BigInt(given[index] ?? 1), 0),
    })),
  })),
});

/** Pools of one side a market, as netting leaves them, whose positions are at most 12 lots and a part. */
export const coarsePool = (mixture: Mixture = 'LINEAR', marketsMax = 3): Arbitrary<PoolCase> =>
  fc
    .tuple(
      poolOver(marketsMax, oneLeg, thin, mixture),
      fc.integer({ min: 1, max: 24 }),
      fc.constantFrom('1', '1.0625', '0.96875'),
      leverages,
    )
    .map(([poolCase, lots, odd, given]) => withLeverages(coarse(poolCase, lots, odd), given));
