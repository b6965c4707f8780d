import { type Fraction, fraction, greatest, total, ZERO } from './fraction.ts';

export interface ReferenceHolder {
  readonly balance: string;
  readonly side: 'LONG' | 'SHORT';
  readonly contracts: string;
  readonly entryPrice: string;
}

const marginBalance = ({ balance, side, contracts, entryPrice }: ReferenceHolder, mark: Fraction): Fraction => {
  const moved = mark.minus(fraction(entryPrice)).times(fraction(contracts));
  return fraction(balance).plus(side === 'LONG' ? moved : moved.negated());
};

/** Depth and open interest of one linear market: nobody below zero takes away what others have; the larger side is what is open. */
export const referenceSecurity = (holders: readonly ReferenceHolder[], mark: Fraction, fund: Fraction) => {
  const held = (side: string) => total(holders.filter((each) => each.side === side).map(({ contracts }) => fraction(contracts)));
  return {
    depth: total([fund, ...holders.map((each) => greatest(ZERO, marginBalance(each, mark)))]),
    openInterest: greatest(held('LONG'), held('SHORT')).times(mark),
  };
};

type Band = 'GREEN' | 'AMBER' | 'RED';

interface ReferenceBands {
  readonly amber: readonly [enter: string, leave: string];
  readonly red: readonly [enter: string, leave: string];
}

/** The worst band that is entered, or was entered and is not left yet. */
export const referenceBand = (before: Band, ratio: Fraction, { amber, red }: ReferenceBands): Band => {
  const isBelow = (line: string) => ratio.isBelow(fraction(line));
  const isRed = isBelow(red[0]) || (before === 'RED' && isBelow(red[1]));
  const isAmber = isBelow(amber[0]) || ((before === 'AMBER' || before === 'RED') && isBelow(amber[1]));
  return isRed ? 'RED' : isAmber ? 'AMBER' : 'GREEN';
};
