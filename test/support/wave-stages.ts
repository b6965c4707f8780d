import { present } from '#core/invariant.ts';
import type { Wave } from '#core/wave.ts';
import { evaluateMargin } from '#functions/evaluate-margin/evaluate-margin.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { ringWave } from '#functions/watch-marks/watch-marks.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type Engine, engineOf, publishGroup, settleWave } from './delivery.ts';
import { inputsOf, type SmallVenue } from './small-venue.ts';

/** An engine that stands right before a stage of the wave that the venue's only mark set off. */
export interface Stage {
  readonly engine: Engine;
  readonly wave: Wave;
}

/** All pools are evaluated, none of the nominations is opened. */
export const nominated = async (venue: SmallVenue, law: RuleSet): Promise<Stage> => {
  const inputs = inputsOf(venue, law);
  const engine = engineOf(inputs);
  const [published] = await publishGroup(engine, present(inputs.groups[0], 'the venue has a mark'));
  const wave = present(published, 'the mark is accepted');
  for (const ring of await ringWave(engine.ports)(wave, [wave.marketId])) await evaluateMargin(engine.ports)(ring, wave);
  return { engine, wave };
};

/** The orders of the wave are sent; the venue has worked none of them. */
export const ordered = async (venue: SmallVenue, law: RuleSet): Promise<Stage> => {
  const stage = await nominated(venue, law);
  await openWave(stage.engine.ports)(stage.wave);
  return stage;
};

/** Every order has ended and is booked; residuals wait for their counterparties. */
export const waiting = async (venue: SmallVenue, law: RuleSet): Promise<Stage> => {
  const stage = await ordered(venue, law);
  await settleWave(stage.engine, stage.wave);
  return stage;
};
