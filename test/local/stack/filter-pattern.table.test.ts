import { describe, expect, it } from 'vitest';
import { anyFilter, parseFilterPattern } from '#local/stack/filter-pattern.ts';

const record = {
  eventName: 'MODIFY',
  dynamodb: {
    Keys: { controlKey: { S: 'LANE#usdt' } },
    NewImage: { kind: { S: 'RING' }, version: { N: '7' }, held: { BOOL: false }, tags: { SS: ['a', 'b'] }, gone: { NULL: true } },
  },
};

const newImage = (field: string, pattern: unknown) => JSON.stringify({ dynamodb: { NewImage: { [field]: pattern } } });

describe('a filter pattern', () => {
  it.each([
    ['a value exactly', '{"eventName":["MODIFY"]}', true],
    ['another value', '{"eventName":["INSERT"]}', false],
    ['one of several values', '{"eventName":["INSERT","MODIFY"]}', true],
    ['the same letters in another case', '{"eventName":["modify"]}', false],
    ['all of several fields', '{"eventName":["MODIFY"],"dynamodb":{"NewImage":{"kind":{"S":["RING"]}}}}', true],
    ['one field of several only', '{"eventName":["MODIFY"],"dynamodb":{"NewImage":{"kind":{"S":["CASE"]}}}}', false],
    ['a beginning', '{"dynamodb":{"Keys":{"controlKey":{"S":[{"prefix":"LANE#"}]}}}}', true],
    ['another beginning', '{"dynamodb":{"Keys":{"controlKey":{"S":[{"prefix":"SWITCH#"}]}}}}', false],
    ['an end', '{"dynamodb":{"Keys":{"controlKey":{"S":[{"suffix":"#usdt"}]}}}}', true],
    ['a beginning or a value', '{"dynamodb":{"Keys":{"controlKey":{"S":["X",{"prefix":"LANE#"}]}}}}', true],
    ['a truth value', newImage('held', { BOOL: [false] }), true],
    ['a truth value as text', newImage('held', { BOOL: ['false'] }), false],
    ['a number, which is text in a record', newImage('version', { N: ['7'] }), true],
    ['a number as a number', newImage('version', { N: [7] }), false],
    ['an element of a set', newImage('tags', { SS: ['b'] }), true],
    ['no element of a set', newImage('tags', { SS: ['c'] }), false],
    ['a leaf that is there', newImage('kind', { S: [{ exists: true }] }), true],
    ['a leaf that is not there', newImage('caseId', { S: [{ exists: true }] }), false],
    ['the absence of a leaf', newImage('caseId', { S: [{ exists: false }] }), true],
    ['the absence of a leaf that is there', newImage('kind', { S: [{ exists: false }] }), false],
    ['the presence of an attribute, which is no leaf', newImage('kind', [{ exists: true }]), false],
    ['anything but another value', newImage('kind', { S: [{ 'anything-but': ['CASE', 'NOMINATION'] }] }), true],
    ['anything but this value', newImage('kind', { S: [{ 'anything-but': ['CASE', 'RING'] }] }), false],
    ['anything but a value, where there is none', newImage('caseId', { S: [{ 'anything-but': ['x'] }] }), false],
    ['anything but this beginning', newImage('kind', { S: [{ 'anything-but': { prefix: 'RI' } }] }), false],
    ['anything but another beginning', newImage('kind', { S: [{ 'anything-but': { prefix: 'CA' } }] }), true],
    ['a field of the prototype', '{"dynamodb":{"toString":{"S":[{"exists":true}]}}}', false],
  ])('that asks for %s', (_claim, pattern, expected) => {
    expect(parseFilterPattern(pattern)(record)).toBe(expected);
  });

  it.each([
    ['a numeric comparison, which never matches a number of DynamoDB', newImage('version', { N: [{ numeric: ['>', 1] }] })],
    ['an unknown comparison', newImage('kind', { S: [{ wildcard: 'R*' }] })],
    ['two comparisons in one', newImage('kind', { S: [{ prefix: 'R', suffix: 'G' }] })],
    ['a value outside a list', '{"eventName":"INSERT"}'],
    ['an empty list', '{"eventName":[]}'],
    ['an empty object', '{"dynamodb":{}}'],
    ['an empty beginning', '{"eventName":[{"prefix":""}]}'],
    ['a list at the top', '["INSERT"]'],
  ])('may not hold %s', (_claim, pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow(/^a filter pattern may not hold `/);
  });

  it('is one of several alternatives', () => {
    expect(anyFilter(['{"eventName":["INSERT"]}', '{"eventName":["MODIFY"]}'])(record)).toBe(true);
    expect(anyFilter(['{"eventName":["INSERT"]}', '{"eventName":["REMOVE"]}'])(record)).toBe(false);
  });

  it('is not needed: without any, all records pass', () => expect(anyFilter([])(record)).toBe(true));
});
