import type { Order } from '#core/commit.ts';
import type { Fill } from '#core/liquidation/order.ts';
import { type Attribute, count, oneOf } from './attribute.ts';
import { list, structure, variants } from './composite-attribute.ts';
import { decimalText, epochNumber, moneyNumber, priceNumber, quantityNumber } from './decimal-attribute.ts';
import { itemOf } from './item.ts';
import { composedKey, id, lastWriter, marketOrAny, orderSide, side, version } from './key-attributes.ts';

const fill: Attribute<Fill> = structure<Fill>({ quantity: quantityNumber, price: priceNumber });

const every = { orderId: composedKey, caseId: composedKey, version, lastWriter };

const order: Attribute<Order> = variants<Order, 'kind'>(
  'kind',
  {
    LIQUIDATION: {
      ...every,
      poolId: composedKey,
      wave: composedKey,
      marketId: id,
      positionSide: side,
      side: orderSide,
      quantity: quantityNumber,
      limitPrice: priceNumber,
      reserved: moneyNumber,
      fundId: id,
      expiresAt: epochNumber,
      status: oneOf('NEW', 'ENDED', 'SETTLED'),
      fillSequence: count,
      filledQuantity: quantityNumber,
      fills: list(fill),
    },
    CANCEL_ORDERS: { ...every, accountId: id, marketIds: list(marketOrAny), status: oneOf('NEW', 'ACKNOWLEDGED') },
    // Its quantity and its price are for the venue to read: texts of up to 64 digits already.
    DELEVERAGING: {
      ...every,
      poolId: composedKey,
      accountId: id,
      marketId: id,
      side: orderSide,
      quantity: decimalText,
      price: decimalText,
    },
  },
  oneOf,
);

/** Orders: order → what the venue is told, and what it reported back. */
export const orderItem = itemOf<Order>({ table: 'Orders', keys: ['orderId'] }, order);
