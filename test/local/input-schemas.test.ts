import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { bookSchema } from '#local/book-schema.ts';
import { scenarioSchema } from '#local/scenario-schema.ts';
import { toJsonSchema } from '#rule-sets/json-schema.ts';
import { bookDocument } from './book-document.ts';

const bookJsonSchema = JSON.parse(toJsonSchema(bookSchema, 'PROGRAM'));
const scenarioJsonSchema = JSON.parse(toJsonSchema(scenarioSchema, 'PROGRAM'));

it('the JSON Schema of a book accepts a book and refuses a number, an unknown key and a missing mark price', () => {
  const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(bookJsonSchema);
  expect(accepts(bookDocument())).toBe(true);
  const [market] = bookDocument().markets;
  const { markPrice, ...unmarked } = market ?? {};
  expect(markPrice).toBe('106427.7');
  expect(accepts({ ...bookDocument(), markets: [{ ...market, markPrice: 1 }] })).toBe(false);
  expect(accepts({ ...bookDocument(), markets: [{ ...market, price: '1' }] })).toBe(false);
  expect(accepts({ ...bookDocument(), markets: [unmarked] })).toBe(false);
  expect(accepts({ ...bookDocument(), notes: 'kept' })).toBe(true);
});

it('the JSON Schema of a scenario accepts one and refuses times as strings', () => {
  const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(scenarioJsonSchema);
  const entry = { marketId: 'BTC-USDT', candles: 'btc.csv', fromMs: 0, toMs: 1 };
  expect(accepts({ name: 'x', book: 'book.json', marks: [entry] })).toBe(true);
  expect(accepts({ name: 'x', book: 'book.json', marks: [{ ...entry, fromMs: '0' }] })).toBe(false);
});

/** Every property of an object anywhere in a JSON Schema, by its path. */
const propertiesOf = (node: unknown, path: string): readonly (readonly [string, unknown])[] => {
  if (typeof node !== 'object' || node === null) return [];
  const own =
    'properties' in node && typeof node.properties === 'object' && node.properties !== null ? Object.entries(node.properties) : [];
  const inner = [...own, ...('items' in node ? [['[]', node.items] as const] : [])];
  return [
    ...own.map(([key, value]) => [`${path}.${key}`, value] as const),
    ...inner.flatMap(([key, value]) => propertiesOf(value, `${path}.${key}`)),
  ];
};

it.each([
  ['book', bookJsonSchema],
  ['scenario', scenarioJsonSchema],
])('every value of a %s is described to the editor', (_, schema) => {
  const isSelfEvident = (path: string) => /\.(?:\$schema|notes|side|markets|accounts)$/.test(path);
  const silent = propertiesOf(schema, '$').filter(([path, value]) => !isSelfEvident(path) && !Object.hasOwn(Object(value), 'description'));
  expect(silent.map(([path]) => path)).toEqual([]);
});
