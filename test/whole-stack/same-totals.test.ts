import { describe, expect, it } from 'vitest';
import { replayScenario } from '#local/replay/replay-scenario.ts';
import { hasEmbeddedTables } from '../support/embedded-tables.ts';
import { comparable } from './compared.ts';
import { replayedOnStack } from './replayed-on-stack.ts';
import { LAW_IDS, laidOut } from './told-replay.ts';
import { TOLD_REPLAYS } from './told-replays.ts';

const REPORT = 'report.md';

describe.skipIf(!hasEmbeddedTables)('a replay on the local stack', () => {
  it.each(TOLD_REPLAYS.flatMap((told) => LAW_IDS.map((lawId) => [told.name, lawId, told] as const)))(
    'of %s under %s ends as the one in process, to the last digit and decision',
    async (_name, lawId, told) => {
      const { loaded, ruleSet } = laidOut(told, lawId);
      const inProcess = await replayScenario(loaded, ruleSet, REPORT, () => {});
      const onStack = await replayedOnStack(loaded, ruleSet, REPORT);
      expect(inProcess.document).toMatchObject({ conserved: true, violations: [] });
      expect(comparable(onStack)).toEqual(comparable(inProcess));
    },
  );
});
