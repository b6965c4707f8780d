import fc, { type Arbitrary } from 'fast-check';
import { type Fraction, fraction, ONE } from '../reference/fraction.ts';
import type { ReplayScenario, ScenarioFund, ScenarioMark, ScenarioMarket, ScenarioTier } from '../reference/replay/scenario.ts';
import type { Mixture } from '../support/arbitraries.ts';
import { scaledText } from '../support/decimal-text.ts';
import { anyAccounts } from './arbitrary-accounts.ts';

/** Small scenarios in which much goes wrong: thin margins, jumps, shallow books and poor funds. */

const MARKET_IDS = ['BTC-USDT', 'ETH-USDT', 'A.1-USDT'] as const;
const FIRST_PRICES = ['100', '20', '3.5'] as const;
const MARK_PLACES = 4;

const anyTiers: Arbitrary<readonly ScenarioTier[]> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('150', '400', '1000'), fc.constantFrom('2', '5'), fc.boolean(), fc.boolean())
  .map(([count, firstCap, step, isOpen, isSteep]) => {
    const caps = [firstCap, fraction(firstCap).times(fraction(step)).toDecimalString(0)];
    const rates = (isSteep ? ['0.04', '0.1', '0.3'] : ['0.01', '0.025', '0.06']).slice(0, count);
    return rates.map((maintenanceMarginRate, at) => {
      const isLast = at === count - 1;
      return {
        notionalFloor: at === 0 ? '0' : (caps[at - 1] ?? ''),
        notionalCap: isLast && isOpen ? null : (caps[at] ?? '900000'),
        maintenanceMarginRate,
      };
    });
  });

/** What a contract is worth at the first price of its market, in units of that price (LINEAR) or of the coin (INVERSE). */
const CONTRACT_SIZES = ['1', '1', '0.1', '10'] as const;

const multiplierOf = (contract: ScenarioMarket['contract'], size: string, firstPrice: string): string =>
  contract === 'LINEAR' ? size : fraction(size).times(fraction(firstPrice)).toDecimalString(2);

const assetOf = (marketId: string, mixture: Mixture): Arbitrary<string> => {
  if (mixture !== 'LINEAR') return fc.constant('BTC');
  return marketId === MARKET_IDS[2] ? fc.constantFrom('USDT', 'USDT', 'USDC') : fc.constant('USDT');
};

const contractOf = (marketId: string, mixture: Mixture): ScenarioMarket['contract'] => {
  if (mixture === 'MIXED') return marketId === MARKET_IDS[1] ? 'LINEAR' : 'INVERSE';
  return mixture;
};

const anyMarket = (marketId: string, markPrice: string, mixture: Mixture): Arbitrary<ScenarioMarket> => {
  const contract = contractOf(marketId, mixture);
  return fc.record({
    marketId: fc.constant(marketId),
    contract: fc.constant(contract),
    multiplier: fc.constantFrom(...CONTRACT_SIZES).map((size) => multiplierOf(contract, size, markPrice)),
    settlementAsset: assetOf(marketId, mixture),
    tickSize: fc.constantFrom('0.1', '0.01', '0.0001'),
    lotSize: fc.constantFrom('1', '0.1', '0.01', '0.3'),
    markPrice: fc.constant(markPrice),
    takerFeeRate: fc.constantFrom('0', '0', '0.0005', '0.01'),
    tierForm: fc.constantFrom('DEDUCTION', 'DEDUCTION', 'MARGINAL', 'FLAT'),
    marginTiers: anyTiers,
  });
};

const anyMarkets = (mixture: Mixture): Arbitrary<readonly ScenarioMarket[]> =>
  fc
    .integer({ min: 2, max: 3 })
    .chain((count) => fc.tuple(...MARKET_IDS.slice(0, count).map((marketId, at) => anyMarket(marketId, FIRST_PRICES[at] ?? '1', mixture))));

const someFund = (asset: string): Arbitrary<readonly ScenarioFund[]> =>
  fc.constantFrom('0', '0.000000000001', '1', '5', '20', '100', '1000000', '-3').map((balance) => [
    { fundId: asset.toLowerCase(), asset, balance },
    { fundId: 'second', asset, balance: '7' },
  ]);

/** The shipped rules have a fund of their own for dollars only, so that a coin always has one in the book. */
const anyFund = (mixture: Mixture): Arbitrary<readonly ScenarioFund[]> =>
  mixture === 'LINEAR' ? fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 8, arbitrary: someFund('USDT') }) : someFund('BTC');

/** Thousandths that a price moves by: mostly little, sometimes a crash or a squeeze. */
const anyMove: Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -12, max: 12 }) },
  { weight: 2, arbitrary: fc.integer({ min: -60, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: -250, max: 300 }) },
);

/** What happens at one instant: the markets that move, in the order of their waves, and by how much. */
const anyInstant = (count: number): Arbitrary<readonly { readonly at: number; readonly move: number }[]> =>
  fc.uniqueArray(fc.record({ at: fc.integer({ min: 0, max: count - 1 }), move: anyMove }), {
    minLength: 1,
    maxLength: count,
    selector: ({ at }) => at,
  });

const pathOf = (
  markets: readonly ScenarioMarket[],
  moves: readonly (readonly { readonly at: number; readonly move: number }[])[],
): readonly (readonly ScenarioMark[])[] => {
  const prices: Fraction[] = markets.map(({ markPrice }) => fraction(markPrice));
  return moves.map((instant) =>
    instant.map(({ at, move }) => {
      const moved = (prices[at] ?? ONE).times(fraction(scaledText(BigInt(1000 + move), 3))).toDecimalString(MARK_PLACES);
      prices[at] = fraction(moved);
      return { marketId: markets[at]?.marketId ?? '', price: moved };
    }),
  );
};

/** Depths are lots, odd quantities, nothing, or (no entry) without limit. */
const anyDepth = (markets: readonly ScenarioMarket[]): Arbitrary<Readonly<Record<string, string>>> =>
  fc
    .tuple(...markets.map(() => fc.constantFrom(null, null, '0', '0.3', '1', '3', '10', '0.47')))
    .map((depths) => Object.fromEntries(markets.flatMap(({ marketId }, at) => (depths[at] ? [[marketId, depths[at]]] : []))));

/** Scenarios over markets of these kinds of contracts; inverse ones and what is mixed with them settle in one coin. */
export const scenarioOf = (mixture: Mixture): Arbitrary<ReplayScenario> =>
  anyMarkets(mixture).chain((markets) =>
    fc
      .record({
        accounts: anyAccounts(markets),
        insuranceFunds: anyFund(mixture),
        depthPerMark: anyDepth(markets),
        // The first instant usually marks every market; without that, pools with an unmarked market are refused until it has one.
        start: fc.constantFrom(true, true, true, false),
        moves: fc.array(anyInstant(markets.length), { minLength: 10, maxLength: 40 }),
      })
      .map(({ accounts, insuranceFunds, depthPerMark, start, moves }) => ({
        book: { asOf: '2025-10-10T21:00:00Z', markets, accounts, insuranceFunds },
        instants: pathOf(markets, start ? [markets.map((_, at) => ({ at, move: 0 })), ...moves] : moves),
        depthPerMark,
      })),
  );

export const anyScenario: Arbitrary<ReplayScenario> = scenarioOf('LINEAR');
