import type { WithdrawalGate } from '#core/account/withdrawal-gate.ts';
import { gateOfPeople } from '#core/account/withdrawal-gate.ts';
import { epochNumber } from './decimal-attribute.ts';
import { type Attributes, itemCodec } from './item.ts';
import { id, lastWriter, version } from './key-attributes.ts';

/** While the item is there, nobody withdraws the asset. */
export const withdrawalSwitchKey = (asset: string): string => `SWITCH#WITHDRAWALS#${asset}`;

/** Controls: SWITCH#WITHDRAWALS#asset → until when the engine has closed withdrawals. */
export const gateItem = itemCodec<WithdrawalGate>({
  table: 'Controls',
  keys: ['controlKey'],
  derived: { controlKey: ({ asset }) => withdrawalSwitchKey(asset) },
  members: { asset: id, closedUntil: epochNumber, version, lastWriter },
});

/** The gate that an item is; one that people have put there, with its key alone, is theirs to open. */
export const gateOf = (asset: string, item: Attributes): WithdrawalGate =>
  item.version === undefined ? gateOfPeople(asset) : gateItem.decode(item);
