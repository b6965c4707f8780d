import fc, { type Arbitrary } from 'fast-check';
import { type Fraction, fraction, total } from '../reference/fraction.ts';
import { present } from '../reference/replay/present.ts';
import type { ScenarioAccount, ScenarioMarket, ScenarioPosition } from '../reference/replay/scenario.ts';
import { moneyText, scaledText } from '../support/decimal-text.ts';

type Side = ScenarioPosition['side'];

/** A position in plain numbers, before it knows its market. */
interface Leg {
  readonly market: number;
  readonly side: Side;
  /** About so much notional value, in tens of the settlement asset. */
  readonly size: number;
  readonly isOddLot: boolean;
  /** Thousandths that the entry price lies above the first price of the market. */
  readonly entry: number;
  readonly isIsolated: boolean;
  readonly leverage: number;
}

interface Holder {
  readonly legs: readonly Leg[];
  /** Both sides of the first leg's market, the second a part of the first. */
  readonly hedgeThousandths: number;
}

/** Ids whose order by code units is not the order that people expect. */
const idOf = (at: number): string => `${['a', 'B', '_', 'z-'][at % 4]}${at}`;

const anyLeg = (markets: number): Arbitrary<Leg> =>
  fc.record({
    market: fc.integer({ min: 0, max: markets - 1 }),
    side: fc.constantFrom<Side>('LONG', 'SHORT'),
    size: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 300 })),
    isOddLot: fc.constantFrom(false, false, false, true),
    entry: fc.integer({ min: -60, max: 60 }),
    isIsolated: fc.boolean(),
    leverage: fc.constantFrom(5, 10, 20, 50),
  });

const anyHolder = (markets: number): Arbitrary<Holder> =>
  fc.record({
    legs: fc.uniqueArray(anyLeg(markets), { minLength: 1, maxLength: 3, selector: ({ market, isIsolated }) => `${market}${isIsolated}` }),
    hedgeThousandths: fc.constantFrom(0, 0, 0, 0, 300, 900, 990, 1000),
  });

const opposite = (side: Side): Side => (side === 'LONG' ? 'SHORT' : 'LONG');

const positionOf = (leg: Leg, market: ScenarioMarket, part: Fraction): ScenarioPosition => {
  const first = fraction(market.markPrice);
  const lot = fraction(market.lotSize);
  const multiplier = fraction(market.multiplier);
  const contractValue = market.contract === 'INVERSE' ? multiplier.over(first) : first.times(multiplier);
  const lots = fraction(scaledText(BigInt(leg.size), 0))
    .times(fraction('10'))
    .times(part)
    .over(contractValue.times(lot))
    .ceil();
  const quantity = lots.times(lot).plus(leg.isOddLot ? lot.times(fraction('0.5')) : fraction('0'));
  const { marketId } = market;
  const entryPrice = first.times(fraction(scaledText(BigInt(1000 + leg.entry), 3)));
  const position = { marketId, side: leg.side, quantity: moneyText(quantity), entryPrice: moneyText(entryPrice) };
  if (!leg.isIsolated) return { ...position, marginMode: 'CROSS' };
  return { ...position, marginMode: 'ISOLATED', isolatedMargin: moneyText(marginOf(leg, quantity.times(contractValue))) };
};

/** The notional value over the leverage, and what the entry is out of the money, so that few begin in breach. */
const marginOf = (leg: Leg, notional: Fraction): Fraction => {
  const loss = (leg.side === 'LONG' ? leg.entry : -leg.entry) > 0 ? BigInt(Math.abs(leg.entry)) : 0n;
  return notional.times(
    fraction('1')
      .over(fraction(`${leg.leverage}`))
      .plus(fraction(scaledText(loss, 3))),
  );
};

const positionsOf = (holder: Holder, markets: readonly ScenarioMarket[]): readonly ScenarioPosition[] => {
  const own = holder.legs.map((leg) => positionOf(leg, present(markets[leg.market]), fraction('1')));
  const [first] = holder.legs;
  if (first === undefined || holder.hedgeThousandths === 0) return own;
  const hedge = { ...first, side: opposite(first.side), entry: -first.entry };
  return [...own, positionOf(hedge, present(markets[first.market]), fraction(scaledText(BigInt(holder.hedgeThousandths), 3)))];
};

const accountOf = (accountId: string, holder: Holder, markets: readonly ScenarioMarket[]): ScenarioAccount => {
  const assets = [...new Set(markets.map(({ settlementAsset }) => settlementAsset))];
  const walletBalances = assets.map((asset) => {
    const crossLegs = holder.legs.filter(({ isIsolated, market }) => !isIsolated && markets[market]?.settlementAsset === asset);
    return [asset, moneyText(total(crossLegs.map((leg) => marginOf(leg, fraction(scaledText(BigInt(leg.size) * 10n, 0))))))];
  });
  return { accountId, walletBalances: Object.fromEntries(walletBalances), positions: positionsOf(holder, markets) };
};

const scaled = (account: ScenarioAccount, accountId: string, factor: Fraction): ScenarioAccount => {
  const times = (text: string): string => moneyText(fraction(text).times(factor));
  return {
    accountId,
    walletBalances: Object.fromEntries(Object.entries(account.walletBalances).map(([asset, balance]) => [asset, times(balance)])),
    positions: account.positions.map((position) => ({
      ...position,
      quantity: times(position.quantity),
      ...(position.isolatedMargin === undefined ? {} : { isolatedMargin: times(position.isolatedMargin) }),
    })),
  };
};

/** Accounts of every kind; the first ones may be there again under other ids and at another scale, so that their ratios and scores tie. */
export const anyAccounts = (markets: readonly ScenarioMarket[]): Arbitrary<readonly ScenarioAccount[]> =>
  fc
    .record({
      holders: fc.array(anyHolder(markets.length), { minLength: 8, maxLength: 38 }),
      again: fc.constantFrom(0, 0, 0, 0, 1, 2),
      factor: fc.constantFrom('1', '3', '7'),
    })
    .map(({ holders, again, factor }) => {
      const accounts = holders.map((holder, at) => accountOf(idOf(at), holder, markets));
      return [...accounts, ...accounts.slice(0, again).map((account) => scaled(account, `A${account.accountId}`, fraction(factor)))];
    });
