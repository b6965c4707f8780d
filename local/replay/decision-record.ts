import type { Write } from '#core/commit.ts';
import type { Decision } from '#core/decision.ts';
import type { CommitObserver } from '../store/memory-store.ts';
import type { MemoryTables } from '../store/memory-tables.ts';
import { recordLine } from './record-line.ts';

/** One line per decision, in the order of the commits. */
export class DecisionRecord implements CommitObserver {
  readonly lines: string[] = [];

  readonly beforeCommit = (_tables: MemoryTables, writes: readonly Write[]): void => {
    for (const write of writes) if (write.table === 'Decisions') this.#put(write.decision);
  };

  #put(decision: Decision): void {
    this.lines.push(recordLine(decision));
  }
}
