import { describe, expect, it } from 'vitest';
import { explainDecision } from '#local/explain/explain-decision.ts';
import { type DecisionRecordFile, decisionsIn } from '#local/explain/read-record.ts';
import { RANKED_VENUE, RANKING_LAWS } from '../../support/ranking-laws.ts';
import { inputsOf, replayed } from '../../support/small-venue.ts';

describe.each(RANKING_LAWS)('the record of a wave ranked as %s does', (_name, law) => {
  it('gives every ranking and every deleveraging again', async () => {
    const { record } = await replayed(RANKED_VENUE, law);
    const terms = new Map(inputsOf(RANKED_VENUE, law).initial.markets.map((market) => [market.terms.marketId, market.terms] as const));
    const file: DecisionRecordFile = { file: 'record.jsonl', ruleSet: law, terms, lines: record.lines };
    const decisions = ['RANKING', 'DELEVERAGING'].flatMap((kind) => decisionsIn(file, `"kind":"${kind}"`, (each) => each.kind === kind));
    expect(decisions.map(({ kind }) => kind)).toEqual(['RANKING', 'DELEVERAGING', 'DELEVERAGING']);
    const explained = await Promise.all(decisions.map((decision) => explainDecision(file, decision)));
    expect(explained.map(({ recomputes }) => recomputes)).toEqual([true, true, true]);
    expect(explained.every(({ says }) => says.length > 1)).toBe(true);
  });
});
