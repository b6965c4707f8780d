import { describe, expect, it } from 'vitest';
import { insuranceFundSchema } from '#rule-sets/insurance-fund-schema.ts';
import { marginRulesSchema } from '#rule-sets/margin-rules-schema.ts';
import { marginTiersSchema } from '#rule-sets/margin-tiers-schema.ts';
import { outlineOf } from '#rule-sets/schema-outline.ts';

describe('what a schema says about a place', () => {
  it('is the first sentence about the field, as a clause', () => {
    expect(outlineOf(insuranceFundSchema)(['domains', 3, 'floor']).meaning).toBe('the engine never takes the fund below this');
  });

  it('is found below every market, in every rule, and in conditions inside conditions', () => {
    expect(outlineOf(marginTiersSchema)(['markets', 'X', 0, 'maintenanceMarginRate']).meaning).toMatch(/^maintenance margin per /);
    const inRules = outlineOf(marginRulesSchema);
    const [shallow, deep] = [['all', 0], Array(20).fill(['any', 1]).flat()].map((way) =>
      inRules(['rules', 0, 'conditions', ...way, 'fact']),
    );
    expect(shallow?.meaning).toBe(deep?.meaning);
    expect(shallow?.meaning).not.toBeNull();
  });

  it('names the keys of an object, of all branches where there are several', () => {
    expect(outlineOf(insuranceFundSchema)(['domains', 0]).keys).toEqual(expect.arrayContaining(['fundId', 'floor', 'drawdown', 'notes']));
    expect(outlineOf(marginRulesSchema)(['rules', 0, 'conditions']).keys).toEqual(expect.arrayContaining(['all', 'any', 'not', 'fact']));
  });

  it.each([[['nowhere']], [['domains', 0, 'floor', 'deeper']], [['domains', 'floor']]])(
    'is nothing where the schema has no place: %j',
    (steps) => {
      expect(outlineOf(insuranceFundSchema)(steps)).toEqual({ meaning: null, keys: [] });
    },
  );
});
