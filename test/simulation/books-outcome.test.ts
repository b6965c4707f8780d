import { describe, expect, it } from 'vitest';
import { booksOutcome } from '#local/replay/books-outcome.ts';
import { loadScenario, replayInputs } from '#local/replay/load-scenario.ts';
import { replayDocument } from '#local/replay/replay-document.ts';
import { runReplay } from '#local/replay/run-replay.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';

const NO_TIMINGS = { totalMs: 0, marksPerSecond: 0, poolMarksPerSecond: 0, evaluations: 0, evaluationsPerSecond: 0 };

describe('a replay counted from its tables alone', () => {
  it('gives the document that counting commit by commit gave', async () => {
    const loaded = loadScenario('docs/examples/one-liquidation/scenario.json');
    const ruleSet = readRuleSet('house');
    const inputs = replayInputs(loaded, ruleSet);
    const outcome = await runReplay(inputs, () => undefined);
    const books = booksOutcome(inputs.initial, outcome.tables, [...outcome.tables.Decisions.values()], {
      starts: outcome.tally.safeguards.drawdownStarts,
      stops: outcome.tally.safeguards.drawdownStops,
    });
    const documentOf = (counted: typeof outcome | (typeof books & { marks: number })) =>
      replayDocument(loaded.scenario.name, ruleSet.reference, loaded.book, counted, NO_TIMINGS, 'report.md');
    expect(documentOf({ ...books, marks: outcome.marks })).toEqual(documentOf(outcome));
    expect(books.tally.total.deleveragingFills).toBe(1);
  });
});
