import { describe, expect, it } from 'vitest';
import { epochMs } from '#core/units/time.ts';
import { TABLE_VARIABLES } from '#functions/adapters/dynamodb/table-names.ts';
import { clockOf } from '#functions/adapters/lambda/clock.ts';
import { environmentFrom } from '#functions/adapters/lambda/environment.ts';

const TABLE_NAMES = Object.fromEntries(Object.values(TABLE_VARIABLES).map((variable) => [variable, `adl-${variable}`]));
const GOOD = { ...TABLE_NAMES, RULE_SET_ID: 'house', CLOCK: 'SYSTEM' };

describe('the environment', () => {
  it('is read whole, and logs everything unless told otherwise', () => {
    const environment = environmentFrom(GOOD);
    expect(environment).toMatchObject({ ruleSetId: 'house', clock: 'SYSTEM', logLevel: 'INFO' });
    expect(environment.tables.ruleSets).toBe('adl-TABLE_RULE_SETS');
  });

  it.each([
    ['RULE_SET_ID', undefined],
    ['RULE_SET_ID', 'a#b'],
    ['CLOCK', undefined],
    ['CLOCK', 'system'],
    ['LOG_LEVEL', 'DEBUG'],
    ['TABLE_POOLS', undefined],
    ['TABLE_POOLS', ''],
  ])('is refused with %s `%s`, by name', (variable, value) => {
    expect(() => environmentFrom({ ...GOOD, [variable]: value })).toThrow(`\`${variable}\``);
  });
});

describe('the clock', () => {
  it('is the machine’s, or that of the marks', () => {
    expect(clockOf('SYSTEM', () => 7).at(epochMs(3))).toBe(7);
    expect(clockOf('OBSERVATION', () => 7).at(epochMs(3))).toBe(3);
  });

  it('knows no now where only marks move the time', () => {
    expect(clockOf('SYSTEM', () => 7).now()).toBe(7);
    expect(clockOf('OBSERVATION', () => 7).now()).toBeNull();
  });
});
