import type { Finding, ProjectFile } from './project-files.ts';
import { findingsOf } from './project-files.ts';
import { commentsOnly, withoutComments } from './scan.ts';

const VENUES =
  /\w*(?:binance|bybit|bitmex|bitget|deribit|kraken|hyperliquid|paradex|whitebit|polymarket|dydx|okx|gmx|aevo)\w*|(?<![A-Za-z])(?:drift|Drift|DRIFT|lighter|Lighter|LIGHTER)(?![a-z])\w*/gi;

/** Comments without their `Source: …` passages, which run to the next empty line of the comment or its end. */
const withoutSources = (comments: string): string => {
  let inSource = false;
  return comments
    .split('\n')
    .map((line) => {
      if (/\bSources?:/.test(line)) inSource = true;
      else if (/^[\s*/]*$/.test(line)) inSource = false;
      const kept = inSource ? '' : line;
      if (line.includes('*/')) inSource = false;
      return kept;
    })
    .join('\n');
};

/** Names of venues in code, text or comments of functions/: a venue is a rule set. Docstrings may name one as their source. */
export const venueNames = ({ path, text }: ProjectFile): readonly Finding[] => {
  const read = [withoutComments(text), withoutSources(commentsOnly(text))];
  return read.flatMap((part) => findingsOf(path, part, VENUES, (match) => `\`${match}\`: a venue is a rule set, not code`));
};

/** What no file of the project says: work left for later, paths of one machine, hosts of registries. */
export const strayWords = ({ path, text }: ProjectFile): readonly Finding[] => [
  ...findingsOf(path, text, /\b(?:TODO|FIXME|XXX)\b/g, (match) => `\`${match}\`: do it, or write it into an ADR`),
  ...findingsOf(path, text, /(?<![\w.-])\/(?:work|root|tmp)\/|\.\.\/shared\b/g, (match) => `\`${match}\`: a path of one machine`),
  ...findingsOf(path, text, /\bregistry\.[\w-]+\.\w+/g, (match) => `\`${match}\`: a registry's host`),
];
