import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { deleverageMarket } from '#functions/deleverage/deleverage.ts';
import { evaluateMargin } from '#functions/evaluate-margin/evaluate-margin.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { settleLiquidation } from '#functions/settle-liquidation/settle-liquidation.ts';
import { ringWave } from '#functions/watch-marks/watch-marks.ts';
import type { MarkGroup } from '#local/mark-path.ts';
import type { ReplayInputs } from '#local/replay/run-replay.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { booksOf, deliverGroup, type Engine, engineOf, publishGroup } from '../support/delivery.ts';
import { encounters } from '../support/interleaving.ts';
import { largeInputs } from '../support/large-venue.ts';
import { HOUSE, leaf, withFund, withShortfallRule } from '../support/small-law.ts';
import { inputsOf, type SmallVenue } from '../support/small-venue.ts';
import { nominated, ordered, type Stage, waiting } from '../support/wave-stages.ts';
import { WHALE_CASE, whaleVenue } from '../support/whale.ts';

const named = (count: number, letter: string, account: (index: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${String(index).padStart(2, '0')} | ${account(index)}`);

/** Two longs that cost the fund, which stands right above its floor, more than it may pay. */
const TIGHT: SmallVenue = {
  accounts: 'worst | 50 | LONG 10 AAA 100\n second | 60 | LONG 10 AAA 100\n winner | 9000 | SHORT 20 AAA 100',
  fund: '1000',
  marks: '0 | 90 | -',
};
const TIGHT_LAW = withFund(HOUSE, { floor: '920', drawCapPerMarket: '80', drawCapPerInterval: '80' });

/** Residuals of which the first takes more than one chunk of counterparties, and which are more than all of these hold. */
const CROWD: SmallVenue = {
  accounts: [
    'worst | 31 | LONG 31 AAA 100',
    'second | 16 | LONG 8 AAA 100',
    ...named(35, 's', (index) => `90 | SHORT 1 AAA ${120 - index / 5}`),
  ].join('\n'),
  fund: '300',
  marks: '0 | 90 | -',
  takerFeeRate: '0.0005',
  depthPerMark: { AAA: '0' },
  lotSize: '1',
};

/** Counterparties hold 10 of 40 contracts; what they leave is shared out among more pools than one chunk holds. */
const LOSERS: SmallVenue = {
  accounts: [
    'worst | 40 | LONG 40 AAA 100',
    's1 | 900 | SHORT 4 AAA 120',
    's2 | 900 | SHORT 6 AAA 110',
    ...named(33, 'l', () => '300 | LONG 0.75 AAA 101'),
  ].join('\n'),
  fund: '5',
  marks: '0 | 90 | -',
  depthPerMark: { AAA: '0' },
};

const AT_MARK: RuleSet = { ...HOUSE, deleveraging: { ...HOUSE.deleveraging, settlementPrice: 'MARK' } };
const SHARING = withShortfallRule(HOUSE, leaf('residualQuantity', 'decimalGreaterThan', '0'), { type: 'SOCIALIZE' });
const OVER_ALL: RuleSet = { ...SHARING, deleveraging: { ...SHARING.deleveraging, afterCounterparties: 'SOCIALIZE_OVER_OPEN_INTEREST' } };

/** The case of a pool that nobody could close waits for a second mark, which is a good one. */
const RECOVERY: SmallVenue = {
  accounts: 'worst | 50 | LONG 10 AAA 100',
  marks: '0 | 94 | -\n 15 | 100 | -',
  depthPerMark: { AAA: '0' },
};

/** All that the second of two marks endangers is evaluated. */
const nominatedAgain = async (inputs: ReplayInputs): Promise<Stage> => {
  const engine = engineOf(inputs);
  const [first, second]: readonly (MarkGroup | undefined)[] = inputs.groups;
  await deliverGroup(engine, present(first, 'a first mark'));
  const waves = await publishGroup(engine, present(second, 'a second mark'));
  const wave = present(waves[0], 'the second mark is accepted');
  const moved = waves.map(({ marketId }) => marketId);
  for (const ring of await ringWave(engine.ports)(wave, moved)) await evaluateMargin(engine.ports)(ring, wave);
  return { engine, wave };
};

const withOrdersEnded = async (staging: Promise<Stage>): Promise<Stage> => {
  const stage = await staging;
  await stage.engine.venue.work(stage.wave.waveId);
  return stage;
};

/** The orders of 14 legs have ended: more than one commit settles. */
const whaleEnded = async (): Promise<Stage> => {
  const stage = await nominatedAgain(largeInputs(whaleVenue(14, 'INSOLVENT', '200000'), HOUSE));
  await openWave(stage.engine.ports)(stage.wave);
  return withOrdersEnded(Promise.resolve(stage));
};

type Deliver = (engine: Engine, stage: Stage) => Promise<void>;

const settling =
  (...caseIds: readonly string[]): Deliver =>
  async ({ ports }, { wave }) => {
    for (const caseId of caseIds) await settleLiquidation(ports)(caseId, wave);
  };
const [WORST, SECOND] = ['worst#CROSS#USDT#1', 'second#CROSS#USDT#1'];
const settleBoth = settling(WORST, SECOND);
const deleverage: Deliver = ({ ports }, { wave }) => deleverageMarket(ports)(wave, 'AAA', 'LONG');
const open: Deliver = ({ ports }, { wave }) => openWave(ports)(wave);
const tightEnded = () => withOrdersEnded(ordered(TIGHT, TIGHT_LAW));

type Way = readonly [what: string, prepare: () => Promise<Stage>, deliver: Deliver];

const WAYS: readonly Way[] = [
  ['opening against a fund that cannot pay for all', () => nominated(TIGHT, TIGHT_LAW), open],
  ['opening where a waiting case has recovered', () => nominatedAgain(inputsOf(RECOVERY, HOUSE)), open],
  ['settling what takes the fund to its floor and its caps', tightEnded, settleBoth],
  ['settling a case in portions', whaleEnded, settling(WHALE_CASE)],
  ['deleveraging in chunks', () => waiting(CROWD, HOUSE), deleverage],
  ['deleveraging at the mark, the fund paying down to its floor', () => waiting(CROWD, AT_MARK), deleverage],
  ['sharing out what counterparties leave', () => waiting(LOSERS, OVER_ALL), deleverage],
];

/** The places where the end is not the one of a single delivery. */
const differences = async (prepare: () => Promise<Stage>, deliver: Deliver, other: Deliver, alone: Deliver): Promise<readonly string[]> => {
  const single = await prepare();
  await alone(single.engine, single);
  const books = JSON.stringify(booksOf(single.engine));
  const wrong: string[] = [];
  for await (const { stage, where, thrown } of encounters(prepare, deliver, { other, commitsMax: 1 })) {
    if (thrown === null && deliver !== other) await other(stage.engine, stage);
    if (thrown !== null) wrong.push(`${where}: ${String(thrown)}`);
    else if (stage.engine.auditor.violations.length > 0) wrong.push(`${where}: ${stage.engine.auditor.violations.join()}`);
    else if (JSON.stringify(booksOf(stage.engine)) !== books) wrong.push(`${where}: other books`);
  }
  return wrong;
};

const PATIENCE_MS = 120_000;

describe.each(WAYS)('two deliveries of %s', (_what, prepare, deliver) => {
  it(
    'end as one does and throw nothing, wherever the second runs into the first',
    async () => {
      expect(await differences(prepare, deliver, deliver, deliver)).toEqual([]);
    },
    PATIENCE_MS,
  );
});

describe('two cases of one fund', () => {
  it('are settled beside each other as one after the other', async () => {
    expect(await differences(tightEnded, settling(SECOND), settling(WORST), settleBoth)).toEqual([]);
  });
});
