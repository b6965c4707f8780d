import { Decimal } from './units/decimal.ts';

/** A value of the core as JSON. Decimals as strings, maps as objects: the same decision gives the same text on every machine. */
export const plainJson = (value: unknown): unknown => {
  if (value instanceof Decimal) return value.toFixed();
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [String(key), plainJson(each)]));
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainJson(each)]));
};
