import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FINDING_CODES } from '#rule-sets/finding-codes.ts';

const README = readFileSync(new URL('../../rules/README.md', import.meta.url), 'utf8');

/** Rows of the table whose first column is a code, as `code`, severity and meaning. */
const rowsOf = (markdown: string): readonly (readonly string[])[] => {
  const [, after = ''] = markdown.split('| code | severity | found when |\n|---|---|---|\n');
  const [table = ''] = after.split('\n\n', 1);
  return table.split('\n').map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

describe('the table of findings in rules/README.md', () => {
  it('lists exactly the codes that there are, each with its severity and meaning, in their order', () => {
    const listed = Object.entries(FINDING_CODES).map(([code, { severity, summary }]) => [`\`${code}\``, severity.toLowerCase(), summary]);
    expect(rowsOf(README)).toEqual(listed);
  });
});
