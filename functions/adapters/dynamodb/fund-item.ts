import type { DrawdownState, PeakSlice } from '#core/insurance/drawdown.ts';
import type { DrawCounters, FundState } from '#core/insurance/fund-state.ts';
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

const drawdown: Attribute<DrawdownState> = structure<DrawdownState>({
  peaks: list(structure<PeakSlice>({ sliceStart: epochNumber, peak: moneyNumber })),
  active: flag,
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
    version,
    lastWriter,
  },
});
