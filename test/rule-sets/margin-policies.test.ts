import { describe, expect, it } from 'vitest';
import { USUAL_MARGIN_POLICY } from '#core/market/margin-policy.ts';
import { marketTiers } from '#rule-sets/market-tiers.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { faultsWith, load, shippedFiles, shippedRuleSet } from './shipped-files.ts';

const TIER = { notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01', maximumLeverage: '50' };
const UNRATED = { notionalFloor: '0', notionalCap: null, maximumLeverage: '50' };

const tiersFile = (given: object, tiers: readonly object[] = [TIER]): string =>
  JSON.stringify({ form: 'FLAT', boundary: 'LOWER_TIER', markets: { '*': tiers }, ...given });

const lawWith = (file: 'margin-tiers.json' | 'margin.rules.json', text: string): RuleSet => {
  const result = load({ ...shippedFiles('house'), [file]: text });
  if (!result.ok) throw new Error(result.refusal.map(({ path, message }) => `${path} ${message}`).join('\n'));
  return result.value;
};

const policyOf = (given: object, marketId = 'M') => marketTiers(lawWith('margin-tiers.json', tiersFile(given)).tiers, marketId)?.policy;

const toldOf = (text: string, file: 'margin-tiers.json' | 'margin.rules.json' = 'margin-tiers.json') =>
  faultsWith(file, text).map(({ path, message }) => `${path} ${message}`);

describe('a tier file', () => {
  it('that chooses nothing reads its tiers as before', () => {
    expect(policyOf({})).toEqual(USUAL_MARGIN_POLICY);
    for (const id of ['house', 'house-guarded'] as const)
      expect(marketTiers(shippedRuleSet(id).tiers, 'BTC-USDT')?.policy).toEqual(USUAL_MARGIN_POLICY);
  });

  it.each([
    ['boundary', 'HIGHER_TIER'],
    ['measuredIn', 'CONTRACTS'],
    ['valuedAt', 'ENTRY'],
    ['closingFee', 'IN_MAINTENANCE'],
    ['closingFee', 'NONE'],
  ])('chooses %s %s for every market', (key, choice) => {
    expect(policyOf({ [key]: choice })).toMatchObject({ ...USUAL_MARGIN_POLICY, [key]: choice });
    expect(toldOf(tiersFile({ [key]: 'X' }))[0]).toContain(`$.${key} expected one of`);
  });

  it('scales the initial margin of one market, or of all without a scale of their own', () => {
    const openInterestScales = { A: { lower: '1', upper: '2' }, '*': { lower: '3', upper: '4' } };
    expect(policyOf({ openInterestScales }, 'A')?.openInterestScale?.upper.toFixed()).toBe('2');
    expect(policyOf({ openInterestScales }, 'B')?.openInterestScale?.upper.toFixed()).toBe('4');
    expect(policyOf({ openInterestScales: { A: { lower: '1', upper: '2' } } }, 'B')?.openInterestScale).toBeNull();
    const annotated = { notes: { A: 'why' }, A: { notes: 'why', lower: '1', upper: '2' } };
    expect(policyOf({ openInterestScales: annotated }, 'A')?.openInterestScale?.upper.toFixed()).toBe('2');
    expect(policyOf({ openInterestScales: annotated }, 'notes')?.openInterestScale).toBeNull();
  });

  it('refuses a scale without room between its caps, and amounts for tiers by contracts', () => {
    expect(toldOf(tiersFile({ openInterestScales: { A: { lower: '2', upper: '2' } } }))).toEqual([
      '$.openInterestScales.A.upper expected more than the lower cap, `2`, got string "2"',
    ]);
    expect(toldOf(tiersFile({ measuredIn: 'CONTRACTS', form: 'DEDUCTION' }))).toEqual([
      '$.measuredIn goes with form "FLAT" only, not with "DEDUCTION"',
    ]);
  });

  it('derives the rate of a tier that writes none from its leverage, and leaves a written one alone', () => {
    const text = tiersFile({ maintenanceFraction: '0.5' }, [
      { ...UNRATED, notionalCap: '10', maximumLeverage: '15' },
      { ...TIER, notionalFloor: '10', maximumLeverage: '2', maintenanceMarginRate: '0.1' },
    ]);
    const table = marketTiers(lawWith('margin-tiers.json', text).tiers, 'M');
    expect(table?.tiers.map(({ maintenanceMarginRate }) => maintenanceMarginRate.toFixed())).toEqual(['0.033333333334', '0.1']);
  });

  it('refuses a tier that has neither a rate nor what it follows from', () => {
    expect(toldOf(tiersFile({}, [UNRATED]))).toEqual(['$.markets["*"][0].maintenanceMarginRate expected a string, got nothing']);
    const bare = { notionalFloor: '0', notionalCap: null };
    expect(toldOf(tiersFile({ maintenanceFraction: '0.5' }, [bare]))).toEqual([
      '$.markets["*"][0].maximumLeverage expected a string, got nothing',
    ]);
  });

  it('is checked with its derived rates: they may not fall either', () => {
    const text = tiersFile({ maintenanceFraction: '0.5' }, [
      { ...UNRATED, notionalCap: '10', maximumLeverage: '10' },
      { ...UNRATED, notionalFloor: '10', maximumLeverage: '20' },
    ]);
    expect(toldOf(text)).toEqual([
      '$.markets["*"][1].maintenanceMarginRate expected at least `0.05`, the rate of the tier below, got `0.025`',
    ]);
  });
});

const rulesFile = (execution: object): string => {
  const house = JSON.parse(shippedFiles('house')['margin.rules.json'] ?? '{}');
  return JSON.stringify({ ...house, execution: { ...house.execution, ...execution } });
};

describe('the execution of margin rules', () => {
  it('shares balances by the zero price and has no fillable price unless it says so', () => {
    expect(shippedRuleSet('house').margin.execution).toMatchObject({ crossBankruptcyPrice: 'ZERO_PRICE', fillable: null });
  });

  it('chooses frozen others, and a fillable limit with its parameters', () => {
    const fillable = { spreadToMaintenance: '1.5', bankruptcyAdjustment: '1' };
    const { execution } = lawWith(
      'margin.rules.json',
      rulesFile({ crossBankruptcyPrice: 'OTHERS_FROZEN', limit: 'FILLABLE', fillable }),
    ).margin;
    expect(execution).toMatchObject({ crossBankruptcyPrice: 'OTHERS_FROZEN', limit: 'FILLABLE' });
    expect(execution.fillable?.spreadToMaintenance.toFixed()).toBe('1.5');
  });

  it('refuses a fillable limit without its parameters, and parameters without it', () => {
    const fillable = { spreadToMaintenance: '1.5', bankruptcyAdjustment: '1' };
    expect(toldOf(rulesFile({ limit: 'FILLABLE' }), 'margin.rules.json')).toEqual([
      '$.execution.fillable expected the parameters of the limit "FILLABLE", got nothing',
    ]);
    expect(toldOf(rulesFile({ fillable }), 'margin.rules.json')).toEqual([
      '$.execution.fillable goes with the limit "FILLABLE" only, not with "FUND_BACKED"',
    ]);
  });
});
