import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { crashTable, crashWithOwnTiers } from '#cli/venue-page/crash-runs.ts';
import { venuePage } from '#cli/venue-page/venue-page.ts';
import { linearVersions } from '#cli/venue-page/venue-sets.ts';
import { DEFAULT_ACCOUNTS } from '#local/generate-book.ts';

/** Writes `docs/venues.md`, the crash replayed under every linear rule set. Run by `npm run venues`; takes some seconds for each of them. */
const table = await crashTable(crashWithOwnTiers(DEFAULT_ACCOUNTS), linearVersions(), ({ reference }) =>
  process.stderr.write(`${reference.id}@${reference.version}\n`),
);
const machine = `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.version}`;
writeFileSync(new URL('../docs/venues.md', import.meta.url), await venuePage({ table, machine }));
