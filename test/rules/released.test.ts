import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { releasedHashes } from '#local/released-lock.ts';
import { RULES_ROOT, readRuleSetFolder } from '#local/rule-set-folder.ts';
import { versionFolders } from '#local/version-folders.ts';

const released = [...releasedHashes(RULES_ROOT)];

describe('released rule sets', () => {
  it('are locked: all that are shipped, the template apart, are in the lock', () => {
    const shipped = versionFolders(RULES_ROOT).map(({ id, version }) => `${id}@${version}`);
    expect(released.map(([name]) => name).sort()).toEqual(shipped.filter((name) => !name.startsWith('_')).sort());
  });

  it.each(released)('%s still has the content that was released', (name, hash) => {
    const [id = '', version = ''] = name.split('@');
    const loaded = readRuleSetFolder(join(RULES_ROOT, id, version));
    expect(loaded.ok && loaded.value.reference.hash).toBe(hash);
  });
});
