import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const isWritable = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** Whether folders can be made down to `folder`: the nearest one that exists is a folder and may be written to. */
const canHold = (folder: string): boolean => {
  if (existsSync(folder)) return statSync(folder).isDirectory() && isWritable(folder);
  const above = dirname(folder);
  return above !== folder && canHold(above);
};

/** Whether a file can be written at a path, told without writing anything. A path that ends like a folder's is none. */
export const isPlaceForFile = (path: string): boolean => {
  if (path === '' || /[/\\]$/.test(path)) return false;
  if (existsSync(path)) return !statSync(path).isDirectory() && isWritable(path);
  return canHold(dirname(path));
};
