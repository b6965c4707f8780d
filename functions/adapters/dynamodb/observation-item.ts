import type { MarkObservation } from '#core/market/market-state.ts';
import { type Attribute, count } from './attribute.ts';
import { type Members, optional, structure } from './composite-attribute.ts';
import { epochNumber, priceNumber, quantityNumber, venuePriceNumber, venueQuantityNumber } from './decimal-attribute.ts';
import { itemCodec } from './item.ts';
import { id } from './key-attributes.ts';

const members: Members<MarkObservation> = {
  marketId: id,
  sequence: count,
  markPrice: priceNumber,
  indexPrice: priceNumber,
  observedAt: epochNumber,
  openInterest: optional(quantityNumber),
};

export const observationAttribute: Attribute<MarkObservation> = structure(members);

/** Observations: (market, sequence) → a mark, its prices within the bounds of what a venue writes. Beside it the venue keeps where the mark comes from, and until when the table keeps it. */
export const observationItem = itemCodec<MarkObservation>({
  table: 'Observations',
  keys: ['marketId', 'sequence'],
  members: { ...members, markPrice: venuePriceNumber, indexPrice: venuePriceNumber, openInterest: optional(venueQuantityNumber) },
  beside: ['source', 'expiresAt'],
});
