import type { RuleTestResult } from '#local/rule-tests/rule-test.ts';
import type { TestedFolder } from '#local/rule-tests/run-test-folder.ts';
import { coverageGaps, testCounts } from '#local/rule-tests/test-counts.ts';
import { detailLines } from './print-rule-tests.ts';

/** Characters that XML 1.0 cannot hold, not even escaped: controls, halves of pairs, and two that are none. */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

const escaping =
  (characters: RegExp) =>
  (text: string): string =>
    text.replace(NOT_IN_XML, '\u{fffd}').replace(characters, (character) => ESCAPES[character] ?? character);

const escapedText = escaping(/[&<>\r]/g);

/** A reader takes a line break within an attribute for a space. */
const escapedAttribute = escaping(/[&<>"\n\r\t]/g);

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapedAttribute(String(value))}"`)
    .join('');

const problemElement = (element: 'failure' | 'error', message: string, type: string, lines: readonly string[]): string =>
  `\n      <${element}${attributes({ message, type })}>${escapedText(lines.join('\n'))}</${element}>\n    `;

const problemOf = (tested: TestedFolder, result: RuleTestResult): string => {
  const lines = detailLines(tested, result);
  if (result.error !== null) return problemElement('error', result.error.message, 'bad-input', lines);
  const [first] = result.failures;
  if (first === undefined) return '';
  return problemElement('failure', `${first.path}: expected ${first.expected}, got ${first.got}`, 'expectation', lines);
};

const testcase = (classname: string, name: string, problem: string): string =>
  `    <testcase${attributes({ classname, name })}>${problem}</testcase>`;

const coverageCase = ({ folder, coverage }: TestedFolder, required: number): string => {
  const { percent } = coverage;
  const problem =
    percent < required ? problemElement('failure', `${percent} % is below ${required} %`, 'coverage', coverageGaps(coverage)) : '';
  return testcase(folder, `coverage of at least ${required} %`, problem);
};

const suite = (tested: TestedFolder, required: number | null): string => {
  const { id, version } = tested.ruleSet.reference;
  const { tests, failed, errors } = testCounts(tested);
  const isBelow = required !== null && tested.coverage.percent < required;
  const counts = { tests: tests + (required === null ? 0 : 1), failures: failed + (isBelow ? 1 : 0), errors };
  return [
    `  <testsuite${attributes({ name: `${id}@${version}`, ...counts })}>`,
    ...tested.results.map((result) =>
      testcase(result.path === '$' ? result.file : `${result.file} ${result.path}`, result.name, problemOf(tested, result)),
    ),
    ...(required === null ? [] : [coverageCase(tested, required)]),
    '  </testsuite>',
  ].join('\n');
};

/** Results in JUnit's XML: a suite per folder, a case per test, and one for the coverage where a percentage is required. Has no times: equal runs give equal bytes. */
export const junitXml = (folders: readonly TestedFolder[], required: number | null): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="adl rules test">',
    ...folders.map((each) => suite(each, required)),
    '</testsuites>',
    '',
  ].join('\n');
