import { type Fraction, fraction, ZERO } from '../fraction.ts';
import type { ReferenceMarket, ReferencePool, ReferencePosition, ReferenceSide } from '../margin.ts';
import { present } from './present.ts';
import type { ReplayScenario, ScenarioAccount, ScenarioMarket } from './scenario.ts';

export interface StatePosition {
  readonly marketId: string;
  readonly side: ReferenceSide;
  quantity: Fraction;
  entryValue: Fraction;
}

export interface StatePool {
  readonly poolId: string;
  readonly accountId: string;
  readonly asset: string;
  collateral: Fraction;
  positions: StatePosition[];
  /** Something was ever netted, filled or transferred here. */
  hasMoved: boolean;
  /** Of a case that is open: what each position that is left may bring, by market. null: no open case. */
  openCase: Map<string, Fraction> | null;
}

export interface VenueState {
  readonly pools: readonly StatePool[];
  readonly markets: ReadonlyMap<string, Omit<ReferenceMarket, 'markPrice'> & { readonly asset: string }>;
  /** Accepted marks alone. */
  readonly marks: Map<string, Fraction>;
  /** By asset. */
  readonly funds: Map<string, Fraction>;
  /** Neighbours of an order that only the last place of an amount at rest may tell apart. */
  dustTies: number;
}

const FINEST = fraction('0.000000000000000001');

const compareIds = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** By market id, LONG before SHORT. */
const inOrder = (positions: readonly StatePosition[]): StatePosition[] =>
  positions.toSorted((a, b) => compareIds(a.marketId, b.marketId) || compareIds(a.side, b.side));

const marketOf = (market: ScenarioMarket) => ({
  marketId: market.marketId,
  contract: market.contract,
  asset: market.settlementAsset,
  multiplier: fraction(market.multiplier),
  takerFeeRate: fraction(market.takerFeeRate),
  tickSize: fraction(market.tickSize),
  lotSize: fraction(market.lotSize),
  table: {
    form: market.tierForm,
    tiers: market.marginTiers.map((tier) => ({
      notionalFloor: fraction(tier.notionalFloor),
      notionalCap: tier.notionalCap === null ? null : fraction(tier.notionalCap),
      maintenanceMarginRate: fraction(tier.maintenanceMarginRate),
      maintenanceAmount: null,
    })),
  },
});

/** As a book is read: Q·EP (LINEAR), Q/EP cut to 18 places at the holder's cost, down for a LONG and up for a SHORT (INVERSE). */
const entryValueOf = (contract: ScenarioMarket['contract'], side: ReferenceSide, size: Fraction, entryPrice: Fraction): Fraction => {
  if (contract === 'LINEAR') return size.times(entryPrice);
  const value = size.over(entryPrice);
  return side === 'LONG' ? value.floorTo(FINEST) : value.ceilTo(FINEST);
};

/** One cross pool for each asset of the wallet, and one isolated pool for each isolated position. */
const poolsOf = (account: ScenarioAccount, markets: VenueState['markets']): StatePool[] => {
  const { accountId } = account;
  const held = account.positions.map(({ marketId, side, quantity, entryPrice, marginMode, isolatedMargin }) => {
    const market = present(markets.get(marketId));
    const size = fraction(quantity);
    const entryValue = entryValueOf(market.contract, side, size.times(market.multiplier), fraction(entryPrice));
    return { marginMode, isolatedMargin, asset: market.asset, position: { marketId, side, quantity: size, entryValue } };
  });
  const cross = Object.entries(account.walletBalances).map(([asset, balance]) => ({
    poolId: `${accountId}#CROSS#${asset}`,
    accountId,
    asset,
    collateral: fraction(balance),
    positions: inOrder(held.filter((each) => each.marginMode === 'CROSS' && each.asset === asset).map(({ position }) => position)),
    hasMoved: false,
    openCase: null,
  }));
  const isolated = held
    .filter(({ marginMode }) => marginMode === 'ISOLATED')
    .map(({ asset, isolatedMargin, position }) => ({
      poolId: `${accountId}#ISOLATED#${position.marketId}#${position.side}`,
      accountId,
      asset,
      collateral: fraction(present(isolatedMargin)),
      positions: [position],
      hasMoved: false,
      openCase: null,
    }));
  return [...cross, ...isolated];
};

/** The venue before the first mark. The first fund with an asset is its fund; an asset without one has an empty fund. */
export const initialState = ({ book }: ReplayScenario): VenueState => {
  const markets = new Map(book.markets.map((market) => [market.marketId, marketOf(market)]));
  const funds = new Map(book.markets.map(({ settlementAsset }) => [settlementAsset, ZERO]));
  for (const { asset, balance } of book.insuranceFunds.toReversed()) funds.set(asset, fraction(balance));
  return { pools: book.accounts.flatMap((account) => poolsOf(account, markets)), markets, marks: new Map(), funds, dustTies: 0 };
};

/** A position at the accepted mark of its market; null where there is none yet. */
export const positionAtMark = (state: VenueState, position: StatePosition): ReferencePosition | null => {
  const markPrice = state.marks.get(position.marketId);
  return markPrice === undefined ? null : { ...position, market: { ...present(state.markets.get(position.marketId)), markPrice } };
};

/** A pool at the accepted marks; null as long as one of its markets has none. */
export const poolAtMarks = (state: VenueState, pool: StatePool): ReferencePool | null => {
  const positions = pool.positions.flatMap((position) => positionAtMark(state, position) ?? []);
  return positions.length === pool.positions.length ? { collateral: pool.collateral, positions } : null;
};
