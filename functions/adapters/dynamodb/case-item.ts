import type { CaseLeg, CaseState, LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { type Attribute, count, flag, oneOf, whole } from './attribute.ts';
import { list, nullable, structure } from './composite-attribute.ts';
import { epochNumber, moneyNumber, priceNumber, quantityNumber, ratioNumber, recordedPrice } from './decimal-attribute.ts';
import { itemCodec } from './item.ts';
import { composedKey, id, lastWriter, ruleSetReference, side, version } from './key-attributes.ts';

/** Places in a wave's opening order; the key of a case in its wave pads them to six digits. */
const WAVE_RANK_MAX = 999_999;

export const waveRank = whole((value) => value, 0, WAVE_RANK_MAX);

export const caseState: Attribute<CaseState> = oneOf(
  'ORDERED',
  'ADL_WAIT',
  'ADL_RUN',
  'ADL_EXHAUSTED',
  'CLOSED_MARKET',
  'CLOSED_FUND',
  'CLOSED_ADL',
  'CLOSED_TAKEN_OVER',
  'CANCELLED',
  'HALTED',
);

export const caseLeg: Attribute<CaseLeg> = structure<CaseLeg>({
  marketId: id,
  side,
  quantityAtOpening: quantityNumber,
  residualQuantity: quantityNumber,
  bankruptcyValue: moneyNumber,
  bankruptcyPrice: nullable(recordedPrice),
  liquidationFeeRate: ratioNumber,
  markAtOpening: priceNumber,
  contributed: moneyNumber,
  awaitsDeleveraging: flag,
});

/** Cases: case → how far the liquidation of its pool has come. */
export const caseItem = itemCodec<LiquidationCase>({
  table: 'Cases',
  keys: ['caseId'],
  members: {
    caseId: composedKey,
    poolId: composedKey,
    accountId: id,
    settlementAsset: id,
    kind: oneOf('REDUCE', 'LIQUIDATE', 'TAKE_OVER'),
    state: caseState,
    ruleSet: ruleSetReference,
    openedAt: epochNumber,
    wave: composedKey,
    waveRank,
    attempt: count,
    legs: list(caseLeg),
    drawn: moneyNumber,
    received: moneyNumber,
    transferCount: count,
    version,
    lastWriter,
  },
});
