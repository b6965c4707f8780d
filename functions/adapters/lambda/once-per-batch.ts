import type { Engine } from './engine.ts';

/**
 * Does the same thing for the same id only once per batch. What a batch tells of was all written before it came, so one look at the thing sees all of it;
 * without this, a wave of a thousand rings would be looked through a thousand times. A failed look is repeated.
 */
export const oncePerBatch = (
  act: (engine: Engine) => (id: string) => Promise<void>,
): ((engine: Engine) => (id: string) => Promise<void>) => {
  const done = new WeakMap<Engine, Set<string>>();
  return (engine) => async (id) => {
    const seen = done.get(engine) ?? new Set<string>();
    done.set(engine, seen);
    if (seen.has(id)) return;
    await act(engine)(id);
    seen.add(id);
  };
};
