import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { handlerFolders, PROJECT_ROOT, synthesizedTemplate } from '#local/stack/synthesize-template.ts';
import { parseTemplate } from '#local/stack/template.ts';
import { folderWith } from '../support/folder.ts';

/** A file with the deployed template in which only these mappings, `function on Table`, ring anybody: what rings the others is lost. */
export const templateRinging = async (kept: readonly string[]): Promise<string> => {
  const file = await synthesizedTemplate();
  const text = readFileSync(file, 'utf8');
  const { mappings } = parseTemplate(text, file, handlerFolders(join(PROJECT_ROOT, 'functions')));
  const template = JSON.parse(text);
  for (const { mappingId, functionName, tableName } of mappings) {
    const isKept = kept.some((each) => `${functionName} on ${tableName.replace(/^AdlTables/, '')}`.startsWith(each));
    if (!isKept) delete template.Resources[mappingId];
  }
  return join(folderWith({ 'template.json': template }), 'template.json');
};
