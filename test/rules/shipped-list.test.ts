import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES_ROOT } from '#local/rule-set-folder.ts';
import { versionFolders } from '#local/version-folders.ts';
import { quotedIn, rowsIn, sectionOf } from './readme-table.ts';

const readme = readFileSync(join(RULES_ROOT, 'README.md'), 'utf8');
const rows = rowsIn(sectionOf(readme, 'Shipped rule sets') ?? '');

describe('the shipped rule sets of rules/README.md', () => {
  it('name every set and every version that has a folder, and no other', () => {
    const listed = rows.flatMap(([set = '', versions = '']) => quotedIn(versions).map((version) => `${quotedIn(set).join()}@${version}`));
    expect(listed.toSorted()).toEqual(
      versionFolders(RULES_ROOT)
        .map(({ id, version }) => `${id}@${version}`)
        .toSorted(),
    );
  });

  it('say of each what it is and as of when, and lead to its own README where there is one', () => {
    for (const [set = '', , what = '', date = ''] of rows) {
      const id = quotedIn(set).join();
      expect(what, id).toMatch(/\w{3,}/);
      expect(date, id).toMatch(/\w{3,}/);
      if (existsSync(join(RULES_ROOT, id, 'README.md'))) expect(set).toBe(`[\`${id}\`](${id}/README.md)`);
    }
  });
});
