/** Waits that others may cut short: whoever has just written something wakes the readers of streams. */
export class Pace {
  readonly #sleepers = new Set<() => void>();

  /** Resolves after `ms`, or when somebody calls `hurry` before. */
  rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#sleepers.add(wake);
    });
  }

  hurry(): void {
    for (const wake of [...this.#sleepers]) wake();
  }
}
