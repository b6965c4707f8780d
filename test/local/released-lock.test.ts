import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockFile, releasedBefore, releasedHashes, writeLock } from '#local/released-lock.ts';
import { RULES_ROOT } from '#local/rule-set-folder.ts';
import { folderWith } from '../support/folder.ts';

const HASH = `sha256:${'0a'.repeat(32)}`;

describe('a lock of released versions', () => {
  it('is written sorted by rule set and version, and read as it was written', () => {
    const root = folderWith({});
    const names = ['house-guarded@1.0.0', 'house@1.10.0', 'b@1.0.0', 'house@1.9.0'];
    writeLock(root, new Map(names.map((name) => [name, HASH])));
    expect([...releasedHashes(root).keys()]).toEqual(['b@1.0.0', 'house@1.9.0', 'house@1.10.0', 'house-guarded@1.0.0']);
    expect(readFileSync(lockFile(root), 'utf8')).toMatch(/^\{\n {2}"b@1\.0\.0": "sha256:(?:0a){32}",\n/);
  });

  it("is this project's own when it is written again, to the byte", () => {
    const root = folderWith({});
    writeLock(root, new Map([...releasedHashes(RULES_ROOT)].toReversed()));
    expect(readFileSync(lockFile(root), 'utf8')).toBe(readFileSync(lockFile(RULES_ROOT), 'utf8'));
  });

  it('is empty where there is none', () => expect(releasedHashes(folderWith({})).size).toBe(0));

  it.each([
    ['no JSON', '{\n "a@1.0.0" }', /lock\.json:2 \$.*: /],
    ['a version given twice', `{ "a@1.0.0": "${HASH}",\n "a@1.0.0": "${HASH}" }`, /lock\.json:2 \$\["a@1\.0\.0"\]: /],
    ['a name that is none', `{\n "a": "${HASH}" }`, /lock\.json:2 \$\.a: is not the name of a version such as "house@1\.0\.0"/],
    ['a hash that is none', '{\n\n "a@1.0.0": "sha256:0" }', /lock\.json:3 .*: expected the hash of a released version/],
    ['a list', '[]', /lock\.json:1 \$: expected an object, got an empty list/],
  ])('is refused when it holds %s, with the line', (_claim, text, message) => {
    const root = folderWith({ 'released.lock.json': text });
    expect(() => releasedHashes(root)).toThrow(message);
    expect(() => releasedHashes(root)).toThrow(expect.objectContaining({ name: 'BadInput' }));
  });

  it('knows the newest version released before another, by number and not by text', () => {
    const hashes = new Map(['a@1.9.0', 'a@1.10.0', 'a@2.0.0', 'ab@1.10.5'].map((name) => [name, HASH]));
    expect(releasedBefore(hashes, 'a', '1.11.0')).toBe('a@1.10.0');
    expect(releasedBefore(hashes, 'a', '1.10.0')).toBe('a@1.9.0');
    expect(releasedBefore(hashes, 'a', '1.9.0')).toBeNull();
    expect(releasedBefore(hashes, 'c', '9.0.0')).toBeNull();
  });
});
