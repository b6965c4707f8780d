import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RULE_FILES } from '#rule-sets/rule-files.ts';
import { contentsOf, folderWith } from '../support/folder.ts';
import { copyRules, edit } from '../support/rules-folder.ts';
import { documentOf, linesOf, runAdl } from '../support/run-adl.ts';

const SHIPPED = fileURLToPath(new URL('../../rules', import.meta.url));

const shipped = (name: string): string => readFileSync(join(SHIPPED, name), 'utf8');

/** A folder with an empty `rules` in it, where a venue would begin. */
const emptyVenue = (): string => {
  const folder = folderWith({});
  mkdirSync(join(folder, 'rules'));
  return folder;
};

describe('adl rules new', () => {
  it('copies a version with everything but its name, layout included, and says what to do next', async () => {
    const folder = emptyVenue();
    const run = await runAdl(folder, 'rules', 'new', 'venue', '1.0.0', '--from', 'house-guarded@1.0.0');
    expect([run.code, run.stderr]).toEqual([0, '']);
    const [made, schemas, next, release] = linesOf(run.stdout);
    expect(made).toBe('rules/venue/1.0.0: venue@1.0.0, a copy of house-guarded@1.0.0');
    expect(schemas).toContain('rules/schema');
    expect(next).toContain('`adl rules check rules/venue/1.0.0`');
    expect(release).toContain('`adl rules release rules/venue/1.0.0`');
    const copy = contentsOf(join(folder, 'rules/venue/1.0.0'));
    const source = contentsOf(join(SHIPPED, 'house-guarded/1.0.0'));
    expect(Object.keys(copy)).toEqual(Object.keys(source));
    for (const [name, text] of Object.entries(copy))
      expect(text, name).toBe(name === 'rule-set.json' ? source[name]?.replace('"house-guarded"', '"venue"') : source[name]);
  });

  it('makes rules that are in order as they are, whose schemas an editor finds', async () => {
    const folder = emptyVenue();
    await runAdl(folder, 'rules', 'new', 'venue', '1.0.0', '--from', 'house');
    expect((await runAdl(folder, 'rules', 'check', 'rules/venue/1.0.0')).code).toBe(0);
    for (const file of Object.keys(RULE_FILES)) {
      const { $schema } = JSON.parse(readFileSync(join(folder, 'rules/venue/1.0.0', file), 'utf8'));
      expect(readFileSync(join(folder, 'rules/venue/1.0.0', $schema), 'utf8')).toBe(shipped($schema.replace('../../', '')));
    }
  });

  it('finds what it copies in the rules of the working folder first, by its newest version', async () => {
    const folder = emptyVenue();
    await runAdl(folder, 'rules', 'new', 'house', '7.0.0', '--from', 'house@1.0.0');
    edit(join(folder, 'rules/house/7.0.0/rule-set.json'), 'Neutral rules', 'Our rules');
    const run = await runAdl(folder, 'rules', 'new', 'house', '7.1.0', '--from', 'house', '--json');
    expect(documentOf(run)).toEqual({
      folder: 'rules/house/7.1.0',
      ruleSet: { id: 'house', version: '7.1.0' },
      from: 'rules/house/7.0.0',
      schemaFolder: null,
    });
    expect(readFileSync(join(folder, 'rules/house/7.1.0/rule-set.json'), 'utf8')).toMatch(/"version": "7\.1\.0",\n.*Our rules/);
  });

  it('copies a folder of any depth with its tests, and leads `$schema` from the new place; hidden files and links stay behind', async () => {
    const folder = folderWith({ 'law/schema/kept.txt': '', 'deep/drafts/rules/tests/a.json': '{ "$schema": "../own.schema.json" }' });
    const from = copyRules(join(folder, 'deep/drafts'), 'house');
    edit(join(from, 'safeguards.json'), '../../schema/', '../../../law/elsewhere/');
    writeFileSync(join(from, '.hidden'), '');
    writeFileSync(join(from, 'README.md'), 'why');
    symlinkSync(join(SHIPPED, 'README.md'), join(from, 'link.md'));
    const { code, stderr } = await runAdl(folder, 'rules', 'new', 'a', '2.0.0', '--from', 'deep/drafts/rules', '--root', 'law');
    expect([code, stderr]).toEqual([0, '']);
    const copy = contentsOf(join(folder, 'law/a/2.0.0'));
    expect(Object.keys(copy)).toEqual(Object.keys(contentsOf(from)).filter((name) => name !== '.hidden' && name !== 'link.md'));
    expect(copy['safeguards.json']).toContain('"$schema": "../../elsewhere/safeguards.schema.json"');
    expect(copy['tests/a.json']).toBe('{ "$schema": "../../../../deep/drafts/rules/own.schema.json" }');
    expect(copy['margin-tiers.json']).toContain('"$schema": "../../../deep/schema/margin-tiers.schema.json"');
  });

  it.each([
    ['a version that exists', ['venue', '1.0.0', '--from', 'house'], /^adl: rules\/venue\/1\.0\.0: exists already/],
    ['a folder as the name', ['..', '1.0.0', '--from', 'house'], /^adl: \.\.: expected the name of a rule set/],
    ['the name of the schemas', ['schema', '1.0.0', '--from', 'house'], /^adl: schema: expected the name of a rule set/],
    ['a name with a slash', ['a/b', '1.0.0', '--from', 'house'], /^adl: a\/b: expected the name of a rule set/],
    ['two numbers', ['a', '1.0', '--from', 'house'], /^adl: 1\.0: expected a version of three numbers/],
    ['leading zeros', ['a', '1.00.0', '--from', 'house'], /^adl: 1\.00\.0: expected a version of three numbers/],
    [
      'no rules of that name',
      ['a', '1.0.0', '--from', 'nobody@1.0.0'],
      /^adl: nobody@1\.0\.0: expected a rule set such as .*venue@1\.0\.0/,
    ],
    ['a folder without rules', ['a', '1.0.0', '--from', 'rules'], /^adl: rules\/rule-set\.json: no such file/],
    ['a faulty manifest', ['a', '1.0.0', '--from', 'spoilt'], /^adl: spoilt\/rule-set\.json:2 \$\.id: /],
    [
      'a folder in itself',
      ['a', '1.0.0', '--from', 'rules/venue/1.0.0', '--root', 'rules/venue/1.0.0'],
      /is inside `rules\/venue\/1\.0\.0`/,
    ],
    ['a root that is no folder', ['a', '1.0.0', '--from', 'house', '--root', 'nowhere'], /^adl: nowhere: expected a folder with rule sets/],
    ['nothing to copy', ['a', '1.0.0'], /^adl: required option `--from <rules>` not specified/],
  ])('refuses %s and writes nothing', async (_claim, given, complaint) => {
    const folder = emptyVenue();
    await runAdl(folder, 'rules', 'new', 'venue', '1.0.0', '--from', 'house');
    mkdirSync(join(folder, 'spoilt'));
    writeFileSync(join(folder, 'spoilt/rule-set.json'), '{ "id": "a",\n "id": "b" }');
    const before = contentsOf(folder);
    const { code, stdout, stderr } = await runAdl(folder, 'rules', 'new', ...given);
    expect([code, stdout, linesOf(stderr).length]).toEqual([2, '', 1]);
    expect(stderr).toMatch(complaint);
    expect(contentsOf(folder)).toEqual(before);
  });

  it('leaves nothing half written when a file of the source cannot be used', async () => {
    const folder = emptyVenue();
    copyRules(folder, 'house', 'source');
    writeFileSync(join(folder, 'source/safeguards.json'), Buffer.from([0x7b, 0xff, 0x7d]));
    const { code, stderr } = await runAdl(folder, 'rules', 'new', 'a', '1.0.0', '--from', 'source');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/safeguards\.json: is not valid UTF-8/)]);
    expect(Object.keys(contentsOf(join(folder, 'rules'))).filter((name) => !name.startsWith('schema/'))).toEqual([]);
  });
});
