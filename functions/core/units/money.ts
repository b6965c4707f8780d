import { invariant } from '../invariant.ts';
import type { Branded } from './brand.ts';
import type { Decimal } from './decimal.ts';

/** Quote per base unit; always positive. Price × Quantity × multiplier → Money. */
export type Price = Branded<Decimal, 'Price'>;
/** Unsigned size in contracts. Quantity ± Quantity → Quantity while it stays ≥ 0. */
export type Quantity = Branded<Decimal, 'Quantity'>;
/** Signed amount of one settlement asset. Money ± Money → Money. */
export type Money = Branded<Decimal, 'Money'>;
/** Dimensionless. Money ÷ Money → Ratio; Money × Ratio → Money. */
export type Ratio = Branded<Decimal, 'Ratio'>;

export const price = (value: Decimal): Price => {
  invariant(value.isFinite() && value.gt(0), 'a price is finite and above zero');
  return value as Price;
};

export const quantity = (value: Decimal): Quantity => {
  invariant(value.isFinite() && value.gte(0), 'a quantity is finite and not negative');
  return value as Quantity;
};

export const money = (value: Decimal): Money => {
  invariant(value.isFinite(), 'an amount of money is finite');
  return value as Money;
};

export const ratio = (value: Decimal): Ratio => {
  invariant(value.isFinite(), 'a ratio is finite');
  return value as Ratio;
};
