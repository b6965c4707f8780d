import { describe, expect, it } from 'vitest';
import { junitXml } from '#cli/print/junit.ts';
import { runTestFolder } from '#local/rule-tests/run-test-folder.ts';
import { folderWith } from '../support/folder.ts';
import { HOUSE } from '../support/small-law.ts';
import { FIRES, WRONG } from '../support/tested-rules.ts';
import { readXml } from '../support/xml.ts';

const NAMES = ['<b>&amp;</b>', 'a "quoted" \'name\'', 'two\nlines\r\nand\ttabs', ']]>', 'émoji 🎯 and 漢字'];

const documentOf = async (tests: object): Promise<string> =>
  junitXml([await runTestFolder(folderWith({ 'tests/names.json': tests }), HOUSE)], null);

describe('results as JUnit XML', () => {
  it('give every name back as it was written', async () => {
    const text = await documentOf({ cases: NAMES.map((name) => ({ ...FIRES, name })) });
    expect(readXml(text).children[0]?.children.map(({ attributes }) => attributes.name)).toEqual(NAMES);
  });

  it('hold no character that XML cannot, and a mark where one was', async () => {
    const text = await documentOf({ ...FIRES, name: 'a\u0000b\u001bc\ufffed\ud800e' });
    expect(readXml(text).children[0]?.children[0]?.attributes.name).toBe('a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e');
  });

  it('keep the lines of a failure', async () => {
    const [failure] = readXml(await documentOf(WRONG)).children[0]?.children[0]?.children ?? [];
    expect(failure?.text.split('\n').slice(0, 3)).toEqual([
      '  $.expect.verdicts[0].outcome',
      '    expected "FIRED"',
      '    got      "SILENT"',
    ]);
  });

  it('are the same bytes for the same results', async () => {
    const tested = await runTestFolder(folderWith({ 'tests/names.json': WRONG }), HOUSE);
    expect(junitXml([tested], 50)).toBe(junitXml([tested], 50));
    expect(readXml(junitXml([tested], 100)).children[0]?.attributes).toMatchObject({ tests: '2', failures: '2', errors: '0' });
    expect(readXml(junitXml([tested], 0)).children[0]?.attributes).toMatchObject({ tests: '2', failures: '1', errors: '0' });
  });
});
