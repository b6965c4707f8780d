import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { releasedHashes } from '#local/released-lock.ts';
import { RULES_ROOT, readRuleSetFolder } from '#local/rule-set-folder.ts';

const released = [...releasedHashes(RULES_ROOT)];

describe('released rule sets', () => {
  it('are locked: both that are shipped are in the lock', () => {
    expect(released.map(([name]) => name)).toEqual(['house@1.0.0', 'house-guarded@1.0.0']);
  });

  it.each(released)('%s still has the content that was released', (name, hash) => {
    const [id = '', version = ''] = name.split('@');
    const loaded = readRuleSetFolder(join(RULES_ROOT, id, version));
    expect(loaded.ok && loaded.value.reference.hash).toBe(hash);
  });
});
