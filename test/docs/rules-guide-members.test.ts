import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULE_FILES } from '#rule-sets/rule-files.ts';
import { fencesOf } from './guide-fences.ts';
import { codesIn, tableRows } from './guide-tables.ts';
import { schemaLeaves } from './schema-leaves.ts';

const PAGE = 'docs/rules-guide.md';
const page = readFileSync(PAGE, 'utf8');

const leavesOf = (name: string): readonly string[] => schemaLeaves(JSON.parse(readFileSync(`rules/schema/${name}.schema.json`, 'utf8')));

/** A condition may stand within others: what it says is the same. */
const flat = (path: string): string =>
  path.replace(/\.conditions(?:\.(?:all\[\]|any\[\]|not))+/, '.conditions').replace(/\.value\[\]$/, '.value');

const sorted = (paths: readonly string[]): readonly string[] => [...new Set(paths)].sort();

const numbers = tableRows(page, '| question | file | member | what changing it does |');

/** Members that the table names for a file. */
const namedFor = (file: string): readonly string[] =>
  numbers.filter(([, files]) => codesIn(files).includes(file)).flatMap(([, , members]) => codesIn(members));

const schemaOf = (file: string): string => file.replace('.rules.json', '-rules').replace('.json', '');

/** Paths below one member, without it. */
const below = (paths: readonly string[], start: string): readonly string[] =>
  paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));

describe('the guide to rules says', () => {
  it.each(Object.keys(RULE_FILES))('what every member of %s does, and names none that is not there', (file) => {
    expect(sorted(namedFor(file))).toEqual(sorted(leavesOf(schemaOf(file)).map(flat)));
  });

  it('what every member of an expectation is', () => {
    const rows = tableRows(page, '| member of `expect` | holds | of each entry |');
    const named = rows.flatMap(([start, , members]) => codesIn(members).map((member) => `${codesIn(start)[0]}.${member}`));
    const figures = below(leavesOf('rule-test'), 'expect.').map((path) => path.replace(/\.rounded$/, ''));
    expect(sorted(named)).toEqual(sorted(figures));
  });

  it('what every member of a test is', () => {
    const rows = tableRows(page, '| member | says |');
    const named = rows.flatMap(([members]) => codesIn(members).map((member) => member.split(/[.[]/)[0] ?? ''));
    const tops = leavesOf('rule-test')
      .filter((path) => !path.startsWith('cases'))
      .map((path) => path.split(/[.[]/)[0] ?? '');
    expect(sorted(named)).toEqual(sorted(tops));
  });

  it('what the editor, the hook and the workflow of the engine are called', () => {
    const files = fencesOf(page).filter(({ language }) => language === 'yaml' || language === 'json');
    const ofFile = (name: string) => files.find(({ lead }) => lead.includes(`\`${name}\``))?.text ?? '';
    const mappings = (text: string): readonly string[] => text.split('\n').flatMap((line) => /\{ "fileMatch.*\}/.exec(line) ?? []);
    const ours = mappings(readFileSync('.vscode/settings.json', 'utf8')).filter((line) => line.includes('"/rules/'));
    expect(mappings(ofFile('.vscode/settings.json'))).toEqual(ours);
    const [, hook = ''] = /- id: (\S+)/.exec(ofFile('.pre-commit-config.yaml')) ?? [];
    expect(readFileSync('.pre-commit-hooks.yaml', 'utf8')).toContain(`- id: ${hook}\n`);
    const workflow = ofFile('.github/workflows/rules.yml');
    const asked = [...(workflow.split('with:\n')[1] ?? '').matchAll(/^\s+([\w-]+):/gm)].map(([, name]) => name);
    expect(asked).toEqual(['engine-repository', 'engine-ref']);
    const offered = readFileSync('.github/workflows/rules.yml', 'utf8');
    for (const name of asked) expect(offered).toMatch(new RegExp(`^ {6}${name}:$`, 'm'));
    expect(offered.match(/required: true/g)).toHaveLength(asked.length);
  });

  it('where things are, by links that lead somewhere', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((link) => !existsSync(join(dirname(PAGE), link)))).toEqual([]);
  });
});
