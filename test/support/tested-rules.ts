import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bankruptLong, WINNER } from './bankrupt-long.ts';
import { layOut } from './folder.ts';
import { copyRules } from './rules-folder.ts';

const facts = (name: string, marginExcess: string, outcome: string) => ({
  name,
  facts: { margin: { marginExcess, tierIndex: '0' } },
  expect: { verdicts: [{ rule: 'liquidate', outcome }] },
});

/** A copy of house with these tests, without those it ships with. */
export const withTests = (folder: string, name: string, tests: Readonly<Record<string, unknown>>): void => {
  const copy = copyRules(folder, 'house', name);
  rmSync(join(copy, 'tests'), { recursive: true, force: true });
  layOut(copy, Object.fromEntries(Object.entries(tests).map(([file, test]) => [`tests/${file}`, test])));
};

/** Passes under house. */
export const FIRES = facts('fires below zero', '-1', 'FIRED');
/** Fails under house: exactly zero is not below. */
export const WRONG = facts('fires <at> "zero" & above', '0', 'FIRED');

/** Two files of tests: one that fails on a book; one that passes and one that fails on facts. */
export const FAILING = {
  'book.json': { name: 'the winner is warned', book: bankruptLong(), expect: { pools: [{ poolId: WINNER, state: 'WARNED' }] } },
  'facts.json': { cases: [FIRES, WRONG] },
};

/** A file that is no test, beside one that is. */
export const BAD = { 'bad.json': { ...FIRES, expects: 1 }, 'one.json': FIRES };
