import { describe, expect, it } from 'vitest';
import type { Pool } from '#core/account/pool.ts';
import { nextVersion, type Write } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, price, quantity } from '#core/units/money.ts';
import { caseItem } from '#functions/adapters/dynamodb/case-item.ts';
import { fundItem } from '#functions/adapters/dynamodb/fund-item.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import { poolItem } from '#functions/adapters/dynamodb/pool-item.ts';
import { throttleItem } from '#functions/adapters/dynamodb/throttle-item.ts';
import { evaluateMargin } from '#functions/evaluate-margin/evaluate-margin.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { ringWave } from '#functions/watch-marks/watch-marks.ts';
import { engineOf, publishGroup } from '../support/delivery.ts';
import { commitsOf } from '../support/other-writer.ts';
import { GUARDED } from '../support/small-law.ts';
import { inputsOf } from '../support/small-venue.ts';

const encodes = (write: Write): boolean => {
  if (write.table === 'Pools') poolItem.encode(write.item);
  if (write.table === 'Cases') caseItem.encode(write.item);
  if (write.table === 'Orders') orderItem.encode(write.item);
  if (write.table === 'Funds') fundItem.encode(write.item);
  if (write.table === 'Throttles') throttleItem.encode(write.item);
  return write.table === 'Throttles';
};

describe('amounts at the bounds of the venue contract', () => {
  it('open a case of which every item fits into its table, the throttle counter included', async () => {
    const NINES = '9'.repeat(18);
    const inputs = inputsOf({ accounts: 'a1 | 1 | LONG 10 AAA 100 + SHORT 1 BBB 100', fund: '100', marks: '0 | 90 | 100' }, GUARDED);
    const engine = engineOf(inputs);
    const pool: Pool = present([...engine.store.tables.Pools.values()][0], 'pool');
    const positions = pool.positions.map((each) => ({
      ...each,
      quantity: quantity(decimal(`${each.quantity.toFixed()}.${NINES}`)),
      entryValue: money(each.entryValue.plus(`0.${NINES}`)),
    }));
    const exact = { ...pool, balance: money(decimal(`1.${'1'.repeat(18)}`)), positions };
    await engine.store.commit([{ table: 'Pools', item: nextVersion(exact, 'VENUE') }]);
    const [group] = inputs.groups;
    const marks = present(group, 'a group of marks');
    const exactMarks = { ...marks, marks: marks.marks.map((mark) => ({ ...mark, markPrice: price(mark.markPrice.plus(`0.${NINES}`)) })) };
    const waves = await publishGroup(engine, exactMarks);
    const wave = present(waves[0], 'a wave');
    for (const ring of await ringWave(engine.ports)(wave, [wave.marketId])) await evaluateMargin(engine.ports)(ring, wave);
    const { engine: listening, commits } = commitsOf(engine);
    await openWave(listening.ports)(wave);
    expect(engine.store.tables.Cases.size).toBe(1);
    expect(commits.flat().filter(encodes)).not.toEqual([]);
  });
});
