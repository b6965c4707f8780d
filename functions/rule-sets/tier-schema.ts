import { z } from 'zod';
import { choices, field } from './field-text.ts';
import { closed, moneyNotNegative, moneyPositive, ratioBelowOne, ratioPositive } from './schema-primitives.ts';
import type { WrittenTier } from './written-tier.ts';

/** Most tiers of one table. */
const TIERS_MAX = 200;

const TIER_FORMS = ['DEDUCTION', 'MARGINAL', 'FLAT'] as const;

const FORM_MEANINGS = {
  DEDUCTION: 'Maintenance margin = notional value · rate − maintenance amount. No jump at a boundary.',
  MARGINAL: 'Each slice of the notional value at the rate of its own tier. The same margin as DEDUCTION, written without amounts.',
  FLAT: 'The whole notional value at the rate of its tier. Maintenance margin jumps at each boundary: one lot more can liquidate a position.',
} as const satisfies Readonly<Record<(typeof TIER_FORMS)[number], string>>;

/** Form of a tier table: DEDUCTION notional·rate − amount, MARGINAL each slice at its own rate, FLAT the whole notional at its tier's rate. */
export const tierFormSchema = choices(TIER_FORMS, (form) => FORM_MEANINGS[form]);

const SNIPPETS = [
  {
    label: 'tier',
    description: 'A tier of a DEDUCTION table; the maintenance amount is derived.',
    body: { notionalFloor: '$1', notionalCap: '$2', maintenanceMarginRate: '$3', maximumLeverage: '$4' },
  },
];

/** One tier as books and rule sets write it. Amounts in the settlement asset. */
export const tierSchema = field(
  closed({
    notionalFloor: field(moneyNotNegative, {
      title: 'Notional floor',
      what: 'Notional value above which the tier applies: the cap of the tier below, `0` in the first tier. Exactly on it, `boundary` decides.',
      unit: 'settlement asset, or contracts where tiers are measured in them',
      effect:
        'Raise it, with the cap below, and positions up to it keep the lower rate: they are liquidated later and leave larger losses to the fund. Lower it and they pay this tier’s rate.',
      examples: ['0', '50000'],
    }),
    notionalCap: field(moneyPositive.nullable(), {
      title: 'Notional cap',
      what: 'Highest notional value of the tier, which is the floor of the next one; null for no cap. Beyond a last cap the last tier goes on.',
      unit: 'settlement asset, or contracts where tiers are measured in them',
      effect:
        'Raise it, with the floor above, and larger positions keep this tier’s rate: less margin, later liquidation. Lower it and they pay the next tier’s.',
      examples: ['50000', null],
    }),
    maintenanceMarginRate: field(ratioBelowOne.optional(), {
      title: 'Maintenance margin rate',
      what: 'Maintenance margin per notional value. Never falls from tier to tier. Missing only where the file derives it from the maximum leverage.',
      unit: 'ratio of the notional value, between 0 and 1',
      effect:
        'Raise it by 0.001 and each 100,000 of notional value needs 100 more of margin: positions are liquidated earlier and leave more before bankruptcy. Lower it and traders keep positions longer, at the cost of the fund and of those who are deleveraged.',
      examples: ['0.004', '0.05'],
    }),
    maintenanceAmount: field(moneyNotNegative.nullish(), {
      title: 'Maintenance amount',
      what: 'Deducted from notional value · rate, so that maintenance margin does not jump at the floor. DEDUCTION only. Missing or null: derived from the tiers below.',
      unit: 'settlement asset',
      effect:
        'No free choice: floor · (rate − rate below) + amount below. Any larger amount would let a position grow past the floor and owe less margin than before; any other one is refused.',
      default: null,
      examples: ['50'],
    }),
    maximumLeverage: field(ratioPositive.nullish(), {
      title: 'Maximum leverage',
      what: 'Highest leverage at which a position of this size may be opened: notional value / initial margin. Missing or null: not said, no initial margin.',
      unit: 'ratio, notional value per initial margin',
      effect:
        'Raise it and traders open with less: at 100 a fall of 1 % uses up all they paid in. maintenanceMarginRate · maximumLeverage must stay below 1, else a new position is liquidatable at once.',
      default: null,
      examples: ['100', '10'],
    }),
  }).transform(
    (tier): WrittenTier => ({
      notionalFloor: tier.notionalFloor,
      notionalCap: tier.notionalCap,
      maintenanceMarginRate: tier.maintenanceMarginRate ?? null,
      maintenanceAmount: tier.maintenanceAmount ?? null,
      maximumLeverage: tier.maximumLeverage ?? null,
    }),
  ),
  { title: 'Tier', what: 'Rate and leverage of one range of notional value.', snippets: SNIPPETS },
);

export const tierTableSchema = field(z.array(tierSchema).min(1).max(TIERS_MAX), {
  title: 'Tier table',
  what: 'Tiers of one market, from the smallest positions up: the first floor is `0`, each further one the cap before it.',
  effect: 'A gap or an overlap would margin positions in it twice or not at all; both are refused.',
});
