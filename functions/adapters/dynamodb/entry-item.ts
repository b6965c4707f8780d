import type { JournalEntry, JournalLeg } from '#core/account/ledger.ts';
import { type Attribute, oneOf } from './attribute.ts';
import { list, nullable, structure } from './composite-attribute.ts';
import { decimalNumber, moneyNumber } from './decimal-attribute.ts';
import { type ItemCodec, itemCodec } from './item.ts';
import { composedKey, id, recordKey } from './key-attributes.ts';

const leg: Attribute<JournalLeg> = structure<JournalLeg>({
  account: composedKey,
  marketId: nullable(id),
  quantity: decimalNumber,
  value: moneyNumber,
});

interface StoredEntry extends Omit<JournalEntry, 'caseId' | 'entryId'> {
  readonly entryKey: string;
  readonly part: string;
}

const storedItem = itemCodec<StoredEntry>({
  table: 'Journal',
  keys: ['entryKey', 'part'],
  members: {
    entryKey: composedKey,
    part: recordKey,
    kind: oneOf('MARKET_FILL', 'DELEVERAGING', 'TAKE_OVER', 'SOCIALIZATION'),
    asset: id,
    marketId: id,
    legs: list(leg),
  },
});

/** Journal: (case, entry) → a posting. */
export const entryItem: ItemCodec<JournalEntry> = {
  table: storedItem.table,
  encode: ({ caseId, entryId, ...posting }) => storedItem.encode({ entryKey: caseId, part: entryId, ...posting }),
  decode: (attributes) => {
    const { entryKey, part, ...posting } = storedItem.decode(attributes);
    return { entryId: part, caseId: entryKey, ...posting };
  },
};
