import { describe, expect, it } from 'vitest';
import { fraction } from './fraction.ts';

const text = (value: string, places = 6): string => fraction(value).toDecimalString(places);

describe('fraction', () => {
  it('keeps what decimals lose: a third three times is one', () => {
    const third = fraction('1').over(fraction('3'));
    expect(third.plus(third).plus(third).equals(fraction('1'))).toBe(true);
    expect(third.toDecimalString(5)).toBe('0.33333');
  });

  it('reads and writes plain decimals alike', () => {
    for (const same of ['0', '-0.5', '12.000001', '-7', '1000000']) expect(text(same)).toBe(same);
    expect(text('-007.5000')).toBe('-7.5');
  });

  it('refuses what is not a plain decimal', () => {
    for (const bad of ['', '1e5', ' 1', '.5', '1.', '0x1', 'NaN', '+1']) expect(() => fraction(bad)).toThrow(RangeError);
    expect(() => fraction('1').over(fraction('0'))).toThrow(RangeError);
  });

  it('floors towards minus infinity and ceils towards plus infinity, to any step', () => {
    expect(fraction('-1.5').floor().toDecimalString(0)).toBe('-2');
    expect(fraction('-1.5').ceil().toDecimalString(0)).toBe('-1');
    expect(fraction('-3').floor().toDecimalString(0)).toBe('-3');
    expect(fraction('10.37').floorTo(fraction('0.25')).toDecimalString(2)).toBe('10.25');
    expect(fraction('10.37').ceilTo(fraction('0.25')).toDecimalString(2)).toBe('10.5');
    expect(fraction('10.5').ceilTo(fraction('0.25')).toDecimalString(2)).toBe('10.5');
  });

  it('orders by value whatever the form', () => {
    expect(fraction('9').isBelow(fraction('10'))).toBe(true);
    expect(fraction('-2').isAbove(fraction('-10'))).toBe(true);
    expect(fraction('1.50').equals(fraction('3').over(fraction('2')))).toBe(true);
  });

  it('takes powers by repetition, negative ones by dividing', () => {
    expect(fraction('-1.5').toThePower(3).toDecimalString(3)).toBe('-3.375');
    expect(fraction('2').toThePower(-4).toDecimalString(4)).toBe('0.0625');
    expect(fraction('0').toThePower(0).toDecimalString(0)).toBe('1');
  });
});
