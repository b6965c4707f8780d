import { listed, written } from './in-words.ts';
import { chosen, gainedOrLost, type Wordings } from './wording.ts';

/** What changed in name and origin of the law. */
export const MANIFEST_WORDINGS: Wordings = {
  id: chosen('id', {}),
  version: chosen('version', {}),
  description: chosen('description', {}),
  markets: gainedOrLost(
    'markets',
    (ids) => `it is for ${listed(ids.map(written))} now`,
    (ids) => `it is no longer for ${listed(ids.map(written))}`,
  ),
};
