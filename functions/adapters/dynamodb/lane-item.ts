import type { Lane, LaneWave } from '#core/lane.ts';
import { type Attribute, count, flag, oneOf } from './attribute.ts';
import { list, structure } from './composite-attribute.ts';
import { epochNumber } from './decimal-attribute.ts';
import { itemCodec } from './item.ts';
import { composedKey, id, lastWriter, version } from './key-attributes.ts';

/** Key of a fund domain's lane. */
export const laneKey = (fundId: string): string => `LANE#${fundId}`;

const wave: Attribute<LaneWave> = structure<LaneWave>({
  waveId: composedKey,
  fundId: id,
  marketId: id,
  sequence: count,
  at: epochNumber,
  stage: oneOf('QUEUED', 'RUNG'),
});

/** Controls: LANE#fund → the waves of a fund domain, first in line first. */
export const laneItem = itemCodec<Lane>({
  table: 'Controls',
  keys: ['controlKey'],
  derived: { controlKey: ({ fundId }) => laneKey(fundId) },
  members: { fundId: id, held: flag, waves: list(wave), version, lastWriter },
});
