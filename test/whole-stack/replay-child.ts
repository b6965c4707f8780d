import { renameSync, writeFileSync } from 'node:fs';
import { loadScenario } from '#local/replay/load-scenario.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import { replayOnStack } from '#local/stack-replay/replay-on-stack.ts';
import { comparable } from './compared.ts';

/**
 * One replay on the local stack as a program of its own, for whoever kills it: `replay-child.ts <scenario> <rules> <data folder> <result file>`.
 * It says `MARKS -1` when it begins, `MARKS <done>` after each instant, and the result file is there, whole, before it ends.
 */
const STEP_MS_MAX = 300_000;

const [scenario = '', rules = '', dataFolder = '', resultFile = ''] = process.argv.slice(2);

const marksDone = (marks: number): void => void process.stdout.write(`MARKS ${marks}\n`);

const loaded = loadScenario(scenario);
const ruleSet = readRuleSet(rules);
marksDone(-1);
const run = await replayOnStack({
  loaded,
  ruleSet,
  report: 'report.md',
  progress: marksDone,
  dataFolder,
  signal: new AbortController().signal,
  say: (line) => void process.stderr.write(`${line}\n`),
  stepMsMax: STEP_MS_MAX,
});
if (run === null) throw new Error('no emulator');
writeFileSync(`${resultFile}.draft`, JSON.stringify(comparable(run)));
renameSync(`${resultFile}.draft`, resultFile);
