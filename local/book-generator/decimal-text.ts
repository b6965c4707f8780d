/**
 * Prints `units` / `unitsPerWhole` as canonical decimal text: no exponent, no trailing zero. Both are whole numbers below 2⁵³, the second a
 * power of ten, so no double is ever printed: 12500 of 1000 is `12.5`.
 */
export const decimalText = (units: number, unitsPerWhole: number): string => {
  const digits = String(unitsPerWhole).length - 1;
  const fraction = String(units % unitsPerWhole)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(units / unitsPerWhole));
  return fraction === '' ? whole : `${whole}.${fraction}`;
};
