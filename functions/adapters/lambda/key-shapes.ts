import type { AttributeValue } from 'aws-lambda';
import { ok, type Result, refused } from '#core/result.ts';

/** Keys of a stream record, by attribute. */
export type Keys = Readonly<Record<string, AttributeValue | undefined>>;

/** How the key of a table is read: which attributes it has, partition first, and what they mean. The refusal says why they mean nothing. */
export interface KeyShape<Bell> {
  readonly attributes: readonly [partition: string, sort?: string];
  readonly read: (keys: Keys) => Result<Bell, string>;
}

/** Longest composed key. */
const KEY_LENGTH_MAX = 160;

const ID = '[A-Za-z0-9_.-]{1,40}';
const SEQUENCE = '(?:0|[1-9]\\d{0,14})';
const NUMBER = '[1-9]\\d{0,8}';
const POOL = `${ID}#(?:CROSS#${ID}|ISOLATED#${ID}#(?:LONG|SHORT))`;

const form = (pattern: string): RegExp => new RegExp(`^${pattern}$`);

const WAVE_ID = form(`(${ID})#(${ID})#(${SEQUENCE})`);
const WAVE_KEY = form(`(RING|NOMINATION)#(${ID}#${ID}#${SEQUENCE})`);
const LANE_KEY_TEXT = form(`LANE#(${ID})`);
const MARKET_ID = form(ID);
const POOL_ID = form(POOL);
const CASE_ID = form(`${POOL}#${NUMBER}`);
const ORDER_ID = form(`(${POOL}#${NUMBER})#${ID}#(?:LONG|SHORT)#${NUMBER}`);
const SEQUENCE_TEXT = form(SEQUENCE);

/** What a value looks like in a message: cut, so that a long one fills no log. */
const shown = (value: AttributeValue | undefined): string => JSON.stringify(value ?? null).slice(0, KEY_LENGTH_MAX);

const textOf = (keys: Keys, attribute: string, pattern: RegExp): Result<RegExpExecArray, string> => {
  const text = keys[attribute]?.S;
  const match = text !== undefined && text.length <= KEY_LENGTH_MAX ? pattern.exec(text) : null;
  return match === null ? refused(`key \`${attribute}\` is not one that rings here: \`${shown(keys[attribute])}\``) : ok(match);
};

/** Parts of a wave's id; null for a text that is none. */
export const waveParts = (waveId: string): { readonly fundId: string; readonly marketId: string } | null => {
  const [, fundId, marketId] = WAVE_ID.exec(waveId) ?? [];
  return fundId === undefined || marketId === undefined ? null : { fundId, marketId };
};

export interface ObservationKey {
  readonly marketId: string;
  readonly sequence: number;
}

export const OBSERVATION_KEY: KeyShape<ObservationKey> = {
  attributes: ['marketId', 'sequence'],
  read: (keys) => {
    const marketId = textOf(keys, 'marketId', MARKET_ID);
    if (!marketId.ok) return marketId;
    const sequence = keys.sequence?.N;
    if (sequence === undefined || !SEQUENCE_TEXT.test(sequence))
      return refused(`key \`sequence\` is no sequence number: \`${shown(keys.sequence)}\``);
    return ok({ marketId: marketId.value[0], sequence: Number(sequence) });
  },
};

/** The key of one table whose whole is one text; `group` is the part of it that is meant. */
const single = (attribute: string, pattern: RegExp, group: number): KeyShape<string> => ({
  attributes: [attribute],
  read: (keys) => {
    const match = textOf(keys, attribute, pattern);
    return match.ok ? ok(match.value[group] ?? '') : match;
  },
});

/** The fund of a lane. */
export const LANE_KEY: KeyShape<string> = single('controlKey', LANE_KEY_TEXT, 1);
export const POOL_KEY: KeyShape<string> = single('poolId', POOL_ID, 0);
export const CASE_KEY: KeyShape<string> = single('caseId', CASE_ID, 0);
/** The case of a liquidation order. */
export const ORDER_KEY: KeyShape<string> = single('orderId', ORDER_ID, 1);

export interface WavePoolKey {
  readonly kind: 'RING' | 'NOMINATION';
  readonly waveId: string;
  readonly fundId: string;
  readonly poolId: string;
}

/** A ring or a nomination. */
export const WAVE_POOL_KEY: KeyShape<WavePoolKey> = {
  attributes: ['waveKey', 'poolId'],
  read: (keys) => {
    const waveKey = textOf(keys, 'waveKey', WAVE_KEY);
    if (!waveKey.ok) return waveKey;
    const poolId = textOf(keys, 'poolId', POOL_ID);
    if (!poolId.ok) return poolId;
    const [, kind, waveId = ''] = waveKey.value;
    const fundId = waveParts(waveId)?.fundId ?? '';
    return ok({ kind: kind === 'RING' ? 'RING' : 'NOMINATION', waveId, fundId, poolId: poolId.value[0] });
  },
};

/** A ring alone: nominations are opened, not evaluated. */
export const RING_KEY: KeyShape<WavePoolKey> = {
  ...WAVE_POOL_KEY,
  read: (keys) => {
    const key = WAVE_POOL_KEY.read(keys);
    return key.ok && key.value.kind !== 'RING' ? refused(`a ${key.value.kind} does not ring here`) : key;
  },
};
