/** What a stretch of source text is to a reader of code. */
type Kind = 'CODE' | 'COMMENT' | 'TEXT';

interface Segment {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
}

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const QUOTED = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y;
const TEMPLATE_PART = /[`}](?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{)/y;
const PATTERN = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const BEFORE_PATTERN = /(?:^|[(,=:[!&|?{;]|\breturn|=>)\s*$/;

const matchAt = (pattern: RegExp, text: string, at: number): number | null => {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? null : at + match[0].length;
};

/** Cuts source text into code, comments and text (strings, templates without their holes, regular expressions). */
const segmentsOf = (text: string): readonly Segment[] => {
  const segments: Segment[] = [];
  // braces open in each template hole that encloses the position, innermost last
  const holes: number[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    const openBraces = holes.at(-1);
    let kind: Kind = 'TEXT';
    let end: number | null = null;
    if (character === '`' || (character === '}' && openBraces === 0)) {
      end = matchAt(TEMPLATE_PART, text, at);
      if (character === '}') holes.pop();
      if (end !== null && text.charAt(end - 1) === '{') holes.push(0);
    } else if (character === "'" || character === '"') {
      end = matchAt(QUOTED, text, at);
    } else if (character === '/') {
      end = matchAt(COMMENT, text, at);
      if (end !== null) kind = 'COMMENT';
      else if (BEFORE_PATTERN.test(text.slice(Math.max(0, at - 40), at))) end = matchAt(PATTERN, text, at);
    } else if (openBraces !== undefined && (character === '{' || character === '}')) {
      holes[holes.length - 1] = openBraces + (character === '{' ? 1 : -1);
    }
    segments.push(end === null ? { kind: 'CODE', start: at, end: at + 1 } : { kind, start: at, end });
    at = end ?? at + 1;
  }
  return segments;
};

const keep = (text: string, kinds: readonly Kind[]): string =>
  segmentsOf(text)
    .map(({ kind, start, end }) => (kinds.includes(kind) ? text.slice(start, end) : text.slice(start, end).replace(/[^\n]/g, ' ')))
    .join('');

/** The text with comments, strings and regular expressions blanked out; every line and column stays where it was. */
export const codeOnly = (text: string): string => keep(text, ['CODE']);

/** The text with comments blanked out. */
export const withoutComments = (text: string): string => keep(text, ['CODE', 'TEXT']);

/** The comments alone, each where it stood. */
export const commentsOnly = (text: string): string => keep(text, ['COMMENT']);
