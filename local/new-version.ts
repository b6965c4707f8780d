import { cpSync, existsSync, lstatSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { applyEdits, modify, parse } from 'jsonc-parser';
import { parseJsonSource } from '#rule-sets/json-source.ts';
import { isRuleFileName, RULE_FILES } from '#rule-sets/rule-files.ts';
import { idText, versionText } from '#rule-sets/schema-primitives.ts';
import { BadInput, badFile } from './bad-input.ts';
import { codeOf, readBytes, readFolder, readText } from './read-input.ts';
import { makeFolder } from './replace-file.ts';
import { RULES_ROOT, refuseNoFile } from './rule-set-folder.ts';
import { isFolder } from './version-folders.ts';

/** What a new version is called, where it goes, and the folder that it begins as a copy of. */
export interface NewVersion {
  readonly id: string;
  readonly version: string;
  readonly root: string;
  readonly from: string;
}

export interface MadeVersion {
  readonly folder: string;
  /** Where JSON Schemas were put for the editor, in a root that had none; null otherwise. */
  readonly schemaFolder: string | null;
}

/** The folder of JSON Schemas in a root of rules; no rule set has its name. */
const SCHEMA_FOLDER = 'schema';

const refuseName = (id: string, version: string): void => {
  if (!idText.safeParse(id).success || /^\./.test(id) || id === SCHEMA_FOLDER)
    throw badFile(id, 'expected the name of a rule set: 1 to 40 letters, digits, `_`, `.` or `-`, no `.` first, not `schema`');
  if (!versionText.safeParse(version).success) throw badFile(version, 'expected a version of three numbers such as `1.0.0`');
};

/** Throws `BadInput` where the folder has no manifest that could be edited, or where a file of the law lies elsewhere. */
const refuseSource = (from: string): void => {
  for (const entry of readFolder(from)) if (isRuleFileName(entry.name)) refuseNoFile(from, entry);
  const manifest = join(from, 'rule-set.json');
  const parsed = parseJsonSource(manifest, readBytes(manifest), RULE_FILES['rule-set.json']);
  if (!parsed.ok) throw new BadInput(parsed.refusal);
  if (typeof parsed.value.value !== 'object' || parsed.value.value === null || Array.isArray(parsed.value.value))
    throw badFile(manifest, 'expected an object with `id` and `version`');
};

/** Files of the copied folder whose `$schema` an editor follows: those beside the manifest and the tests below. */
const jsonFilesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json') && !isFolder(join(folder, name)));

const withMember = (text: string, key: string, value: string): string => applyEdits(text, modify(text, [key], value, {}));

const schemaOf = (text: string): string | null => {
  const document: unknown = parse(text);
  const named = typeof document === 'object' && document !== null && '$schema' in document ? document.$schema : null;
  return typeof named === 'string' && !/^[a-z][a-z\d+.-]*:/i.test(named) && !named.startsWith('/') ? named : null;
};

interface Moved {
  /** Where the file stood, where it will stand. */
  readonly before: string;
  readonly after: string;
  readonly root: string;
}

/** The text with a relative `$schema` that leads to the root's own schema of that name, or else to the file it led to before. */
const withSchemaFrom = (text: string, { before, after, root }: Moved): string => {
  const named = schemaOf(text);
  if (named === null) return text;
  const own = join(root, SCHEMA_FOLDER, basename(named));
  const target = existsSync(own) ? own : resolve(dirname(before), named);
  const there = relative(dirname(resolve(after)), resolve(target))
    .split(sep)
    .join('/');
  return there === named ? text : withMember(text, '$schema', there);
};

/** Gives a root that has no JSON Schemas those of the project, so that an editor helps there too. */
const bringSchemas = (root: string): string | null => {
  const folder = join(root, SCHEMA_FOLDER);
  if (existsSync(folder)) return null;
  const draft = join(root, `.${SCHEMA_FOLDER}-${process.pid}`);
  cpSync(join(RULES_ROOT, SCHEMA_FOLDER), draft, { recursive: true });
  renameSync(draft, folder);
  return folder;
};

const isCopied = (source: string, path: string): boolean =>
  path === source || (!basename(path).startsWith('.') && !lstatSync(path).isSymbolicLink());

const fill = (draft: string, { id, version, root, from }: NewVersion, folder: string): void => {
  cpSync(from, draft, { recursive: true, filter: (path) => isCopied(from, path) });
  for (const name of jsonFilesIn(draft)) {
    const text = readText(join(from, name));
    const moved = withSchemaFrom(text, { before: join(from, name), after: join(folder, name), root });
    const named = name === 'rule-set.json' ? withMember(withMember(moved, 'id', id), 'version', version) : moved;
    if (named !== text) writeFileSync(join(draft, name), named);
  }
};

/**
 * Begins the version `<root>/<id>/<version>` as a copy of a folder, tests included, under its own id and version; nothing else in it changes, not even the
 * layout. The copy is made aside and moved into place whole. Throws `BadInput`, with nothing written, for a bad name, a version that exists, and a
 * folder without a manifest. Hidden files and links are left behind.
 */
export const makeVersion = (wanted: NewVersion): MadeVersion => {
  const { id, version, root, from } = wanted;
  refuseName(id, version);
  const folder = join(root, id, version);
  if (existsSync(folder)) throw badFile(folder, 'exists already: a new version has a number of its own');
  refuseSource(from);
  if (`${resolve(folder)}${sep}`.startsWith(`${resolve(from)}${sep}`))
    throw badFile(folder, `is inside \`${from}\`, which it would be a copy of`);
  makeFolder(root);
  const draft = join(root, `.${id}-${version}-${process.pid}`);
  let schemaFolder: string | null = null;
  try {
    schemaFolder = bringSchemas(root);
    fill(draft, wanted, folder);
    makeFolder(dirname(folder));
    renameSync(draft, folder);
    return { folder, schemaFolder };
  } catch (error) {
    if (schemaFolder !== null) rmSync(schemaFolder, { recursive: true, force: true });
    if (error instanceof BadInput || !(error instanceof Error && 'code' in error)) throw error;
    throw badFile(folder, `cannot be made: ${codeOf(error)}`);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
};
