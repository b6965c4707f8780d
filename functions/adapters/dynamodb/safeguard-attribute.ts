import type { FundEvent } from '#core/insurance/fund-mode.ts';
import type { SafeguardEvent, SecurityStamp } from '#core/safeguard-event.ts';
import { type Attribute, oneOf } from './attribute.ts';
import { list, mapOf, nullable, structure, variants } from './composite-attribute.ts';
import { decimalNumber, epochNumber, moneyNumber } from './decimal-attribute.ts';
import { composedKey, id } from './key-attributes.ts';

const band = oneOf('GREEN', 'AMBER', 'RED');

/** What stood behind markets when something was decided about them. */
export const securityStamp: Attribute<ReadonlyMap<string, SecurityStamp>> = mapOf(
  id,
  structure<SecurityStamp>({ band, ratio: nullable(decimalNumber) }),
);

const fundEvent: Attribute<FundEvent> = structure<FundEvent>({
  kind: oneOf('DELEVERAGING_START', 'DELEVERAGING_END', 'WARNING_START', 'WARNING_END'),
  cause: oneOf('RATE', 'BALANCE'),
  marketId: nullable(id),
});

/** What a safeguard did by itself. */
export const safeguardEvent: Attribute<SafeguardEvent> = variants<SafeguardEvent, 'subject'>(
  'subject',
  {
    FUND: { fundId: id, events: list(fundEvent), balance: moneyNumber, reserved: moneyNumber, peak: moneyNumber },
    MARKET: {
      marketId: id,
      before: band,
      band,
      ratio: nullable(decimalNumber),
      status: oneOf('ACTIVE', 'REDUCE_ONLY', 'HALTED', 'SETTLING'),
    },
    WITHDRAWALS: { asset: id, poolId: composedKey, closedUntil: epochNumber },
  },
  oneOf,
);
