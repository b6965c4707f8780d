import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replayScenario } from '#local/replay/replay-scenario.ts';
import { replayOnStack } from '#local/stack-replay/replay-on-stack.ts';
import { hasEmbeddedTables } from '../support/embedded-tables.ts';
import { folderWith } from '../support/folder.ts';
import { comparable } from './compared.ts';
import { LAW_IDS, laidOut } from './told-replay.ts';
import { TOLD_REPLAYS } from './told-replays.ts';

const REPORT = 'report.md';
const STEP_MS_MAX = 20_000;

describe.skipIf(!hasEmbeddedTables)('a replay on the local stack', () => {
  it.each(TOLD_REPLAYS.flatMap((told) => LAW_IDS.map((lawId) => [told.name, lawId, told] as const)))(
    'of %s under %s ends as the one in process, to the last digit and decision',
    async (_name, lawId, told) => {
      const { loaded, ruleSet } = laidOut(told, lawId);
      const inProcess = await replayScenario(loaded, ruleSet, REPORT, () => {});
      const onStack = await replayOnStack({
        loaded,
        ruleSet,
        report: REPORT,
        progress: () => {},
        dataFolder: join(folderWith({}), 'data'),
        signal: new AbortController().signal,
        say: () => {},
        stepMsMax: STEP_MS_MAX,
      });
      expect(inProcess.document).toMatchObject({ conserved: true, violations: [] });
      if (onStack === null) throw new Error('no emulator');
      expect(comparable(onStack)).toEqual(comparable(inProcess));
    },
  );
});
