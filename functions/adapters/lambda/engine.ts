import type { MarkObservation } from '#core/market/market-state.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import type { Clock } from './clock.ts';

/** What a function works with while it handles one invocation: made anew for each, so that nothing read for one batch is believed in the next. */
export interface Engine {
  readonly ports: EnginePorts;
  readonly clock: Clock;
  /** The fund of each market that the engine knows. */
  readonly fundIds: ReadonlyMap<string, string>;
  /** Whether the market is one of the engine's; looks for markets that were added before it says no. */
  readonly knowsMarket: (marketId: string) => Promise<boolean>;
  readonly knowsFund: (fundId: string) => Promise<boolean>;
  /** The observation as it stands; null when it is gone. Throws `DecodeError` when it is not one that a venue may write. */
  readonly loadObservation: (marketId: string, sequence: number) => Promise<MarkObservation | null>;
}
