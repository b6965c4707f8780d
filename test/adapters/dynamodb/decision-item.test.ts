import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { MarkDecision, RankingDecision } from '#core/decision.ts';
import { plainJson } from '#core/plain-json.ts';
import { decimal } from '#core/units/decimal.ts';
import { price } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { decisionItems, decisionLine, decodeDecision } from '#functions/adapters/dynamodb/decision-item.ts';
import type { Attributes } from '#functions/adapters/dynamodb/item.ts';
import { observation, poolOf } from '../../support/core-states.ts';
import { compareDecimalsByValue } from '../../support/same-decimals.ts';
import { HOUSE } from '../../support/small-law.ts';

compareDecimalsByValue();

const every = { at: epochMs(1_760_000_000_000), waveId: 'usdt#AAA#1', ruleSet: HOUSE.reference };

const MARK: MarkDecision = {
  ...every,
  kind: 'MARK',
  decisionId: 'MARK#AAA#1',
  observation: observation(1, '100.5'),
  before: { accepted: null, pending: { observation: observation(0, '99'), confirmations: 1 }, sequenceSeen: 0, average: null },
  verdict: { kind: 'IGNORED', reason: 'SEQUENCE_NOT_GROWING' },
};

/** A text that no packing makes smaller than 32 bytes for each of its words. */
const unpackable = (wordCount: number): string =>
  Array.from({ length: wordCount }, (_, index) => createHash('sha256').update(`${index}`).digest('base64')).join('');

const ranking = (wordCount: number): RankingDecision => ({
  ...every,
  kind: 'RANKING',
  decisionId: 'RANKING#usdt#AAA#1#AAA#SHORT',
  marketId: 'AAA',
  side: 'SHORT',
  pools: [poolOf('1', 'SHORT 1 AAA 100', { tags: [unpackable(wordCount)] })],
  marks: new Map([['AAA', price(decimal('100').div(3))]]),
});

/** Two whole parts and a bit. */
const LONG = ranking(20_000);

const partsOf = (line: string, changes: Attributes = {}): readonly Attributes[] =>
  decisionItems(MARK).map((item) => ({ ...item, body: { B: gzipSync(line) }, ...changes }));

const lineWith = (from: string, to: string): string => {
  const line = JSON.stringify(plainJson(MARK));
  expect(line).toContain(from);
  return line.replace(from, to);
};

describe('a decision in the journal', () => {
  it('names what people look for beside what it holds', () => {
    expect(decisionItems(MARK)).toEqual([
      {
        entryKey: { S: 'MARK#AAA#1' },
        part: { S: 'DECISION#001' },
        parts: { N: '1' },
        kind: { S: 'MARK' },
        at: { N: '1760000000000' },
        waveId: { S: 'usdt#AAA#1' },
        body: { B: expect.any(Uint8Array) },
      },
    ]);
  });

  it('holds the line of JSON that a record on disk has', () => {
    expect(decisionLine(decisionItems(MARK))).toBe(JSON.stringify(plainJson(MARK)));
  });

  it('is cut into parts that items hold, and put together again', () => {
    const items = decisionItems(LONG);
    expect(items.map(({ part }) => part?.S)).toEqual(['DECISION#001', 'DECISION#002', 'DECISION#003']);
    for (const { body } of items) expect(body?.B?.length).toBeLessThanOrEqual(300_000);
    expect(decodeDecision(items)).toStrictEqual(LONG);
  });

  it('is refused with a part missing, doubled or out of order', () => {
    const items = decisionItems(LONG);
    for (const wrong of [[], items.slice(1), items.slice(0, -1), [...items].reverse(), [...items, ...items.slice(-1)]]) {
      expect(() => decodeDecision(wrong)).toThrow(expect.objectContaining({ name: 'DecodeError' }));
    }
  });

  it.each([
    ['a price of 65 digits', '"100.5"', `"${'1'.repeat(65)}"`],
    ['a price with an exponent', '"100.5"', '"1e2"'],
    ['a price that is a number', '"100.5"', '100.5'],
    ['a sequence that is a text', '"sequence":1', '"sequence":"1"'],
    ['a member more', '"kind":"MARK"', '"kind":"MARK","by":"x"'],
    ['a member less', '"sequenceSeen":0', '"sequenceSean":0'],
    ['a kind that there is not', '"kind":"MARK"', '"kind":"WISH"'],
    ['a verdict of no kind', '"IGNORED"', '"DROPPED"'],
    ['no hash', 'sha256:', ''],
    ['text after it', '"SEQUENCE_NOT_GROWING"}}', '"SEQUENCE_NOT_GROWING"}}{}'],
  ])('is refused with %s', (_what, from, to) => {
    expect(() => decodeDecision(partsOf(lineWith(from, to)))).toThrow(expect.objectContaining({ name: 'DecodeError' }));
  });

  it.each<[string, Attributes]>([
    ['the name of another', { entryKey: { S: 'MARK#AAA#2' } }],
    ['another kind', { kind: { S: 'MARGIN' } }],
    ['another time', { at: { N: '1' } }],
    ['another wave', { waveId: { S: 'usdt#AAA#2' } }],
    ['a pool that it is not about', { poolId: { S: 'a1#CROSS#USDT' } }],
    ['no bytes', { body: { S: 'x' } }],
    ['bytes that are not packed', { body: { B: new TextEncoder().encode('{}') } }],
    ['bytes that are no text', { body: { B: gzipSync(new Uint8Array([0xff, 0xfe])) } }],
    ['thirteen parts', { parts: { N: '13' } }],
  ])('is refused beside %s', (_what, changes) => {
    expect(() => decodeDecision(partsOf(JSON.stringify(plainJson(MARK)), changes))).toThrow(
      expect.objectContaining({ name: 'DecodeError' }),
    );
  });

  it('is refused with a bomb in its place', () => {
    const bomb = gzipSync(Buffer.alloc(129 * 1024 * 1024, ' '));
    expect(() => decisionLine(partsOf('', { body: { B: bomb } }))).toThrow('expected a packed text');
  });

  it.each([
    ['its name is too long', { decisionId: `MARK#${'a#'.repeat(110)}` }],
    ['its time is none', { at: epochMs(0.5) }],
    ['its wave is none', { waveId: 'usdt AAA 1' }],
  ])('is not put when %s', (_what, changes) => {
    expect(() => decisionItems({ ...MARK, ...changes })).toThrow(expect.objectContaining({ name: 'InvariantViolation' }));
  });

  it('is not put when no transaction holds it', () => {
    expect(() => decisionItems(ranking(120_000))).toThrow('a record has at most 12 parts, not 14');
  });

  it('keeps the 64 digits of a price', () => {
    const read = decodeDecision(decisionItems(ranking(1)));
    expect(read).toStrictEqual(ranking(1));
    expect(read.kind === 'RANKING' && read.marks.get('AAA')?.toFixed()).toBe(`33.${'3'.repeat(62)}`);
  });
});
