import { join } from 'node:path';
import type { LoadedScenario } from '#local/replay/load-scenario.ts';
import type { ReplayRun } from '#local/replay/replay-scenario.ts';
import { replayOnStack } from '#local/stack-replay/replay-on-stack.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { folderWith } from '../support/folder.ts';

/** What one step of a replay may take on a busy machine. */
const STEP_MS_MAX = 20_000;

/** A replay on a local stack of its own, in a new folder. Throws where this machine has no embedded database. */
export const replayedOnStack = async (loaded: LoadedScenario, ruleSet: RuleSet, report: string): Promise<ReplayRun> => {
  const run = await replayOnStack({
    loaded,
    ruleSet,
    report,
    progress: () => {},
    dataFolder: join(folderWith({}), 'data'),
    signal: new AbortController().signal,
    say: () => {},
    stepMsMax: STEP_MS_MAX,
  });
  if (run === null) throw new Error('no emulator');
  return run;
};
