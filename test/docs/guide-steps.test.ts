import { describe, expect, it } from 'vitest';
import { folderWith } from '../support/folder.ts';
import { withChange } from './guide-edit.ts';
import { guideSteps } from './guide-steps.ts';
import { rewrittenGuide } from './rewritten-guide.ts';
import { runGuide } from './run-guide.ts';

const block = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\`\n`;

describe('of a guide', () => {
  it('no block escapes: an unknown language, output without a command, a file without a name, an indented or open fence', () => {
    expect(() => guideSteps(block('bash', 'adl'))).toThrow('line 1: `bash` is none of');
    expect(() => guideSteps(block('', 'adl'))).toThrow('line 1: `` is none of');
    expect(() => guideSteps(block('text', 'ok'))).toThrow('line 1: `text` is none of');
    expect(() => guideSteps(block('sh', 'true') + block('text', '1') + block('text', '2'))).toThrow('line 7: `text`');
    expect(() => guideSteps(`Somewhere:\n\n${block('diff', '-a')}`)).toThrow('line 3: expected a line such as');
    expect(() => guideSteps(`In \`a\`:\n\n${block('json', '{}')}`)).toThrow('New file');
    expect(() => guideSteps(`  ${block('sh', 'true')}`)).toThrow('line 1: a fence');
    expect(() => guideSteps('```sh\ntrue')).toThrow('line 1: the block does not end');
  });

  it('a change applies to lines that stand in the file once, and to no others', () => {
    expect(withChange('a\nb\nc\nd\n', ' a\n-b\n+x\n@@\n-d\n+y')).toBe('a\nx\nc\ny\n');
    expect(() => withChange('a\nb\n', '-c\n+x')).toThrow('stand 0 times');
    expect(() => withChange('b\na\nb\n', '-b\n+x')).toThrow('stand 2 times');
    expect(() => withChange('ab\n', '-b\n+x')).toThrow('stand 0 times');
    expect(() => withChange('a\n', ' a')).toThrow('changes nothing');
    expect(() => withChange('a\n', 'a')).toThrow('begins with a space');
  });

  it('what a command prints and how it ends is told, also of a second line after one that failed, and can be put into the page', async () => {
    const page = [
      block('sh', 'echo one; false # ends with 1'),
      block('text', 'two'),
      block('sh', 'adl rules check nowhere # ends with 2\nadl --version'),
      `In \`gone\`:\n\n${block('diff', '-a')}`,
      `New file \`made\`:\n\n${block('json', '{}')}`,
      block('sh', 'cat made'),
    ].join('\n');
    const runs = await runGuide(folderWith({}), guideSteps(page));
    expect(runs.map(({ code }) => code)).toEqual([1, 2, null, null, 0]);
    expect(runs.map(({ printed }) => printed)).toEqual(['one', expect.stringMatching(/^adl: nowhere[^\n]*$/), '', '', '{}']);
    expect(runs.map(({ refusal }) => refusal)).toEqual([null, null, expect.stringContaining('gone: '), null, null]);
    expect(guideSteps(rewrittenGuide(page, runs)).map((step) => (step.kind === 'COMMAND' ? step.output?.text : ''))).toEqual(
      runs.map(({ printed }) => printed),
    );
  });
});
