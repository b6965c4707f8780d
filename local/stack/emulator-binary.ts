import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The binary that npm installed for this platform; null where it has none. */
const installedBinary = (): string | null => {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    const binary = join(dirname(manifest), process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
    return isExecutable(binary) ? binary : null;
  } catch {
    return null;
  }
};

const binaryOnPath = (path: string): string | null => {
  const candidates = path.split(delimiter).filter((folder) => folder !== '');
  return candidates.map((folder) => join(folder, 'dynoxide')).find(isExecutable) ?? null;
};

/** The embedded DynamoDB's program: the installed package, else `dynoxide` on PATH; null where this machine has neither. */
export const emulatorBinary = (): string | null => installedBinary() ?? binaryOnPath(process.env.PATH ?? '');
