import { expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { evaluateMargin } from '#functions/evaluate-margin/evaluate-margin.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { settleLiquidation } from '#functions/settle-liquidation/settle-liquidation.ts';
import { ringWave } from '#functions/watch-marks/watch-marks.ts';
import { CRASH } from '../handlers/crash.ts';
import { deleverageWave, engineOf, publishGroup } from '../support/delivery.ts';
import { GUARDED, HOUSE } from '../support/small-law.ts';
import { inputsOf } from '../support/small-venue.ts';

it('a case keeps the law that it was opened under, though another one is the law by the time it is settled and deleveraged', async () => {
  const inputs = inputsOf(CRASH, HOUSE);
  const engine = engineOf(inputs);
  // What the engine has for law from now on; what was opened under HOUSE asks for HOUSE.
  const later = { ...engine, ports: { ...engine.ports, ruleSet: GUARDED } };
  for (const group of inputs.groups) {
    const waves = await publishGroup(engine, group);
    for (const wave of waves) {
      for (const ring of await ringWave(engine.ports)(
        wave,
        waves.map(({ marketId }) => marketId),
      ))
        await evaluateMargin(engine.ports)(ring, wave);
      await openWave(engine.ports)(wave);
      await engine.venue.work(wave.waveId);
      for (const { caseId } of await later.ports.loadWaveCases(wave.waveId)) await settleLiquidation(later.ports)(caseId, wave);
      await deleverageWave(later, wave);
    }
  }
  const decisions = [...engine.store.tables.Decisions.values()];
  const settled = decisions.filter(({ kind }) => kind === 'SHORTFALL' || kind === 'RANKING' || kind === 'DELEVERAGING');
  expect(new Set(settled.map(({ kind }) => kind)).size).toBe(3);
  expect([...new Set(settled.map(({ ruleSet }) => ruleSet.hash))]).toEqual([present(HOUSE.reference.hash, 'a hash')]);
});
