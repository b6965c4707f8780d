import type { Write } from '#core/commit.ts';
import type { Decision } from '#core/decision.ts';
import { Decimal } from '#core/units/decimal.ts';
import type { CommitObserver } from '../store/memory-store.ts';
import type { MemoryTables } from '../store/memory-tables.ts';

/** Decimals as strings, maps as objects: the same decision gives the same text on every machine. */
export const plainJson = (value: unknown): unknown => {
  if (value instanceof Decimal) return value.toFixed();
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [String(key), plainJson(each)]));
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainJson(each)]));
};

/** One line per decision, in the order of the commits. */
export class DecisionRecord implements CommitObserver {
  readonly lines: string[] = [];

  readonly beforeCommit = (_tables: MemoryTables, writes: readonly Write[]): void => {
    for (const write of writes) if (write.table === 'Decisions') this.#put(write.decision);
  };

  #put(decision: Decision): void {
    this.lines.push(JSON.stringify(plainJson(decision)));
  }
}
