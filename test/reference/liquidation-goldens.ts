/**
 * Published liquidation sizes. Where a source prints a result it stands here as printed; `derived` rows follow from printed formula and defaults.
 */

/**
 * Paradex, liquidation page, worked example, read 2026-11-22: collateral 1,000; long 0.1 BTC 60,000 → 54,800; short 1 ETH 3,000 → 3,400; maintenance
 * margin 1 %; equity 80 below 88.8. The page states a fee of 70 % and reckons its table with 50 % (8.88 = 0.2·0.5·88.8): the rate stands with each row.
 */
export const EQUAL_SHARE_STEPS = `
  share | maintenance | penalty | balance | ratio   // ratio in percent, one place as printed
  0.2   | 71.04       | 8.88    | 71.12   | 99.9
  0.4   | 53.28       | 17.76   | 62.24   | 85.6
  0.6   | 35.52       | 26.64   | 53.36   | 66.6
  0.8   | 17.76       | 35.52   | 44.48   | 39.9
`;

export const EQUAL_SHARE_CHOSEN = `
  feeRate | share | BTC  | ETH // below 90 % after the penalty
  0.5     | 0.4   | 0.04 | 0.4 // as the table chooses
  0.7     | 0.6   | 0.06 | 0.6 // what the stated fee gives: 40 % leaves 53.28 / 55.136 = 96.6 %
`;

/** Hyperliquid, partial liquidations, read 2026-11-25: of positions above 100,000 USDC 20 % first, smaller ones whole. */
export const FIRST_PARTS = `
  notional | closed
  100000   | 100000 // not larger than the threshold
  100001   | 20000.2
  500000   | 100000
  99       | 99
`;

/** dYdX v4 default liquidation parameters, read 2026-11-22: 10 % of a position, at least 1,000, at most 100,000 of a subaccount and block. */
export const PORTIONS = `
  notional | closed
  50000    | 5000
  5000     | 1000
  800      | 800
  10000    | 1000
  1000000  | 100000
  2000000  | 100000
`;

/**
 * Drift v2, base = shortage / (price·(mmr + buffer − liquidation fee − fund fee)), buffer 2 % of the notional value, read 2026-11-22; derived rows: a long
 * of 100 at a mark of 100, mmr 5 %, so that 700 is required with the buffer.
 */
export const SHORTAGES = `
  balance | concession | fee    | closed
  600     | 0          | 0      | 14.286 // 100 / (100·0.07) up to the lot
  600     | 0.01       | 0      | 16.667 // 100 / (100·0.06)
  600     | 0.01       | 0.01   | 20     // 100 / (100·0.05)
  600     | 0.03       | 0.04   | 100    // 0.07 is all that closing releases: nothing is enough
  699.99  | 0          | 0      | 0.002  // a lot of 0.001 releases 0.007
  700     | 0          | 0      | 0      // recovered
`;

/** Drift v2, fund fee = min(cap, 0.95·(mmr − liquidation fee − shortage/value)), read 2026-11-22; derived rows of the same long, 10,000 of value. */
export const BOUNDED_FEES = `
  balance | concession | cap   | rate
  500     | 0          | 0.01  | 0.01    // 0.95·0.05 = 0.0475 is above the cap
  500     | 0          | 0.1   | 0.0475
  300     | 0          | 0.1   | 0.0285  // shortage 200: 0.95·(0.05 − 0.02)
  300     | 0.01       | 0.1   | 0.019
  100     | 0.02       | 0.1   | 0       // never below zero
`;
