import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../stack/start-stack.ts';

/** How long one step may take before it counts as stuck. */
const STEP_MS_MAX = 120_000;

const LOOK_MS_MIN = 2;
const LOOK_MS_MAX = 25;
const SLOWER = 1.5;

/** How long the stack may take to notice that its database is gone, once a read has failed. */
const BREAK_MS_MAX = 200;

/** Something that the functions of the stack were to do was not done in time. */
export class StackStuck extends Error {
  override readonly name = 'StackStuck';
}

export interface WatchOptions {
  readonly stack: Pick<Stack, 'broken'>;
  /** Ends every wait; its reason is thrown. */
  readonly signal: AbortSignal;
  /** The last thing that went wrong in the stack, for the message of what is stuck; null where nothing did. */
  readonly trouble: () => string | null;
  readonly stepMsMax?: number | undefined;
}

/**
 * Looks again and again until `look` gives something. Throws `StackStuck`, naming `what`, when that takes too long; an `Error` when the stack breaks down;
 * and the reason of the signal.
 */
export type Watch = <Found>(what: string, look: () => Promise<Found | null>) => Promise<Found>;

/** Looks again and again until the condition holds. Throws what a watch throws. */
export type Until = (what: string, holds: () => Promise<boolean>) => Promise<void>;

export const untilOf =
  (watch: Watch): Until =>
  async (what, holds) => {
    await watch(what, async () => ((await holds()) ? true : null));
  };

export const watchOf = ({ stack, signal, trouble, stepMsMax = STEP_MS_MAX }: WatchOptions): Watch => {
  let broken: string | null = null;
  stack.broken.then((reason) => {
    broken = reason;
  });
  const failIfBroken = (what: string): void => {
    if (broken !== null) throw new Error(`the local stack broke down before \`${what}\`: ${broken}`);
  };
  return async (what, look) => {
    const giveUpAt = performance.now() + stepMsMax;
    for (let pauseMs = LOOK_MS_MIN; ; pauseMs = Math.min(pauseMs * SLOWER, LOOK_MS_MAX)) {
      signal.throwIfAborted();
      failIfBroken(what);
      try {
        const found = await look();
        if (found !== null) return found;
      } catch (error) {
        await Promise.race([stack.broken, sleep(BREAK_MS_MAX, undefined, { ref: false })]);
        failIfBroken(what);
        throw error;
      }
      if (performance.now() > giveUpAt) {
        const last = trouble();
        throw new StackStuck(
          `\`${what}\` did not happen within \`${stepMsMax}\` ms${last === null ? '' : `, and the stack reported: ${last}`}`,
        );
      }
      await sleep(pauseMs);
    }
  };
};
