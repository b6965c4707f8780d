import { describe, expect, it } from 'vitest';
import type { MarginDecision } from '#core/decision.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import { positionInitialMargin } from '#core/margin/position-margin.ts';
import { USUAL_MARGIN_POLICY } from '#core/market/margin-policy.ts';
import { markedMarkets } from '#core/market/marked-market.ts';
import { plainJson } from '#core/plain-json.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, quantity, ratio } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { decisionAttribute } from '#functions/adapters/dynamodb/decision-attribute.ts';
import { observationItem } from '#functions/adapters/dynamodb/observation-item.ts';
import { marginSchema } from '#local/explain/record-schema.ts';
import { judgePool } from '#rule-sets/judge-pool.ts';
import { marketState, observation, poolOf, termsOf } from '../../support/core-states.ts';
import { HOUSE } from '../../support/small-law.ts';

const observed = (contracts: string | null) => ({
  ...observation(1, '100'),
  ...(contracts === null ? {} : { openInterest: quantity(decimal(contracts)) }),
});

const scaled = (contracts: string | null) => {
  const { tierTable } = termsOf();
  const openInterestScale = { lower: money(decimal('0')), upper: money(decimal('1000')) };
  const tiers = tierTable.tiers.map((tier) => ({ ...tier, maximumLeverage: ratio(decimal('20')) }));
  const policy = { ...USUAL_MARGIN_POLICY, openInterestScale };
  return marketState('100', { terms: termsOf('AAA', { tierTable: { ...tierTable, tiers, policy } }), accepted: observed(contracts) });
};

const AT = { line: 'line', table: 'Journal', key: 'k', attribute: '' };

describe('the open interest of a market', () => {
  it('is read back from the observation that tells it, is missing where it does not, and stays within the bounds of what a venue writes', () => {
    expect(observationItem.decode(observationItem.encode(observed('12.5'))).openInterest?.toFixed()).toBe('12.5');
    expect(observationItem.encode(observed(null)).openInterest).toBeUndefined();
    expect(Object.hasOwn(observationItem.decode(observationItem.encode(observed(null))), 'openInterest')).toBe(false);
    expect(() => observationItem.encode(observed('1000000000000000000'))).toThrow('what is stored is a quantity, not negative');
  });

  it('is part of the decision that rests on it, in the journal and in a record on disk', async () => {
    const judged = await judgePool(HOUSE, poolOf('1000', 'LONG 5 AAA 500'), [scaled('5')], epochMs(0));
    expect(judged.inputs.openInterest?.get('AAA')?.toFixed()).toBe('5');
    const decision: MarginDecision = {
      kind: 'MARGIN',
      decisionId: 'MARGIN#1',
      at: epochMs(0),
      waveId: 'usdt#AAA#1',
      ruleSet: HOUSE.reference,
      poolId: judged.inputs.pool.poolId,
      ...judged,
    };
    const written = plainJson({ ...decision, guards: undefined });
    const read = decisionAttribute.parse(JSON.parse(JSON.stringify(written)), AT);
    expect(read.kind === 'MARGIN' ? read.inputs.openInterest?.get('AAA')?.toFixed() : null).toBe('5');
    expect(marginSchema.parse(JSON.parse(JSON.stringify(written))).inputs.openInterest?.AAA?.toFixed()).toBe('5');
  });

  it('leaves a decision as it was where nobody tells it', async () => {
    const judged = await judgePool(HOUSE, poolOf('1000', 'LONG 5 AAA 500'), [scaled(null)], epochMs(0));
    expect(Object.hasOwn(judged.inputs, 'openInterest')).toBe(false);
  });

  it('is valued at the mark: of 5 contracts at 100 half of the way to 1,000 is gone', () => {
    const assessment = assessMargin(poolOf('1000', 'LONG 5 AAA 500'), markedMarkets([scaled('5')]));
    const [each] = assessment.ok ? assessment.value.positions : [];
    if (each === undefined) throw new RangeError('the pool holds a position');
    // 5 % of leverage 20, and half of the 95 % above it.
    expect(positionInitialMargin(each)?.toFixed()).toBe('262.5');
  });
});
