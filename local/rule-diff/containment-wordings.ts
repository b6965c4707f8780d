import { AMOUNT, chosen, DURATION, moved, SHARE, type Wordings } from './wording.ts';

const band = (name: string): Wordings => ({
  [`securityToValue.${name}.enter`]: moved(`entry of the ${name} band`, SHARE, {
    more: `markets turn ${name} earlier`,
    less: `markets turn ${name} later`,
  }),
  [`securityToValue.${name}.leave`]: moved(`end of the ${name} band`, SHARE, {
    more: `markets stay ${name} longer`,
    less: `markets leave ${name} sooner`,
  }),
});

/** What a change of a guard means that contains a failure to where it arose. */
export const CONTAINMENT_WORDINGS: Wordings = {
  'securityToValue.interval': moved('interval of the looks at security', DURATION, {
    more: 'markets are looked at less often',
    less: 'markets are looked at more often',
  }),
  'securityToValue.measure': chosen('measure of security', {
    NOW: 'the bands are compared with what stands behind a market now',
    STRESSED: 'the bands are compared with what a shock would leave',
  }),
  'securityToValue.shock': moved('shock', SHARE, { more: 'markets turn amber and red earlier', less: 'markets turn amber and red later' }),
  'securityToValue.slippage': moved('slippage', SHARE, {
    more: 'markets turn amber and red earlier',
    less: 'markets turn amber and red later',
  }),
  ...band('amber'),
  ...band('red'),
  'securityToValue.onRed': chosen('effect of red', {
    REDUCE_ONLY: 'a red market opens nothing new',
    TELL: 'people are told of a red market and it goes on',
  }),
  'volatility.window': moved('window of the average mark', DURATION, {
    more: 'slow moves away from the average are held back too',
    less: 'only sudden moves are held back',
  }),
  'volatility.ratio': moved('volatility ratio', AMOUNT, { more: 'fewer marks are held back', less: 'more marks are held back' }),
  'opening.openInterestCap': moved('open interest cap', AMOUNT, {
    more: (by) => `a market may grow by ${by} more`,
    less: (by) => `a market may grow by ${by} less`,
    absence: { called: 'none', begins: 'markets grow no further than it', ends: 'markets grow without a cap' },
  }),
  'opening.amberCapShare': moved('share of the cap in an amber market', SHARE, {
    more: 'amber markets may be larger',
    less: 'amber markets may be less large',
  }),
  'opening.positionShare': moved('share of one account', SHARE, {
    more: 'one account may hold more of a market',
    less: 'one account may hold less of a market',
    absence: { called: 'none', begins: 'no account holds more of a market than it', ends: 'one account may hold a whole market' },
  }),
  'opening.positionShareFrom': moved('open interest from which shares are asked', AMOUNT, {
    more: 'larger markets may belong to few',
    less: 'only smaller markets may belong to few',
  }),
  'opening.unrealizedProfitCap': moved('cap of unrealized profit', AMOUNT, {
    more: 'more unrealized profit carries new positions',
    less: 'less unrealized profit carries new positions',
    absence: {
      called: 'none',
      begins: 'only so much unrealized profit carries new positions',
      ends: 'all unrealized profit carries new positions',
    },
  }),
  'withdrawalGate.closedFor': moved('time that withdrawals are closed', DURATION, {
    more: 'withdrawals stay closed longer',
    less: 'withdrawals open sooner',
  }),
};
