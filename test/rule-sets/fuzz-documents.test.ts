import { expect, it } from 'vitest';
import { propertyRuns } from '../support/property-runs.ts';
import { type FuzzDocument, fuzzDocument, SOUND_LAWS } from './fuzz-documents.ts';
import { judgeDocument } from './fuzz-judge.ts';
import { load } from './shipped-files.ts';

/** How many documents, and from which on: `FUZZ_FROM=123 FUZZ_DOCUMENTS=1` judges one again. */
const COUNT = Number(process.env.FUZZ_DOCUMENTS ?? '5000');
const FROM = Number(process.env.FUZZ_FROM ?? '0');
const SEED = String(propertyRuns().seed);

/** From so many documents on, passed and refused ones have to be this part of them at least. */
const COUNT_TO_JUDGE_BY = 1000;
const PART_OF_EACH_LEAST = 0.05;

/** A slow and busy machine still ends; the longest run of all is the nightly one. */
const TEST_MS_MAX = 300_000 + COUNT * 100;

const WARM_UP_RUNS = 20;

/** Lines of a failing document that are shown. */
const LINES_MAX = 40;

type Judgement = 'PASSED' | 'REFUSED' | { readonly complaint: string };

const judged = async (document: FuzzDocument): Promise<Judgement> => {
  try {
    return (await judgeDocument(document)) ? 'PASSED' : 'REFUSED';
  } catch (error) {
    return { complaint: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
};

/** The document with as few of its steps as still fail. */
const shrunk = async (document: FuzzDocument): Promise<FuzzDocument> => {
  for (const left of document.steps) {
    const smaller = fuzzDocument(
      SEED,
      document.index,
      document.steps.filter((step) => step !== left),
    );
    if (smaller.steps.length > 0 && typeof (await judged(smaller)) === 'object') return shrunk(smaller);
  }
  return document;
};

const soundLines = new Set(
  SOUND_LAWS.flatMap((files) => Object.values(files)).flatMap((text) => text.split('\n').map((line) => line.trim())),
);

/** What a person needs to see it again: where it comes from, what was done to it, and its lines that no shipped file has. */
const told = (document: FuzzDocument, complaint: string): string => {
  const lines = new TextDecoder().decode(document.bytes).split('\n');
  const strange = lines.flatMap((line, index) => (soundLines.has(line.trim()) ? [] : [`  ${index + 1}: ${line.slice(0, 200)}`]));
  return [
    complaint,
    `PROPERTY_SEED=${SEED} FUZZ_FROM=${document.index} FUZZ_DOCUMENTS=1: ${document.name} after ${document.told.join(', then ')}`,
    ...strange.slice(0, LINES_MAX),
  ].join('\n');
};

it('the laws that documents are spoiled from are sound', () => {
  for (const files of SOUND_LAWS) expect(load(files)).toMatchObject({ ok: true });
});

it('no spoiled document crashes or holds up the check, passes wrongly, or breaks an evaluation; each finding has its place', {
  timeout: TEST_MS_MAX,
}, async () => {
  for (let run = 0; run < WARM_UP_RUNS; run += 1) load(SOUND_LAWS[run % SOUND_LAWS.length] ?? {});
  const counts = { PASSED: 0, REFUSED: 0 };
  for (let index = FROM; index < FROM + COUNT; index += 1) {
    const document = fuzzDocument(SEED, index);
    const judgement = await judged(document);
    if (typeof judgement === 'string') counts[judgement] += 1;
    else {
      const smallest = await shrunk(document);
      const again = await judged(smallest);
      expect.fail(told(smallest, typeof again === 'object' ? again.complaint : judgement.complaint));
    }
  }
  expect(counts.PASSED + counts.REFUSED).toBe(COUNT);
  if (COUNT < COUNT_TO_JUDGE_BY) return;
  // Both kinds are needed: a check that refuses everything lets nothing pass wrongly.
  expect(Math.min(counts.PASSED, counts.REFUSED) / COUNT).toBeGreaterThan(PART_OF_EACH_LEAST);
});
