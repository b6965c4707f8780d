import { mkdtempSync } from 'node:fs';
import { loadScenario } from '/work/stack/local/replay/load-scenario.ts';
import { replayScenario } from '/work/stack/local/replay/replay-scenario.ts';
import { replayOnStack } from '/work/stack/local/stack-replay/replay-on-stack.ts';
import { readRuleSet } from '/work/stack/local/rule-set-folder.ts';
const [file, rules, dir] = process.argv.slice(2);
const loaded = loadScenario(file);
const ruleSet = readRuleSet(rules);
const base = await replayScenario(loaded, ruleSet, 'r', () => {});
const t0 = performance.now();
const run = await replayOnStack({ loaded, ruleSet, report: 'r', progress: (n) => process.stderr.write(`${n} ${(performance.now()-t0)|0}\n`), dataFolder: dir ?? mkdtempSync('/tmp/srtest/d-'), signal: new AbortController().signal, say: (l) => process.stderr.write(`SAY ${l}\n`), stepMsMax: 120000 });
const { timings: a, ...x } = base.document; const { timings: b, ...y } = run!.document;
console.log('CPU', process.cpuUsage()); console.log(JSON.stringify(a)); console.log(JSON.stringify(b), (performance.now()-t0)|0);
console.log('EQUAL', JSON.stringify(x) === JSON.stringify(y));
if (JSON.stringify(x) !== JSON.stringify(y)) { console.log(JSON.stringify(x)); console.log(JSON.stringify(y)); }
console.log('SAFEGUARDS', base.outcome.tally.safeguards, run!.outcome.tally.safeguards);
const l1 = base.outcome.record.lines, l2 = run!.outcome.record.lines;
console.log('RECORD', l1.length, l2.length, l1.every((l, i) => l === l2[i]), l1.findIndex((l, i) => l !== l2[i]));
const i = l1.findIndex((l, i) => l !== l2[i]); if (i >= 0) { console.log(l1[i]?.slice(0, 3000)); console.log(l2[i]?.slice(0, 3000)); }
const sortKeys = (v: any): any => Array.isArray(v) ? v.map(sortKeys) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().filter((k) => !['version', 'lastWriter', 'guards'].includes(k)).map((k) => [k, sortKeys(v[k])])) : v;
let shown = 0;
for (let i = 0; i < l1.length && shown < 4; i++) {
  const [p, q] = [JSON.stringify(sortKeys(JSON.parse(l1[i]!))), JSON.stringify(sortKeys(JSON.parse(l2[i]!)))];
  if (p !== q) { shown++; let k = 0; while (p[k] === q[k]) k++; console.log('DIFF', i, JSON.parse(l1[i]!).decisionId, '|', JSON.parse(l2[i]!).decisionId, '\n  ', p.slice(Math.max(0, k - 200), k + 300), '\n  ', q.slice(Math.max(0, k - 200), k + 300)); }
}
