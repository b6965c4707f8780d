import type { RuleSet } from '#rule-sets/rule-set.ts';
import { deliverGroup, engineOf, observationsOf } from '../support/delivery.ts';
import { inputsOf, type SmallVenue } from '../support/small-venue.ts';
import { type DeliveryWeather, MemoryStreams } from './memory-streams.ts';

/** Market fills, fund draws, deleveraging, exhaustion and the next attempt; two markets in one fund domain, one pool in both. */
export const CRASH: SmallVenue = {
  accounts: [
    'a1 | 50 | LONG 10 AAA 100',
    'a2 | 60 | LONG 10 AAA 100',
    'a3 | 900 | SHORT 12 AAA 101',
    'a4 | 800 | SHORT 9 AAA 102',
    'a5 | 70 | LONG 3 AAA 100 + LONG 4 BBB 100',
    'a6 | 500 | SHORT 4 BBB 100',
  ].join('\n '),
  fund: '40',
  depthPerMark: { AAA: '5', BBB: '1' },
  marks: '0 | 100 | 100\n 1 | 97 | -\n 2 | 94 | 92\n 3 | 90 | 80\n 4 | 88 | 70\n 5 | 99 | 99',
};

/** The same in contracts of 100 quote units that settle in a coin: losses of the longs grow faster than the price falls. */
export const INVERSE_CRASH: SmallVenue = {
  accounts: [
    'a1 | 0.5 | LONG 10 AAA 100',
    'a2 | 0.6 | LONG 10 AAA 100',
    'a3 | 9   | SHORT 12 AAA 101',
    'a4 | 8   | SHORT 9 AAA 102',
    'a5 | 0.7 | LONG 3 AAA 100 + LONG 4 BBB 100',
    'a6 | 5   | SHORT 4 BBB 100',
    'a7 | 3   | SHORT 3 AAA 99',
  ].join('\n '),
  fund: '0.4',
  depthPerMark: { AAA: '5', BBB: '1' },
  takerFeeRate: '0.0005',
  inverse: { coin: 'BTC', multiplier: '100' },
  marks: '0 | 100 | 100\n 1 | 97 | -\n 2 | 94 | 92\n 3 | 90 | 80\n 4 | 88 | 70\n 5 | 99 | 99',
};

/** The crash in one process. */
export const inProcess = async (law: RuleSet, venue: SmallVenue = CRASH) => {
  const inputs = inputsOf(venue, law);
  const engine = engineOf(inputs);
  for (const group of inputs.groups) await deliverGroup(engine, group);
  return engine;
};

/** The crash by the functions that streams ring. `afterMark` is called when nothing moves any more. */
export const byStreams = async (
  law: RuleSet,
  weather: DeliveryWeather,
  afterMark: (streams: MemoryStreams) => Promise<void> = async () => {},
  venue: SmallVenue = CRASH,
) => {
  const inputs = inputsOf(venue, law);
  const streams = new MemoryStreams(inputs, weather);
  for (const group of inputs.groups) {
    for (const observation of observationsOf(group)) streams.observe(observation);
    await streams.settle();
    await afterMark(streams);
  }
  return streams;
};
