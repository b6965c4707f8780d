/** What one released version changed, in words for the changelog. */
export interface RulesEntry {
  /** Such as `venue@1.1.0`. */
  readonly name: string;
  /** The version that it is compared with; null for the first one. */
  readonly before: string | null;
  /** Bullets of Markdown, each beginning with `- `. */
  readonly changes: readonly string[];
}

const HEAD = `# Changelog

The format is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/). Each version has a section **Rules**: a changed threshold or choice is a
release note.
`;

const UNRELEASED = /^## \[?unreleased\]?\s*$/i;
const VERSION = /^## /;
const RULES = /^### Rules\s*$/;
const SECTION = /^##?#? /;

/** What the section says while no rule set changed; the first entry takes its place. */
const NOTHING_CHANGED = /^- No threshold and no choice of a rule set changed\.\s*$/;

const linesOfEntry = ({ name, before, changes }: RulesEntry): readonly string[] => {
  const points = changes.map((change) => `  ${change.trim().replace(/\s+/g, ' ')}`);
  if (before === null) return [`- \`${name}\`: first release.`, ...points];
  if (changes.length === 0) return [`- \`${name}\`, after \`${before}\`: no number and no choice changed.`];
  return [`- \`${name}\`, after \`${before}\`:`, ...points];
};

/** First line at or after `from`, before `to`, that is like the pattern; `to` where there is none. */
const lineLike = (lines: readonly string[], pattern: RegExp, from: number, to = lines.length): number => {
  const at = lines.slice(from, to).findIndex((line) => pattern.test(line));
  return at < 0 ? to : from + at;
};

/** The line after the last one in a range that is not empty. */
const endOfText = (lines: readonly string[], from: number, to: number): number => {
  const last = lines.slice(from, to).findLastIndex((line) => line.trim() !== '');
  return from + last + 1;
};

/** Lines with a section `Unreleased` before all versions. */
const withUnreleased = (lines: readonly string[]): readonly string[] => {
  if (lines.some((line) => UNRELEASED.test(line))) return lines;
  const first = lineLike(lines, VERSION, 0);
  const before = lines.slice(0, endOfText(lines, 0, first));
  return [...before, '', '## [Unreleased]', '', ...lines.slice(first)];
};

/** Lines whose section `Unreleased` has a section `Rules`, last in it. */
const withRules = (lines: readonly string[], unreleased: number): readonly string[] => {
  const next = lineLike(lines, VERSION, unreleased + 1);
  if (lineLike(lines, RULES, unreleased, next) < next) return lines;
  const end = endOfText(lines, unreleased, next);
  return [...lines.slice(0, end), '', '### Rules', '', ...lines.slice(next)];
};

const isEntryOf = (name: string) => (line: string) => line.startsWith(`- \`${name}\``);

/**
 * The changelog with an entry under **Rules** of its unreleased section, sections made where they are missing; a changelog of its own for null. One that
 * has an entry of that version anywhere comes back as it is, so that a release may be repeated.
 */
export const withRulesEntry = (changelog: string | null, entry: RulesEntry): string => {
  const text = changelog ?? HEAD;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const given = text.split(/\r?\n/);
  if (given.some(isEntryOf(entry.name))) return text;
  const opened = withUnreleased(given);
  const unreleased = lineLike(opened, UNRELEASED, 0);
  const lines = withRules(opened, unreleased);
  const rules = lineLike(lines, RULES, unreleased);
  const next = lineLike(lines, SECTION, rules + 1);
  const body = lines.slice(rules + 1, next).filter((line) => !NOTHING_CHANGED.test(line));
  const kept = body.slice(0, endOfText(body, 0, body.length));
  const written = [...(kept.length === 0 ? [''] : kept), ...linesOfEntry(entry)];
  const rest = lines.slice(next);
  return [...lines.slice(0, rules + 1), ...written, '', ...rest].join(lineBreak);
};
