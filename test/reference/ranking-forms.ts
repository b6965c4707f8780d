import { type Fraction, greatest, ONE, ZERO } from './fraction.ts';
import { assess, notionalAt, type ReferencePool, type ReferencePosition } from './margin.ts';

/** The forms of the ranking table of the domain bank, written from its formulas: what a position has gained, what it risks, and their product. */

/** A position on the other side of the bankrupt one: which of the pool's it is. */
export interface ReferenceHolder {
  readonly accountId: string;
  readonly poolId: string;
  readonly pool: ReferencePool;
  /** Index of the position in the pool. */
  readonly at: number;
}

export interface ReferenceTerm {
  readonly factor: string;
  readonly weight: number;
  readonly floor: Fraction | null;
}

export interface ReferenceForm {
  readonly profit: ReferenceTerm & { readonly walletFloor: Fraction | null };
  readonly factors: readonly ReferenceTerm[];
  readonly losers: 'DIVIDE' | 'MULTIPLY' | 'FLOOR_AT_ZERO' | 'EXCLUDE';
}

const positionOf = ({ pool, at }: ReferenceHolder): ReferencePosition => {
  const position = pool.positions[at];
  if (position === undefined) throw new RangeError('a holder has a position');
  return position;
};

/** What the pool's balance, the position's values and its market are. */
const figuresOf = (holder: ReferenceHolder) => {
  const position = positionOf(holder);
  const assessment = assess(holder.pool);
  const values = assessment.positions[holder.at];
  if (values === undefined) throw new RangeError('a holder has a position');
  const notional = notionalAt(position, position.market.markPrice);
  const rate = position.market.table.tiers[values.tierIndex]?.maintenanceMarginRate ?? ZERO;
  return { position, assessment, values, notional, equity: assessment.marginBalance, rate };
};

/** The quotient, or null for what is divided by nothing or by less. */
const over = (above: Fraction, below: Fraction): Fraction | null => (below.sign() > 0 ? above.over(below) : null);

/** Average prices, from values: P = V/Q (LINEAR), P = Q/V (INVERSE). */
const entryPriceOf = (position: ReferencePosition): Fraction | null => {
  const size = position.quantity.times(position.market.multiplier);
  return position.market.contract === 'INVERSE' ? over(size, position.entryValue) : over(position.entryValue, size);
};

export const pnlOf = (holder: ReferenceHolder): Fraction => figuresOf(holder).values.unrealizedPnl;

/** What the position has gained. */
const profitOf = (holder: ReferenceHolder, factor: string, walletFloor: Fraction | null): Fraction | null => {
  const { position, values, notional, equity } = figuresOf(holder);
  const pnl = values.unrealizedPnl;
  const mark = position.market.markPrice;
  const entry = entryPriceOf(position);
  const perEntry = pnl.over(position.entryValue);
  switch (factor) {
    case 'pnlRatio':
      return perEntry;
    case 'pnlOverNotional':
      return over(pnl, notional);
    case 'pnlOverWallet':
      return over(pnl, greatest(walletFloor ?? ZERO, holder.pool.collateral));
    case 'pnlOverBalance':
      return over(pnl, equity);
    case 'markOverEntry':
      if (entry === null) return null;
      return position.side === 'LONG' ? over(mark, entry) : over(entry, mark);
    case 'markOverEntryBothSides':
      return entry === null ? null : over(mark, entry);
    case 'onePlusPnlRatio':
      return ONE.plus(perEntry);
    default:
      throw new RangeError(`no profit factor \`${factor}\``);
  }
};

/** MV − BV: what lies between the value at the mark and the value at the bankruptcy price, the balance shared by maintenance margin. */
const cushionOf = (holder: ReferenceHolder): Fraction => {
  const { assessment, values, equity } = figuresOf(holder);
  return equity.times(values.maintenanceMargin.over(assessment.maintenanceMargin));
};

/** Part of the position beyond the other leg that the same pool holds in the same market. */
const netShareOf = (holder: ReferenceHolder): Fraction => {
  const { position } = figuresOf(holder);
  const hedges = holder.pool.positions.filter((each) => each.market.marketId === position.market.marketId && each.side !== position.side);
  const hedged = hedges.reduce((sum, each) => sum.plus(each.quantity), ZERO);
  return greatest(ZERO, position.quantity.minus(hedged)).over(position.quantity);
};

/** What the position risks. */
const riskOf = (holder: ReferenceHolder, factor: string): Fraction | null => {
  const { assessment, values, notional, equity, rate } = figuresOf(holder);
  switch (factor) {
    case 'effectiveLeverage':
      return over(notional, equity);
    case 'positionLeverage':
      return equity.sign() > 0 ? over(notional, cushionOf(holder)) : null;
    case 'cappedLeverage':
      return equity.sign() > 0 ? ONE.over(greatest(rate, equity.over(notional))) : null;
    case 'marginRatio':
      return over(assessment.maintenanceMargin.plus(assessment.closingFee), equity);
    case 'positionMarginRatio':
      return over(values.maintenanceMargin.plus(values.closingFee), equity);
    case 'maintenanceMarginRate':
      return rate;
    case 'netExposureShare':
      return netShareOf(holder);
    default:
      throw new RangeError(`no risk factor \`${factor}\``);
  }
};

/** A factor on its own, profit or risk. */
export const factorOf = (holder: ReferenceHolder, factor: string, walletFloor: Fraction | null = null): Fraction | null => {
  const isRisk = [
    'effectiveLeverage',
    'positionLeverage',
    'cappedLeverage',
    'marginRatio',
    'positionMarginRatio',
    'maintenanceMarginRate',
    'netExposureShare',
  ].includes(factor);
  return isRisk ? riskOf(holder, factor) : profitOf(holder, factor, walletFloor);
};

const raised = (value: Fraction, floor: Fraction | null): Fraction => (floor === null ? value : greatest(floor, value));

/** p^a · Π r^b; losers as the form says; zero where a factor is zero; null where one is undefined. */
export const scoreOfForm = (holder: ReferenceHolder, form: ReferenceForm): Fraction | null => {
  const { factor, weight, floor, walletFloor } = form.profit;
  const p = profitOf(holder, factor, walletFloor);
  const risks = form.factors.map((term) => ({ ...term, value: riskOf(holder, term.factor) }));
  if (p === null || risks.some(({ value }) => value === null)) return null;
  const floored = risks.map((term) => ({ weight: term.weight, value: raised(term.value ?? ZERO, term.floor) }));
  if (floored.some(({ value }) => value.sign() <= 0)) return ZERO;
  const product = floored.reduce((soFar, term) => soFar.times(term.value.toThePower(term.weight)), ONE);
  const isLoser = pnlOf(holder).sign() < 0;
  const isZeroed = isLoser && (form.losers === 'FLOOR_AT_ZERO' || form.losers === 'EXCLUDE');
  const counted = isZeroed ? ZERO : p;
  if (!isLoser || isZeroed) {
    const gained = raised(counted, floor);
    return gained.sign() > 0 ? gained.toThePower(weight).times(product) : ZERO;
  }
  const isQuotient = ['markOverEntry', 'markOverEntryBothSides', 'onePlusPnlRatio'].includes(factor);
  const size = isQuotient ? raised(p, floor) : p.absolute();
  if (size.sign() <= 0) return ZERO;
  const gained = size.toThePower(weight);
  const scored = form.losers === 'DIVIDE' ? gained.over(product) : gained.times(product);
  return isQuotient ? scored : scored.negated();
};
