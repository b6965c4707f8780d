import { z } from 'zod';
import type { KeyTerm, ProfitTerm, RiskTerm } from '#core/adl/ranking/ranking-policy.ts';
import { choices, field } from './field-text.ts';
import { KEY_MEANINGS, PROFIT_FACTORS, PROFIT_MEANINGS, RANKING_KEYS, RISK_FACTORS, RISK_MEANINGS } from './ranking-factors.ts';
import { closed, moneyPositive, ratioPositive } from './schema-primitives.ts';

/** Exponents beyond this would let one factor decide alone, and leave the range that scores are exact in. */
const WEIGHT_MAX = 4;

/** An integer exponent of a factor. */
export const weightSchema = z.int().min(-WEIGHT_MAX).max(WEIGHT_MAX);

const weight = field(weightSchema, {
  title: 'Weight',
  what: 'Exponent of the factor in the score.',
  unit: 'whole number, −4 to 4',
  effect: 'Raise it and the factor decides more of who gives up positions first. At 0 it does not count; below 0 small values go first.',
  examples: [1],
});

const floor = field(ratioPositive.nullish(), {
  title: 'Floor',
  what: 'Least value of the factor; smaller ones count as this. Missing or null: none.',
  unit: 'as the factor, a ratio',
  effect: 'Raise it and more positions are taken alike by this factor. None: a factor of zero gives score 0, whatever the others say.',
  default: null,
  examples: ['0.00000001'],
});

/** The profit of a score. */
export const profitSchema = field(
  closed({
    factor: field(
      choices(PROFIT_FACTORS, (name) => PROFIT_MEANINGS[name]),
      { title: 'Profit factor', what: 'How gains are measured.' },
    ),
    weight,
    floor,
    walletFloor: field(moneyPositive.nullish(), {
      title: 'Wallet floor',
      what: 'Least wallet balance that `pnlOverWallet` divides by; read by no other factor. Missing or null: none, and who has no wallet balance has no score.',
      unit: 'settlement asset',
      effect: 'Raise it and small wallets with large gains move back in the queue. Lower it and they move to its head.',
      default: null,
      examples: ['1'],
    }),
  }).transform(
    (term): ProfitTerm => ({
      factor: term.factor,
      weight: term.weight,
      floor: term.floor ?? null,
      walletFloor: term.walletFloor ?? null,
    }),
  ),
  { title: 'Profit', what: 'What a position has gained, as the score counts it.' },
);

/** A further factor of a score. */
export const factorSchema = field(
  closed({
    factor: field(
      choices(RISK_FACTORS, (name) => RISK_MEANINGS[name]),
      { title: 'Factor', what: 'How risk is measured.' },
    ),
    weight,
    floor,
  }).transform((term): RiskTerm => ({ factor: term.factor, weight: term.weight, floor: term.floor ?? null })),
  { title: 'Factor', what: 'A further factor of the score.' },
);

const ORDERS = ['ASCENDING', 'DESCENDING'] as const;

const ORDER_MEANINGS = {
  ASCENDING: 'The smallest is next in line.',
  DESCENDING: 'The largest is next in line.',
} as const satisfies Readonly<Record<(typeof ORDERS)[number], string>>;

/** One key of a lexicographic ranking. */
export const keySchema = field(
  closed({
    key: field(
      choices(RANKING_KEYS, (name) => KEY_MEANINGS[name]),
      { title: 'Key', what: 'What is compared.' },
    ),
    order: field(
      choices(ORDERS, (name) => ORDER_MEANINGS[name]),
      { title: 'Order', what: 'Which end of it is asked first.' },
    ),
  }).transform(({ key, order }): KeyTerm => ({ key, order })),
  { title: 'Key', what: 'One comparison; the next key decides where it finds no difference.' },
);
