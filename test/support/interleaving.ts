import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import type { Engine } from './delivery.ts';
import { Crash, crashingAt } from './other-writer.ts';

/** Far more port calls than a delivery of these tests makes. */
const CALLS_MAX = 2000;

type Port = (...given: readonly unknown[]) => unknown;

const isAsked = (name: string, port: unknown): port is Port => typeof port === 'function' && /^(?:load|has|commit)/.test(name);

interface Interrupted {
  readonly engine: Engine;
  /** Whether the delivery came as far as its k-th call. */
  readonly isReached: () => boolean;
}

/** The engine whose k-th read or commit, counted from 1, has to wait until `between` is through. */
export const interruptedAt = (engine: Engine, k: number, between: () => Promise<unknown>): Interrupted => {
  let count = 0;
  const ports = Object.entries(engine.ports).map(([name, port]) => {
    if (!isAsked(name, port)) return [name, port] as const;
    const waiting: Port = async (...given) => {
      count += 1;
      if (count === k) await between();
      return port(...given);
    };
    return [name, waiting] as const;
  });
  // cast: every port of the engine is there, wrapped
  return { engine: { ...engine, ports: Object.fromEntries(ports) as unknown as EnginePorts }, isReached: () => count >= k };
};

/** One delivery that another one runs into, and where. */
export interface Encounter<Stage> {
  readonly stage: Stage;
  readonly where: string;
  /** What the delivery threw; null where it went through. */
  readonly thrown: unknown;
}

const outcomeOf = async (run: () => Promise<unknown>): Promise<unknown> => {
  try {
    await run();
    return null;
  } catch (error) {
    return error;
  }
};

/**
 * Every way in which a delivery may run into another, of the same doorbell where no `other` is given: before each port call of the first, the second goes
 * through whole, or stops after each of its next `commitsMax` commits. Throws beyond `CALLS_MAX` calls.
 */
export async function* encounters<Stage extends { readonly engine: Engine }>(
  prepare: () => Promise<Stage>,
  deliver: (engine: Engine, stage: Stage) => Promise<unknown>,
  { commitsMax, other = deliver }: { readonly commitsMax: number; readonly other?: typeof deliver },
): AsyncGenerator<Encounter<Stage>> {
  for (const stopAfter of [null, ...Array.from({ length: commitsMax }, (_, index) => index + 1)]) {
    for (let k = 1; ; k += 1) {
      if (k > CALLS_MAX) throw new RangeError(`a delivery ends within ${CALLS_MAX} calls`);
      const stage = await prepare();
      const second = stopAfter === null ? stage.engine : crashingAt(stage.engine, stopAfter, 'AFTER');
      const { engine, isReached } = interruptedAt(stage.engine, k, async () => {
        const thrown = await outcomeOf(() => other(second, stage));
        if (thrown !== null && !(thrown instanceof Crash)) throw thrown;
      });
      const thrown = await outcomeOf(() => deliver(engine, stage));
      if (!isReached()) break;
      yield { stage, where: `${stopAfter === null ? 'whole' : `up to commit ${stopAfter}`} before call ${k}`, thrown };
    }
  }
}
