import type { Finding, ProjectFile } from './project-files.ts';
import { findingsOf } from './project-files.ts';
import { codeOnly } from './scan.ts';

/** Names that the glossary rules out: whole names, and parts of names in lower case. */
export interface RuledOut {
  readonly names: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
}

const inCodeType = (text: string): readonly string[] => [...text.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? '');

/** Reads the last column of each table that ends in "never", and the paragraph under "Parts of names". */
export const readGlossary = (markdown: string): RuledOut => {
  const names: string[] = [];
  let inTable = false;
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) inTable = false;
    else if (/\|\s*never\s*\|\s*$/.test(line)) inTable = true;
    else if (inTable) names.push(...inCodeType(line.split('|').at(-2) ?? ''));
  }
  return { names: new Set(names), parts: new Set(inCodeType(markdown.split(/^## Parts of names$/m)[1] ?? '')) };
};

const partsOf = (name: string): readonly string[] =>
  name.split(/_|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).map((part) => part.toLowerCase());

/** Names in the code of a file that the glossary rules out. */
export const ruledOutNames = ({ path, text }: ProjectFile, { names, parts }: RuledOut): readonly Finding[] =>
  findingsOf(path, codeOnly(text), /[A-Za-z_]\w*/g, (name) => name).flatMap((found) => {
    if (names.has(found.message)) return [{ ...found, message: `\`${found.message}\`: the glossary has another name for it` }];
    const part = partsOf(found.message).find((each) => parts.has(each));
    return part === undefined ? [] : [{ ...found, message: `\`${found.message}\`: names are not abbreviated (\`${part}\`)` }];
  });
