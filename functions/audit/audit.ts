import type { JournalEntry } from '#core/account/ledger.ts';
import type { Pool } from '#core/account/pool.ts';
import { type CommitOutcome, nextVersion } from '#core/commit.ts';
import { drawdownOf } from '#core/insurance/drawdown.ts';
import { floorOf } from '#core/insurance/fund-limits.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import { present } from '#core/invariant.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { changeStatus } from '#core/market/change-status.ts';
import type { MarketSecurity } from '#core/market/security-band.ts';
import { byCodeUnits } from '#core/ordering.ts';
import type { Ratio } from '#core/units/money.ts';
import type { EpochMs } from '#core/units/time.ts';
import { waveIdOf } from '#core/wave.ts';
import type { LanePort, MarketPort, PoolPort, WavePort, WritePort } from '../ports/store-ports.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import { caseFindings, entryFindings, type Finding, haltFindings, lockFindings, provenanceFindings } from './audit-case.ts';

/** How far a market's waves have been audited. */
export interface AuditCursor {
  readonly marketId: string;
  readonly sequence: number;
  readonly version: number;
}

export interface AuditPorts extends MarketPort, PoolPort, LanePort, WritePort, Pick<WavePort, 'loadWaveCases'> {
  readonly loadCase: (caseId: string) => Promise<LiquidationCase | null>;
  readonly loadFund: (fundId: string) => Promise<FundState>;
  /** All postings of a case. Throws when one cannot be read. */
  readonly loadEntries: (caseId: string) => Promise<readonly JournalEntry[]>;
  /** Sequences of the market's observations after one, lowest first, at most `limit`. */
  readonly loadSequences: (marketId: string, after: number, limit: number) => Promise<readonly number[]>;
  readonly loadCursor: (marketId: string) => Promise<AuditCursor | null>;
  /** Over the version before, absent for 1. */
  readonly saveCursor: (cursor: AuditCursor) => Promise<CommitOutcome>;
  /** Whether another wave may be begun. */
  readonly hasTime: () => boolean;
}

/** Waves of one market that a run looks at: a mark a second for eight minutes. What is left waits a minute. */
export const WAVES_PER_MARKET_MAX = 500;

export interface FundStanding {
  readonly fundId: string;
  /** Fall below the peak of the window, as a share of it. */
  readonly drawdown: Ratio;
  /** Whether the drawdown mode is on. */
  readonly isDrawnDown: boolean;
}

/** What stood behind a market when it was last looked at; only markets whose law watches it. */
export type SecurityStanding = Pick<MarketSecurity, 'band' | 'ratio'> & { readonly marketId: string };

export interface AuditReport {
  readonly waves: number;
  readonly cases: number;
  readonly entries: number;
  readonly findings: readonly Finding[];
  /** Markets that this run stopped. */
  readonly halted: readonly string[];
  readonly funds: readonly FundStanding[];
  readonly securities: readonly SecurityStanding[];
  /** Markets with more finished waves than the run looked at. */
  readonly behind: readonly string[];
  /** Markets and funds that could not be looked at, and why. */
  readonly failed: readonly string[];
}

type Counts = { waves: number; cases: number; entries: number };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One run, as it goes from market to market. */
class AuditRun {
  readonly #ports: AuditPorts;
  readonly #now: EpochMs;
  readonly #counts: Counts = { waves: 0, cases: 0, entries: 0 };
  readonly #findings: Finding[] = [];
  readonly #halted: string[] = [];
  readonly #funds: FundStanding[] = [];
  readonly #securities: SecurityStanding[] = [];
  readonly #behind: string[] = [];
  readonly #failed: string[] = [];

  constructor(ports: AuditPorts, now: EpochMs) {
    this.#ports = ports;
    this.#now = now;
  }

  /** Looks at something; what goes wrong there keeps nothing else from being looked at. */
  async look(subject: string, at: () => Promise<void>): Promise<void> {
    try {
      await at();
    } catch (error) {
      this.#failed.push(`${subject}: ${messageOf(error)}`);
    }
  }

  async fund(fundId: string): Promise<void> {
    const fund = await this.#ports.loadFund(fundId);
    this.#funds.push({ fundId, drawdown: drawdownOf(fund.drawdown, fund.balance), isDrawnDown: fund.drawdown.active });
    const floor = floorOf(fund.policy);
    if (fund.balance.gte(floor)) return;
    const message = `balance \`${fund.balance.toFixed()}\` is below its floor \`${floor.toFixed()}\``;
    this.#findings.push({ subject: `fund \`${fundId}\``, message, halts: [] });
  }

  async market(marketId: string): Promise<void> {
    const cursor = (await this.#ports.loadCursor(marketId)) ?? { marketId, sequence: -1, version: 0 };
    const finished = await this.#finished(marketId, cursor.sequence);
    let audited = cursor.sequence;
    for (const sequence of finished) {
      if (!this.#ports.hasTime()) break;
      await this.#wave(waveIdOf(this.#ports.fundIdOf(marketId), marketId, sequence));
      audited = sequence;
    }
    if (finished.length === WAVES_PER_MARKET_MAX || audited !== (finished.at(-1) ?? audited)) this.#behind.push(marketId);
    // Whoever audits at the same time has saved as much: what is audited twice is found twice, and harms nobody.
    if (audited > cursor.sequence) await this.#ports.saveCursor({ marketId, sequence: audited, version: cursor.version + 1 });
  }

  /** Sequences whose waves were rung and have left their lane. The market is read before the lane: a wave that it knows was in line then, or is done. */
  async #finished(marketId: string, after: number): Promise<readonly number[]> {
    const market = present(await this.#ports.loadMarket(marketId), `market ${marketId} exists`);
    if (market.security !== null) this.#securities.push({ marketId, band: market.security.band, ratio: market.security.ratio });
    const lane = await this.#ports.loadLane(this.#ports.fundIdOf(marketId));
    const inLine = lane.waves.filter((wave) => wave.marketId === marketId).map((wave) => wave.sequence);
    const sequences = await this.#ports.loadSequences(marketId, after, WAVES_PER_MARKET_MAX);
    return sequences.filter((sequence) => sequence <= market.watchedSequence && inLine.every((waiting) => sequence < waiting));
  }

  async #wave(waveId: string): Promise<void> {
    for (const liquidation of await this.#ports.loadWaveCases(waveId)) await this.#case(liquidation);
    this.#counts.waves += 1;
  }

  async #case(liquidation: LiquidationCase): Promise<void> {
    const entries = await this.#ports.loadEntries(liquidation.caseId);
    const pool: Pool | null = await this.#ports.loadPool(liquidation.poolId);
    const again = await this.#ports.loadCase(liquidation.caseId);
    // A case that moved while it was read has another attempt in a later wave, and is looked at there.
    if (again?.version !== liquidation.version) return;
    this.#counts.cases += 1;
    this.#counts.entries += entries.length;
    const atRest = [...lockFindings(liquidation, pool), ...haltFindings(liquidation)];
    const strays = entries.flatMap((entry) => provenanceFindings(entry, this.#ports.fundIdOf));
    await this.#report([...entries.flatMap(entryFindings), ...strays, ...caseFindings(liquidation, entries), ...atRest]);
  }

  async #report(findings: readonly Finding[]): Promise<void> {
    this.#findings.push(...findings);
    for (const marketId of new Set(findings.flatMap(({ halts }) => halts))) await this.#halt(marketId);
  }

  async #halt(marketId: string): Promise<void> {
    await untilCommitted(marketId, async () => {
      const market = present(await this.#ports.loadMarket(marketId), `market ${marketId} exists`);
      if (market.status === 'HALTED') return 'COMMITTED';
      const outcome = await this.#ports.commit([
        { table: 'Markets', item: nextVersion(changeStatus(market, 'HALTED', this.#now), 'OPERATOR') },
      ]);
      if (outcome === 'COMMITTED') this.#halted.push(marketId);
      return outcome;
    });
  }

  report(): AuditReport {
    const { waves, cases, entries } = this.#counts;
    const [findings, halted, behind, failed] = [this.#findings, this.#halted, this.#behind, this.#failed];
    return { waves, cases, entries, findings, halted, funds: this.#funds, securities: this.#securities, behind, failed };
  }
}

/**
 * Checks the books of the waves that finished since the last run, market by market: every entry sums to zero, every case is what its entries say and
 * holds its pool exactly while it lives, every fund stands at or above its floor. A broken entry or case stops its markets; people let them go on.
 *
 * Each market remembers how far it has been audited, and only after it has been: a run that ends early is made up for by the next.
 */
export const audit =
  (ports: AuditPorts) =>
  async (fundIds: ReadonlyMap<string, string>, now: EpochMs): Promise<AuditReport> => {
    const run = new AuditRun(ports, now);
    for (const fundId of [...new Set(fundIds.values())].sort(byCodeUnits)) await run.look(`fund \`${fundId}\``, () => run.fund(fundId));
    for (const marketId of [...fundIds.keys()].sort(byCodeUnits)) await run.look(`market \`${marketId}\``, () => run.market(marketId));
    return run.report();
  };
