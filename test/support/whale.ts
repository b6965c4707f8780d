import { scaledText } from './decimal-text.ts';
import { account, held, type LargeVenue, range } from './large-venue.ts';

/** One account with a position in every market against four who share the other side: LONG in the even markets, SHORT in the odd ones. */

const CONTRACTS = 400;

/** Contracts that each of the four holds of a market: together more than the whale, none of them alone enough. */
const SHARE = '160';

const sideIn = (market: number): 'LONG' | 'SHORT' => (market % 2 === 0 ? 'LONG' : 'SHORT');

const against = (market: number): 'LONG' | 'SHORT' => (market % 2 === 0 ? 'SHORT' : 'LONG');

/** Ten-thousandths against the whale. */
const adverse = (market: number, size: number): number => (market % 2 === 0 ? -size : size);

/** Hundredths of what the whale's positions are worth at the first prices. */
const partOfNotional = (markets: number, hundredths: number): string =>
  scaledText(BigInt(range(markets).reduce((total, market) => total + CONTRACTS * (100 + market), 0) * hundredths), 2);

const counterparty = (markets: number, number: number) =>
  account(
    `c${number}`,
    '5000000',
    range(markets).map((market) => held(market, against(market), SHARE, -adverse(market, 10 * number))),
  );

export const WHALE = 'whale#CROSS#USDT';
export const WHALE_CASE = `${WHALE}#1`;

/** The whale's margin is 6 %; a fall of about 5.3 % leaves a surplus, one of about 9 % a shortfall of 3 %. */
export type Fall = 'SOLVENT' | 'INSOLVENT';

const SIZES: Readonly<Record<Fall, (market: number) => number>> = {
  SOLVENT: (market) => 550 - market,
  INSOLVENT: (market) => 880 + market,
};

/** Every fifth market fills nothing, the others a part. */
const depth = (market: number): string => (market % 5 === 0 ? '0' : `${100 + market}`);

export const whaleVenue = (markets: number, fall: Fall, fund: LargeVenue['fund']): LargeVenue => ({
  markets,
  accounts: [
    account(
      'whale',
      partOfNotional(markets, 6),
      range(markets).map((market) => held(market, sideIn(market), `${CONTRACTS}`)),
    ),
    ...range(4).map((number) => counterparty(markets, number + 1)),
  ],
  fund,
  moves: [(market) => adverse(market, SIZES[fall](market))],
  depth,
});

/** The whale above the lowest tier in every market, so that it steps down before it is closed. */
export const steppingVenue = (markets: number, fund: LargeVenue['fund']): LargeVenue => ({
  ...whaleVenue(markets, 'SOLVENT', fund),
  tiers: [
    { notionalFloor: '0', notionalCap: '20000', maintenanceMarginRate: '0.01' },
    { notionalFloor: '20000', notionalCap: null, maintenanceMarginRate: '0.02' },
  ],
});

/** The whale with a part of the other side in every market. */
export const hedgedVenue = (markets: number, fund: LargeVenue['fund']): LargeVenue => {
  const venue = whaleVenue(markets, 'INSOLVENT', fund);
  const hedges = range(markets).map((market) => held(market, against(market), '50.5', 7));
  return {
    ...venue,
    accounts: venue.accounts.map((each) => (each.accountId === 'whale' ? { ...each, positions: [...each.positions, ...hedges] } : each)),
  };
};
