/** A replay is a thousand small properties at once: fewer runs than elsewhere. `.ci/run` and the nightly search further by REPLAY_RUNS. */
export const REPLAY_RUNS = Number(process.env.REPLAY_RUNS ?? '60');

export const REPLAY_SEED = Number(process.env.PROPERTY_SEED ?? '20251010');

/** Ten times what that many runs took when this was written, so that a longer search is not cut off. */
export const replayTimeoutMs = (runs: number): number => 120_000 + runs * 600;
