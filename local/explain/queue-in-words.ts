import type { RankedCounterparty } from '#core/adl/rank-counterparties.ts';

const SCORE_DIGITS = 8;
const PLACES_SAID_MAX = 20;

/** A score to eight digits; a dash for a pool that has none. */
export const scoreText = (score: RankedCounterparty['score']): string =>
  score === null ? '—' : score.toSignificantDigits(SCORE_DIGITS).toFixed();

/** The places of a queue, a line each: who holds what, with which score, and why somebody cannot be asked. At most 20, then how many more there are. */
export const placeTexts = (queue: readonly RankedCounterparty[]): readonly string[] => {
  const places = queue.slice(0, PLACES_SAID_MAX).map((place, index) => {
    const standing = place.eligible ? `indicator ${place.indicator}` : (place.reason ?? 'not eligible');
    return `place ${index + 1}: ${place.poolId} holds ${place.quantity.toFixed()}, score ${scoreText(place.score)}, ${standing}`;
  });
  const more = queue.length - places.length;
  return more > 0 ? [...places, `and ${more} more`] : places;
};
