import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { JournalEntry, JournalLeg } from '#core/account/ledger.ts';
import { oneOf, text } from '../dynamodb/attribute.ts';
import { decodeMembers, list, type Members, nullable, structure } from '../dynamodb/composite-attribute.ts';
import { decimalNumber, moneyNumber } from '../dynamodb/decimal-attribute.ts';

const id = text('an id', /^[A-Za-z0-9_.-]{1,40}$/);
const key = text('a composed key', /^[A-Za-z0-9_.#-]{1,160}$/);

const members: Members<JournalEntry> = {
  entryId: key,
  caseId: key,
  kind: oneOf('MARKET_FILL', 'DELEVERAGING', 'TAKE_OVER'),
  asset: id,
  marketId: id,
  legs: list(structure<JournalLeg>({ account: key, marketId: nullable(id), quantity: decimalNumber, value: moneyNumber })),
};

/** Reads a posting out of its item, which is named by case and entry. Throws `DecodeError`; attributes for people beside the posting are let be. */
export const entryOf = (item: Readonly<Record<string, AttributeValue>>): JournalEntry => {
  const named: Readonly<Record<string, AttributeValue>> = {
    ...item,
    caseId: item.entryKey ?? { NULL: true },
    entryId: item.part ?? { NULL: true },
  };
  const posting = Object.fromEntries(Object.entries(named).filter(([name]) => Object.hasOwn(members, name)));
  return decodeMembers(members, posting, { table: 'Journal', key: `${item.entryKey?.S ?? ''} ${item.part?.S ?? ''}`, attribute: '' });
};
