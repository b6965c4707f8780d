import { type ExplainedFacts, failingFacts } from '#local/rule-tests/failing-facts.ts';
import type { RuleTestResult } from '#local/rule-tests/rule-test.ts';
import type { TestedFolder } from '#local/rule-tests/run-test-folder.ts';
import { coverageGaps, outcomeOf, testCounts } from '#local/rule-tests/test-counts.ts';
import { shownFact } from './figures.ts';
import { ruleLines } from './print-explanation.ts';

const factsLines = ({ kind, of, refusal, facts, rules }: ExplainedFacts): readonly string[] => {
  const width = Math.max(0, ...Object.keys(facts).map((name) => name.length));
  return [
    ...(refusal === null ? [] : [`  ${of}: refused, ${refusal}`]),
    ...(Object.keys(facts).length === 0 ? [] : [`  ${kind} facts of ${of}`]),
    ...Object.entries(facts).map(([name, value]) => `    ${name.padEnd(width)}  ${shownFact(value)}`),
    ...ruleLines(rules, '    '),
  ];
};

/** Lines of one failing test below its name: with it a screen of them. */
const LINES_MAX = 39;

/** Expectations of one test that are shown; a wrong law fails all of them in the same way. */
const FAILURES_MAX = 5;

const bounded = (lines: readonly string[], linesMax: number, what: string): readonly string[] =>
  lines.length <= linesMax ? lines : [...lines.slice(0, linesMax - 1), `  and ${lines.length - linesMax + 1} more ${what}`];

const failureLines = ({ failures }: RuleTestResult): readonly string[] => {
  const shown = failures.slice(0, FAILURES_MAX);
  const more = failures.length - shown.length;
  return [
    ...shown.flatMap(({ path, expected, got }) => [`  ${path}`, `    expected ${expected}`, `    got      ${got}`]),
    ...(more > 0 ? [`  and ${more} more expectations`] : []),
  ];
};

/** What failing expectations came from, each line once. */
const reasonLines = ({ failures }: RuleTestResult): readonly string[] =>
  [...new Set(failures.flatMap(({ because }) => because))].map((line) => `  ${line}`);

/**
 * What a failing test expected and got, what it came from, and the facts with what every condition made of them; why a bad one could not be run. At most 39
 * lines, the rest counted.
 */
export const detailLines = ({ ruleSet }: TestedFolder, result: RuleTestResult): readonly string[] => {
  if (result.error !== null) {
    const { file, line, column, path, message } = result.error;
    return [`  ${file}:${line}:${column} ${path}: ${message}`];
  }
  const { shown, more } = failingFacts(ruleSet, result);
  const lines = [
    ...failureLines(result),
    ...reasonLines(result),
    ...shown.flatMap(factsLines),
    ...(more > 0 ? [`  and ${more} more sets of facts`] : []),
  ];
  return bounded(lines, LINES_MAX, 'lines');
};

const resultLines = (tested: TestedFolder, result: RuleTestResult): readonly string[] => {
  const outcome = outcomeOf(result);
  const place = result.path === '$' ? result.file : `${result.file} ${result.path}`;
  return outcome === 'PASSED' ? [] : [`${outcome} ${place}: ${result.name}`, ...detailLines(tested, result)];
};

const of = (flags: readonly boolean[]): string => `${flags.filter(Boolean).length}/${flags.length}`;

const coverageText = ({ coverage: { rules, conditions, percent } }: TestedFolder): string =>
  [
    `rules ${of(rules.map(({ fires }) => fires))} fire`,
    `${of(rules.map(({ isSilent }) => isSilent))} silent`,
    `conditions ${of(conditions.map(({ decides }) => decides))} decide: ${percent} %`,
  ].join(', ');

const countsText = (tested: TestedFolder): string => {
  const { tests, passed, failed, errors } = testCounts(tested);
  if (tests === 0) return 'no tests';
  return [
    `${tests} ${tests === 1 ? 'test' : 'tests'}, ${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(errors > 0 ? [`${errors} could not be run`] : []),
  ].join(', ');
};

/** The tests of a folder for people: one line per failing test with its details below, then a summary and what no test tried. */
export const printTestedFolder = (tested: TestedFolder): string =>
  [
    ...tested.results.flatMap((result) => resultLines(tested, result)),
    `${tested.folder}: ${countsText(tested)}; ${coverageText(tested)}`,
    ...coverageGaps(tested.coverage).map((gap) => `  ${gap}`),
  ].join('\n');
