import { z } from 'zod';
import type {
  ChosenSettlementPrice,
  NamedSettlementPrice,
  SettlementPriceKind,
  SettlementPricePolicy,
} from '#core/adl/settlement-price-policy.ts';
import { choices, field } from './field-text.ts';
import { closed, ratioBelowOne } from './schema-primitives.ts';

const PRICE_ERROR =
  'expected a settlement price of BANKRUPTCY, MARK, FROZEN_MARK, PREVIOUS_MARK, INDEX_CAPPED_AT_BANKRUPTCY, an object of kind MARK_SPREAD or LAST_DISTANCE, or one of these names for CROSS and for ISOLATED';

const NAMED_PRICES = [
  'BANKRUPTCY',
  'MARK',
  'FROZEN_MARK',
  'PREVIOUS_MARK',
  'INDEX_CAPPED_AT_BANKRUPTCY',
] as const satisfies readonly NamedSettlementPrice[];

const PRICE_MEANINGS = {
  BANKRUPTCY: 'The bankruptcy price of the residual: counterparties give up what the mark is better. The fund pays nothing.',
  MARK: 'The mark of the wave: counterparties give up nothing, the fund pays the difference to the bankruptcy price.',
  FROZEN_MARK: 'The mark when the liquidation was opened.',
  PREVIOUS_MARK: 'The mark that was accepted before the present one.',
  INDEX_CAPPED_AT_BANKRUPTCY: 'The index, never better for the bankrupt position than its bankruptcy price.',
  MARK_SPREAD: 'The mark, a spread against the bankrupt side: lower for a long, higher for a short.',
  LAST_DISTANCE: 'The last price, marginFraction − 2 · taker fee rate against the bankrupt side. Where no trades are published, the mark.',
} as const satisfies Readonly<Record<SettlementPriceKind, string>>;

const kind = <const Name extends 'MARK_SPREAD' | 'LAST_DISTANCE'>(name: Name) =>
  field(z.literal(name), { title: 'Kind', what: PRICE_MEANINGS[name] }).meta({ errorMessage: PRICE_ERROR });

const markSpread = closed({
  kind: kind('MARK_SPREAD'),
  spread: field(ratioBelowOne, {
    title: 'Spread',
    what: 'Distance of the settlement price from the mark.',
    unit: 'ratio of the mark, above 0 and below 1',
    effect: 'Raise it and counterparties are paid more for what they give, by the fund.',
    examples: ['0.001'],
  }),
}).transform((chosen): SettlementPricePolicy => ({ kind: chosen.kind, spread: chosen.spread }));

const lastDistance = closed({
  kind: kind('LAST_DISTANCE'),
  marginFraction: field(ratioBelowOne, {
    title: 'Margin fraction',
    what: 'Distance of the settlement price from the last price before two taker fees are taken off.',
    unit: 'ratio of the last price, above 0 and below 1',
    effect: 'Raise it and counterparties are paid more for what they give, by the fund.',
    examples: ['0.02'],
  }),
}).transform((chosen): SettlementPricePolicy => ({ kind: chosen.kind, marginFraction: chosen.marginFraction }));

const namedPrice = choices(NAMED_PRICES, (name) => PRICE_MEANINGS[name], PRICE_ERROR);

const inMode = (title: string, what: string) =>
  field(namedPrice, {
    title,
    what,
    effect:
      'With BANKRUPTCY counterparties pay for the difference to the mark, with any other price the fund bears the difference to that one.',
  });

const byMode = closed({
  CROSS: inMode('Cross', 'What counterparties of a residual of a cross pool close at.'),
  ISOLATED: inMode('Isolated', 'What counterparties of a residual of an isolated position close at.'),
}).transform((chosen): ChosenSettlementPrice => ({ CROSS: chosen.CROSS, ISOLATED: chosen.ISOLATED }));

/** `settlementPrice` of `deleveraging.json`: one for every residual, or one by margin mode. */
export const settlementPriceSchema: z.ZodType<ChosenSettlementPrice> = field(
  z.union([namedPrice, markSpread, lastDistance, byMode], { error: PRICE_ERROR }),
  {
    title: 'Settlement price',
    what: 'What counterparties close at. At another price than the bankruptcy price the difference is the fund’s, gain or loss, and what the fund may not pay is not deleveraged.',
    examples: ['BANKRUPTCY', { kind: 'MARK_SPREAD', spread: '0.001' }, { CROSS: 'FROZEN_MARK', ISOLATED: 'BANKRUPTCY' }],
  },
);
