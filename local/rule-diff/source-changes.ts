import { changeOf } from './general-line.ts';
import { listed, quoted } from './in-words.ts';
import { ORDER } from './json-leaves.ts';
import type { LeafChange } from './leaf-changes.ts';
import type { RuleChange } from './rule-change.ts';
import { unitOf } from './unit-of-leaf.ts';

const titles = (leaves: readonly LeafChange[]): readonly string[] => [...new Set(leaves.map(({ key }) => quoted(String(key[1]))))];

const isTitle = ({ key }: LeafChange): boolean => key.length === 3 && key[2] === 'title';

/** Documents that were added to the sources of a rule set, taken from them, or are cited differently, in one line. No decision reads them. */
export const sourceChanges = (leaves: readonly LeafChange[]): readonly RuleChange[] => {
  const those = leaves.filter(({ file, key }) => file === 'rule-set.json' && key[0] === 'sources');
  const [first] = those;
  if (first === undefined) return [];
  const added = titles(those.filter((leaf) => isTitle(leaf) && leaf.before === undefined));
  const gone = titles(those.filter((leaf) => isTitle(leaf) && leaf.after === undefined));
  const known = new Set([...added, ...gone]);
  const edited = titles(those.filter(({ key }) => key.length === 3 && key[2] !== undefined)).filter((title) => !known.has(title));
  const parts = [
    ...(added.length === 0 ? [] : [`added ${listed(added)}`]),
    ...(gone.length === 0 ? [] : [`removed ${listed(gone)}`]),
    ...(edited.length === 0 ? [] : [`edited ${listed(edited)}`]),
    ...(those.some(({ key }) => key.at(-1) === ORDER) && added.length + gone.length + edited.length === 0 ? ['in another order'] : []),
  ];
  const what = parts.length === 0 ? 'sources edited' : `sources ${parts.join(', ')}`;
  return [changeOf(unitOf(first), { what, effect: 'no decision changes' }, those)];
};
