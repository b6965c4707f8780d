import { loadScenario } from '#local/replay/load-scenario.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import { Interrupted } from '#local/stack-replay/interrupted.ts';
import { replayOnStack } from '#local/stack-replay/replay-on-stack.ts';
import { EXIT } from './exit-codes.ts';
import { complain, note } from './output.ts';
import { untilAsked } from './until-asked.ts';

/** This file, for whoever starts it as a process. */
export const sideRunMain = new URL(import.meta.url);

type Tell = (message: object) => void;

/** Replays one scenario under one rule set on the local stack, and tells the process that started this one. It ends when that one does. */
const run = async ([scenario = '', rules = '', dataFolder = '']: readonly string[], tell: Tell): Promise<void> => {
  const asked = untilAsked();
  const orphaned = new AbortController();
  process.once('disconnect', () => orphaned.abort(new Interrupted('SIGTERM')));
  const replayed = await replayOnStack({
    loaded: loadScenario(scenario),
    ruleSet: readRuleSet(rules),
    report: '',
    progress: (marks) => tell({ marks }),
    dataFolder,
    signal: AbortSignal.any([asked, orphaned.signal]),
    say: note,
  });
  if (replayed !== null) tell({ timings: replayed.document.timings });
};

/** Only where it was started as a process of its own: others import its address. */
const { send } = process;
if (send !== undefined && process.argv[1] === import.meta.filename) {
  try {
    await run(process.argv.slice(2), (message) => send.call(process, message));
  } catch (error) {
    process.exitCode = error instanceof Interrupted ? error.exitCode : EXIT.failed;
    if (!(error instanceof Interrupted)) complain(error instanceof Error ? error.message : String(error));
  } finally {
    if (process.connected) process.disconnect();
  }
}
