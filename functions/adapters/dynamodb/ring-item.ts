import type { Nomination, Ring } from '#core/wave.ts';
import { oneOf } from './attribute.ts';
import { waveRank } from './case-item.ts';
import { marginChoice } from './choice-attribute.ts';
import { nullable } from './composite-attribute.ts';
import { itemCodec } from './item.ts';
import { composedKey, recordKey } from './key-attributes.ts';

/** Partition of a wave's rings. */
export const ringKey = (waveId: string): string => `RING#${waveId}`;

/** Partition of a wave's nominations. */
export const nominationKey = (waveId: string): string => `NOMINATION#${waveId}`;

/** Partition of the cases whose current attempt belongs to a wave. */
export const waveCasesKey = (waveId: string): string => `CASES#${waveId}`;

/** A case in the opening order of the wave of its current attempt. */
export interface WaveCase {
  readonly waveId: string;
  readonly waveRank: number;
  readonly caseId: string;
}

const RANK_DIGITS = 6;

/** Sort key of a case in its wave: cases are listed in opening order, and no two have the same place. */
const rankKey = ({ waveRank: rank }: WaveCase): string => String(rank).padStart(RANK_DIGITS, '0');

const keys = ['waveKey', 'poolId'];

/** Rings: (RING#wave, pool) → a pool to look at. */
export const ringItem = itemCodec<Ring>({
  table: 'Rings',
  keys,
  constants: { kind: 'RING' },
  derived: { waveKey: ({ waveId }) => ringKey(waveId) },
  members: { waveId: composedKey, poolId: composedKey, cause: oneOf('GUARD_CROSSED', 'DUE') },
});

/** Rings: (NOMINATION#wave, pool) → what the rules chose for the pool. */
export const nominationItem = itemCodec<Nomination>({
  table: 'Rings',
  keys,
  constants: { kind: 'NOMINATION' },
  derived: { waveKey: ({ waveId }) => nominationKey(waveId) },
  members: {
    waveId: composedKey,
    poolId: composedKey,
    decisionId: recordKey,
    choice: marginChoice,
    caseId: nullable(composedKey),
  },
});

/** Rings: (CASES#wave, rank) → a case of the wave. The sort key stands where a ring has its pool. */
export const waveCaseItem = itemCodec<WaveCase>({
  table: 'Rings',
  keys,
  constants: { kind: 'CASE' },
  derived: { waveKey: ({ waveId }) => waveCasesKey(waveId), poolId: rankKey },
  members: { waveId: composedKey, waveRank, caseId: composedKey },
});
