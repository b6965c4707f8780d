import type { ThrottleCounter } from '#core/liquidation/throttle.ts';
import { epochNumber, moneyNumber } from './decimal-attribute.ts';
import { itemCodec } from './item.ts';
import { id, lastWriter, version } from './key-attributes.ts';

/** Key of a market's throttle counter. */
export const throttleKey = (marketId: string): string => `THROTTLE#${marketId}`;

/** Controls: THROTTLE#market → the notional value that started liquidation in an interval. */
export const throttleItem = itemCodec<ThrottleCounter>({
  table: 'Controls',
  keys: ['controlKey'],
  derived: { controlKey: ({ marketId }) => throttleKey(marketId) },
  members: { marketId: id, intervalStart: epochNumber, notionalValue: moneyNumber, version, lastWriter },
});
