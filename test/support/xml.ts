/** One element of an XML document, with what a reader of test results needs. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly within, joined. */
  readonly text: string;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.replace(/&([^;]*);?/g, (all, entity: string) => {
    const code = /^#(\d+)$/.exec(entity)?.[1];
    const character = code === undefined ? NAMED[entity] : String.fromCodePoint(Number(code));
    if (character === undefined || !all.endsWith(';')) throw new SyntaxError(`\`${all}\` is no entity`);
    return character;
  });

const TOKEN = /<\?xml[^>]*\?>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescaped(value)]));

/**
 * Reads the XML that test results are written in: elements, attributes in double quotes, text, the five named entities and decimal ones. Throws `SyntaxError`
 * on anything else, on tags that do not match, and on characters that XML cannot hold.
 */
export const readXml = (document: string): XmlElement => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the document must not hold
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(document)) throw new SyntaxError('a character that XML cannot hold');
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < document.length) {
    const at = TOKEN.lastIndex;
    const [all, closing, opening, attributes = '', empty, text] = TOKEN.exec(document) ?? [];
    const inner = open.at(-1);
    if (all === undefined || inner === undefined) throw new SyntaxError(`no XML at ${at}: ${document.slice(at, at + 40)}`);
    if (text !== undefined) inner.text += unescaped(text);
    if (closing !== undefined && open.pop()?.name !== closing) throw new SyntaxError(`</${closing}> closes another`);
    if (opening === undefined) continue;
    const element: Open = { name: opening, attributes: attributesOf(attributes), children: [], text: '' };
    inner.children.push(element);
    if (empty !== '/') open.push(element);
  }
  const [only, ...others] = root.children;
  if (open.length !== 1 || only === undefined || others.length > 0) throw new SyntaxError('not one whole element');
  return only;
};
