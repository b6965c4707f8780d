import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = join(dirname(dirname(fileURLToPath(import.meta.url))), 'package.json');

const versionIn = (manifest: unknown): string =>
  typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';

/** The project's version, from its package.json. */
export const VERSION = versionIn(JSON.parse(readFileSync(PACKAGE, 'utf8')));
