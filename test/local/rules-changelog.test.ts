import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type RulesEntry, withRulesEntry } from '#local/rules-changelog.ts';

const ENTRY: RulesEntry = { name: 'venue@1.1.0', before: 'venue@1.0.0', changes: ['- BTC-USDT: a', '- usdt fund: b'] };
const WRITTEN = '- `venue@1.1.0`, after `venue@1.0.0`:\n  - BTC-USDT: a\n  - usdt fund: b\n';
const OWN = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');

const added = (before: string, after: string): readonly string[] => {
  const had = before.split('\n');
  return after.split('\n').filter((line) => !had.includes(line));
};

describe('the entry of a released version', () => {
  it('goes to the end of the section Rules of what is unreleased', () => {
    const text = '# Changelog\n\n## [Unreleased]\n\n### Rules\n\n- other\n\n### Removed\n\n- x\n\n## [1.0.0]\n\n### Rules\n\n- old\n';
    expect(withRulesEntry(text, ENTRY)).toBe(text.replace('- other\n', `- other\n${WRITTEN}`));
  });

  it('makes the section where there is none, before the last version', () => {
    const text = '# Changelog\n\n## [Unreleased]\n\nWords.\n\n## [1.0.0]\n\n### Rules\n\n- old\n';
    expect(withRulesEntry(text, ENTRY)).toBe(text.replace('Words.\n', `Words.\n\n### Rules\n\n${WRITTEN}`));
  });

  it('makes the unreleased part where there is none', () => {
    const text = '# Changelog\n\nWords.\n\n## [1.0.0]\n\n### Rules\n\n- old\n';
    expect(withRulesEntry(text, ENTRY)).toBe(text.replace('Words.\n', `Words.\n\n## [Unreleased]\n\n### Rules\n\n${WRITTEN}`));
  });

  it('makes a changelog where there is none, to which the next entry is added', () => {
    const text = withRulesEntry(null, ENTRY);
    expect(text).toMatch(/^# Changelog\n\n[^#]+\n\n## \[Unreleased\]\n\n### Rules\n\n- `venue@1\.1\.0`/);
    expect(text.endsWith(WRITTEN)).toBe(true);
    const next = { name: 'venue@1.2.0', before: 'venue@1.1.0', changes: [] };
    expect(withRulesEntry(text, next)).toBe(`${text}- \`venue@1.2.0\`, after \`venue@1.1.0\`: no number and no choice changed.\n`);
  });

  it('takes the place of the line that nothing changed', () => {
    const text = '## [Unreleased]\n\n### Rules\n\n- No threshold and no choice of a rule set changed.\n\n## [1.0.0]\n';
    expect(withRulesEntry(text, ENTRY)).toBe(`## [Unreleased]\n\n### Rules\n\n${WRITTEN}\n## [1.0.0]\n`);
  });

  it('is written once, wherever it stands by then', () => {
    const text = withRulesEntry(null, ENTRY);
    expect(withRulesEntry(text, { ...ENTRY, changes: ['- another'] })).toBe(text);
    const released = text.replace('## [Unreleased]', '## [Unreleased]\n\n## [2.0.0]');
    expect(withRulesEntry(released, ENTRY)).toBe(released);
    expect(withRulesEntry(text, { ...ENTRY, name: 'venue@1.1.00' })).not.toBe(text);
  });

  it('of a first version says what it is for, in one line whatever the text holds', () => {
    const text = withRulesEntry(null, { name: 'venue@1.0.0', before: null, changes: ['- for\n## us\n'] });
    expect(text).toContain('- `venue@1.0.0`: first release.\n  - for ## us\n');
  });

  it('keeps the line breaks that a file has', () => {
    const text = '# Changelog\r\n\r\n## [Unreleased]\r\n\r\n### Rules\r\n\r\n- other\r\n';
    expect(withRulesEntry(text, ENTRY)).toBe(`${text}${WRITTEN.replaceAll('\n', '\r\n')}`);
  });

  it("changes nothing else in this project's own changelog", () => {
    const text = withRulesEntry(OWN, ENTRY);
    expect(added(OWN, text).join('\n')).toBe(WRITTEN.trimEnd());
    expect(added(text, OWN).every((line) => line.includes('No threshold'))).toBe(true);
    expect(text.indexOf('venue@1.1.0')).toBeLessThan(text.indexOf('## [0.1.0]'));
  });
});
