import { nextVersion, type Write, type Writer } from '#core/commit.ts';
import { decisionIdOf, type SafeguardDecision } from '#core/decision.ts';
import { windowPeak } from '#core/insurance/drawdown.ts';
import { reservedTotal } from '#core/insurance/fund-limits.ts';
import { fundEvents } from '#core/insurance/fund-mode.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import type { RuleSetReference } from '#core/policy.ts';
import type { Wave } from '#core/wave.ts';

/** Under which law and in which wave a fund is written, and by which part of the engine. */
export interface FundWriting {
  readonly writer: Writer;
  readonly wave: Wave;
  readonly ruleSet: RuleSetReference;
}

/** A fund's next version, and beside it the record of the modes and warnings that began or ended since the version that is stored. */
export const fundWrites = (stored: FundState, after: FundState, { writer, wave, ruleSet }: FundWriting): readonly Write[] => {
  const item = nextVersion(after, writer);
  const events = fundEvents(stored, item);
  if (events.length === 0) return [{ table: 'Funds', item }];
  const decision: SafeguardDecision = {
    kind: 'SAFEGUARD',
    decisionId: decisionIdOf('SAFEGUARD', 'FUND', item.fundId, item.version),
    at: wave.at,
    waveId: wave.waveId,
    ruleSet,
    event: {
      subject: 'FUND',
      fundId: item.fundId,
      events,
      balance: item.balance,
      reserved: reservedTotal(item),
      peak: windowPeak(item.drawdown),
    },
  };
  return [
    { table: 'Funds', item },
    { table: 'Decisions', decision },
  ];
};
