import { decimal } from '#core/units/decimal.ts';
import { price, quantity } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import type { MarkGroup } from '#local/mark-path.ts';
import { parseBook } from '#local/parse-book.ts';
import { replayInputs } from '#local/replay/load-scenario.ts';
import { type ReplayDocument, replayDocument } from '#local/replay/replay-document.ts';
import { type ReplayOutcome, runReplay } from '#local/replay/run-replay.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import type { ReplayScenario } from '../reference/replay/scenario.ts';

const RULE_SET = readRuleSet('house');

const NO_TIMINGS = { totalMs: 0, marksPerSecond: 0, poolMarksPerSecond: 0, evaluations: 0, evaluationsPerSecond: 0 };

const FIRST_INSTANT_MS = 1_760_130_000_000;

/** The marks of the scenario as a price path gives them: one instant a second, sequences from 1 in each market. */
const groupsOf = ({ instants }: ReplayScenario): readonly MarkGroup[] => {
  const sequences = new Map<string, number>();
  return instants.map((marks, at) => ({
    at: epochMs(FIRST_INSTANT_MS + at * 1000),
    marks: marks.map((mark) => {
      const sequence = (sequences.get(mark.marketId) ?? 0) + 1;
      sequences.set(mark.marketId, sequence);
      const markPrice = price(decimal(mark.price));
      return { marketId: mark.marketId, markPrice, indexPrice: markPrice, sequence };
    }),
  }));
};

export interface EngineRun {
  readonly document: ReplayDocument;
  readonly outcome: ReplayOutcome;
}

/** Runs the in-process replay over a scenario under the neutral rules, from the bytes of its book on. */
export const engineReplay = async (scenario: ReplayScenario): Promise<EngineRun> => {
  const parsed = parseBook('book.json', new TextEncoder().encode(JSON.stringify(scenario.book)));
  if (!parsed.ok) throw new RangeError(`${parsed.refusal.path}: ${parsed.refusal.message}`);
  const book = parsed.value;
  const depthPerMark = new Map(Object.entries(scenario.depthPerMark).map(([marketId, depth]) => [marketId, quantity(decimal(depth))]));
  const inputs = replayInputs(
    {
      file: 'scenario.json',
      bookFile: 'book.json',
      book,
      groups: groupsOf(scenario),
      scenario: {
        name: 'twin',
        book: 'book.json',
        marks: [],
        depthPerMark,
        ruleSet: null,
        events: [],
        faultAt: (_path, message) => {
          throw new RangeError(message);
        },
      },
    },
    RULE_SET,
  );
  const outcome = await runReplay(inputs, () => undefined);
  return { outcome, document: replayDocument('twin', RULE_SET.reference, book, outcome, NO_TIMINGS, 'report.md') };
};
