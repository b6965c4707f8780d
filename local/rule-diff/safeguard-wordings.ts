import { CONTAINMENT_WORDINGS } from './containment-wordings.ts';
import { AMOUNT, COUNT, DURATION, moved, SHARE, type Wordings } from './wording.ts';

/** What a change of a safeguard means: which marks are believed, and when a liquidation may start. */
export const SAFEGUARD_WORDINGS: Wordings = {
  markMaximumAge: moved('maximum age of a mark', DURATION, {
    more: 'pools are judged at older marks',
    less: 'more marks are too old to judge a pool at',
    absence: { called: 'off', begins: 'pools are not judged at old marks any more', ends: 'pools are judged at marks of any age' },
  }),
  jumpBand: moved('jump band', SHARE, {
    more: 'fewer marks are held back',
    less: 'more marks are held back',
    absence: { called: 'off', begins: 'marks that jump further are held back', ends: 'no mark is held back for its jump' },
  }),
  jumpConfirmations: moved('confirmations of a jump', COUNT, {
    more: 'a jump is believed later',
    less: 'a jump is believed earlier',
  }),
  indexDivergence: moved('index divergence', SHARE, {
    more: 'fewer marks are held back',
    less: 'more marks are held back',
    absence: {
      called: 'off',
      begins: 'marks further from their index are held back',
      ends: 'no mark is held back for its distance from the index',
    },
  }),
  'throttle.notionalPerMarket': moved('throttle per market', AMOUNT, {
    more: (by) => `${by} more notional value may start liquidation in an interval`,
    less: (by) => `${by} less notional value may start liquidation in an interval`,
  }),
  'throttle.interval': moved('throttle interval', DURATION, {
    more: 'liquidations are spread over a longer time',
    less: 'liquidations are spread over a shorter time',
  }),
  'throttle.maximumDelay': moved('longest delay by the throttle', DURATION, {
    more: "a pool may wait longer for its liquidation, at the fund's risk",
    less: 'a pool waits less long for its liquidation',
  }),
  ...CONTAINMENT_WORDINGS,
  graceAfterHalt: moved('grace after a halt', DURATION, {
    more: 'after a halt liquidations start later',
    less: 'after a halt liquidations start earlier',
    absence: { called: 'off', begins: 'after a halt traders can act first', ends: 'after a halt liquidations start at once' },
  }),
};
