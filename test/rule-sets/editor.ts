import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getLanguageService, type LanguageService, TextDocument } from 'vscode-json-languageservice';
import { z } from 'zod';

const ROOT = new URL('../../', import.meta.url);

const settingsSchema = z.object({ 'json.schemas': z.array(z.strictObject({ fileMatch: z.array(z.string()), url: z.string() })) });

/** What `.vscode/settings.json` says which schema each file has. */
export const schemaSettings = () =>
  settingsSchema.parse(JSON.parse(readFileSync(new URL('.vscode/settings.json', ROOT), 'utf8')))['json.schemas'];

/** The language server of an editor that has this project's folder open, with its settings. It reads schemas from the disk only. */
const openEditor = (): LanguageService => {
  const service = getLanguageService({
    schemaRequestService: async (uri) => readFileSync(fileURLToPath(uri), 'utf8'),
    workspaceContext: { resolveRelativePath: (path, base) => new URL(path, base).href },
  });
  // as the editor does it: the patterns of a folder's settings hold for that folder, the addresses are relative to it
  const schemas = schemaSettings().map(({ fileMatch, url }) => ({
    uri: new URL(url, ROOT).href,
    fileMatch: fileMatch.map((pattern) => `${fileURLToPath(ROOT)}${pattern.replace(/^\//, '')}`),
  }));
  service.configure({ validate: true, schemas });
  return service;
};

const editor = openEditor();

const open = (path: string, text: string) => {
  const document = TextDocument.create(new URL(path, ROOT).href, 'json', 1, text);
  return { document, parsed: editor.parseJSONDocument(document) };
};

/** A text in which `|` marks the cursor, and the cursor's offset. */
const cursorIn = (marked: string) => ({ text: marked.replace('|', ''), offset: marked.indexOf('|') });

const plain = (text: string | { readonly value: string }): string => (typeof text === 'string' ? text : text.value);

export interface Offer {
  readonly label: string;
  readonly inserts: string;
  readonly explains: string;
}

/** What the editor offers at the cursor `|` of a file of the project. */
export const offersAt = async (path: string, marked: string): Promise<readonly Offer[]> => {
  const { text, offset } = cursorIn(marked);
  const { document, parsed } = open(path, text);
  const list = await editor.doComplete(document, document.positionAt(offset), parsed);
  return (list?.items ?? []).map(({ label, insertText = '', documentation = '' }) => ({
    label: label.replaceAll('"', ''),
    inserts: insertText,
    explains: plain(documentation),
  }));
};

const hoverSchema = z.array(z.string()).transform((parts) => parts.join('\n').replaceAll(/\\(?=[^A-Za-z0-9 ])/g, ''));

/** What the editor shows when the pointer rests on the first `target` in the text. */
export const hoverOn = async (path: string, text: string, target: string): Promise<string> => {
  const { document, parsed } = open(path, text);
  const hover = await editor.doHover(document, document.positionAt(text.indexOf(target) + 1), parsed);
  return hover === null ? '' : hoverSchema.parse(hover.contents);
};

/** What the editor underlines: the text of the range with its 1-based line, and the message. */
export const underlinedIn = async (path: string, text: string): Promise<readonly (readonly [number, string, string])[]> => {
  const { document, parsed } = open(path, text);
  const diagnostics = await editor.doValidation(document, parsed);
  return diagnostics.map(({ range, message }) => [range.start.line + 1, document.getText(range), plain(message)]);
};
