/** One fenced block of a page, with the place it stands at. */
export interface Fence {
  /** What follows the opening fence: the language. */
  readonly language: string;
  readonly text: string;
  /** Number of the line that opens it, from 1. */
  readonly line: number;
  /** Number of the line that closes it. */
  readonly lastLine: number;
  /** The line of prose right above it, without white space around; empty when there is none. */
  readonly lead: string;
}

/** The last line that is not empty before an index, unless a fence closes there. */
const leadBefore = (lines: readonly string[], index: number): string => {
  const lead = lines.slice(0, index).findLast((line) => line.trim() !== '') ?? '';
  return lead.startsWith('```') ? '' : lead.trim();
};

/** Every fenced block of a page in order. Throws for one that does not close, and for a fence that is indented: nothing may be taken for prose. */
export const fencesOf = (page: string): readonly Fence[] => {
  const lines = page.split('\n');
  const fences: Fence[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^(?:\s+(?:```|~~~)|~~~)/.test(line)) throw new Error(`line ${index + 1}: a fence is three backticks at the start of a line`);
    if (!line.startsWith('```')) continue;
    const close = lines.indexOf('```', index + 1);
    if (close < 0) throw new Error(`line ${index + 1}: the block does not end`);
    const text = lines.slice(index + 1, close).join('\n');
    fences.push({ language: line.slice(3).trim(), text, line: index + 1, lastLine: close + 1, lead: leadBefore(lines, index) });
    index = close;
  }
  return fences;
};
