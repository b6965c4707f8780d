import { areDigits } from './law-forms.ts';

/** Sum of the numbers of `1H2M`-like text, whose units come in the order of `units` and once at most; null for any other text. */
const amountsIn = (written: string, units: string): number | null => {
  let left = written;
  let total = 0;
  for (const unit of units) {
    const end = left.indexOf(unit);
    if (end < 0) continue;
    if (!areDigits(left.slice(0, end), 1, 9)) return null;
    total += Number(left.slice(0, end));
    left = left.slice(end + 1);
  }
  return left === '' ? total : null;
};

/** `PnDTnHnMnS`, each part at most once and in this order, at least one of them above zero. */
export const isDuration = (written: string): boolean => {
  if (!written.startsWith('P')) return false;
  const [days = '', time, ...rest] = written.slice(1).split('T');
  if (rest.length > 0 || time === '') return false;
  const total = [amountsIn(days, 'D'), amountsIn(time ?? '', 'HMS')];
  return total.every((amount) => amount !== null) && total.some((amount) => amount !== null && amount > 0);
};

const daysIn = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

/** A day of the calendar as `YYYY-MM-DD`. */
export const isDate = (written: string): boolean => {
  const [year = '', month = '', day = '', ...rest] = written.split('-');
  if (rest.length > 0 || !areDigits(year, 4, 4) || !areDigits(month, 2, 2) || !areDigits(day, 2, 2)) return false;
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
};

/** Three numbers without idle zeros. */
export const isVersion = (written: string): boolean => {
  const parts = written.split('.');
  return parts.length === 3 && parts.every((part) => areDigits(part, 1, 6) && (part === '0' || !part.startsWith('0')));
};
