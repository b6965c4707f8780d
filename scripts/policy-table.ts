import { writeFileSync } from 'node:fs';
import { policyTable } from '#local/policy-table/policy-table.ts';

/** Writes `docs/policy-table.md` and prints it. Run by `npm run policy-table`. */
const text = policyTable();
writeFileSync(new URL('../docs/policy-table.md', import.meta.url), text);
process.stdout.write(text);
