import { chosen, moved, SHARE, type Wordings } from './wording.ts';

/** What a change of how the tier tables are read means. */
export const TIER_POLICY_WORDINGS: Wordings = {
  boundary: chosen('boundary', {
    LOWER_TIER: 'a position exactly on a boundary has the lower rate',
    HIGHER_TIER: 'a position exactly on a boundary has the higher rate',
  }),
  measuredIn: chosen('measure of the tiers', {
    NOTIONAL:
      'a position changes its tier when the price moves its value over a boundary; below, numbers of contracts stand beside notional values',
    CONTRACTS: 'a position keeps its tier whatever the price, until it trades; below, numbers of contracts stand beside notional values',
  }),
  valuedAt: chosen('valuation', {
    MARK: 'maintenance margin follows the mark',
    ENTRY: 'maintenance margin stands still while the mark moves: linear shorts are liquidated later, linear longs earlier',
  }),
  closingFee: chosen('closing fee', {
    BESIDE_MAINTENANCE: 'the fee of closing is required beside the maintenance margin',
    IN_MAINTENANCE: 'the fee of closing is part of the maintenance margin, also where balances are shared by it',
    NONE: 'the fee of closing is not required in advance: positions are liquidated later',
  }),
  maintenanceFraction: moved('maintenance as a part of the initial margin', SHARE, {
    more: 'positions in tiers without a rate of their own are liquidated earlier',
    less: 'positions in tiers without a rate of their own are liquidated later',
    absence: {
      called: 'none',
      begins: 'tiers without a rate have it from their maximum leverage',
      ends: 'every tier has a rate of its own',
    },
  }),
};
