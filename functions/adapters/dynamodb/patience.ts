import { setTimeout as sleep } from 'node:timers/promises';
import { writeFailureOf } from './weather.ts';

/** How often a write is sent again when the weather is bad, and how long to wait before. */
export interface Patience {
  readonly attemptsMax: number;
  readonly pause: (attempt: number) => Promise<void>;
}

const FIRST_PAUSE_MS = 20;
const PAUSE_MS_MAX = 640;

/** Full jitter: writers that met each other come back at different times. */
export const patience: Patience = {
  attemptsMax: 6,
  pause: async (attempt) => {
    await sleep(Math.random() * Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** attempt));
  },
};

/**
 * Sends a conditional write, again while it meets weather. Gives false when its condition does not hold. A write whose answer was lost and that is sent
 * again may find its own item: whoever gets false reads again. Throws what cannot succeed, and the weather that does not end.
 */
export const sendPatiently = async ({ attemptsMax, pause }: Patience, send: () => Promise<unknown>): Promise<boolean> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await send();
      return true;
    } catch (error) {
      const failure = writeFailureOf(error);
      if (failure === 'REFUSED') return false;
      if (failure === 'BROKEN' || attempt >= attemptsMax) throw error;
      await pause(attempt);
    }
  }
};
