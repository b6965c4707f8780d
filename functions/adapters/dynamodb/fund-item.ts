import type { DrawdownState } from '#core/insurance/drawdown.ts';
import type { FundMemory, MarketResult } from '#core/insurance/fund-memory.ts';
import type { DrawCounters, FundState } from '#core/insurance/fund-state.ts';
import type { PeakSlice } from '#core/insurance/peak-window.ts';
import { type Attribute, flag } from './attribute.ts';
import { list, mapOf, structure } from './composite-attribute.ts';
import { epochNumber, moneyNumber } from './decimal-attribute.ts';
import { fundPolicyAttribute } from './fund-policy-attribute.ts';
import { itemCodec } from './item.ts';
import { id, lastWriter, version } from './key-attributes.ts';

/** Sort key of a fund's state. */
export const FUND_STATE_PART = 'STATE';

const byMarket = mapOf(id, moneyNumber);

const draws: Attribute<DrawCounters> = structure<DrawCounters>({ intervalStart: epochNumber, byMarket });

const peaks: Attribute<readonly PeakSlice[]> = list(structure<PeakSlice>({ sliceStart: epochNumber, peak: moneyNumber }));

const drawdown: Attribute<DrawdownState> = structure<DrawdownState>({ peaks, active: flag });

const memory: Attribute<FundMemory> = structure<FundMemory>({
  paid: byMarket,
  results: mapOf(id, structure<MarketResult>({ result: moneyNumber, peaks, active: flag })),
  isBelowTrigger: flag,
});

/** Funds: (fund, STATE) → balance, reservations and counters, with the policy that they are kept by. */
export const fundItem = itemCodec<FundState>({
  table: 'Funds',
  keys: ['fundId', 'part'],
  constants: { part: FUND_STATE_PART },
  members: {
    fundId: id,
    asset: id,
    policy: fundPolicyAttribute,
    balance: moneyNumber,
    reserved: byMarket,
    draws,
    drawdown,
    memory,
    version,
    lastWriter,
  },
});
