import type { Lane } from '#core/lane.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { EnginePorts } from '../engine-ports.ts';
import type { Engine } from './engine.ts';

const remembering = <Value>(load: (id: string) => Promise<Value>): ((id: string) => Promise<Value>) => {
  const loaded = new Map<string, Promise<Value>>();
  return (id) => {
    const before = loaded.get(id);
    if (before !== undefined) return before;
    const value = load(id);
    loaded.set(id, value);
    // What failed is tried again by the next record.
    value.catch(() => loaded.delete(id));
    return value;
  };
};

const made = new WeakMap<Engine, EnginePorts>();

/**
 * Ports that read each market and each lane once per batch, for functions that only judge pools by them. A mark that comes meanwhile has a wave of its own,
 * which looks at every pool that it endangers: guards from the mark before are crossed by it, and due pools are due.
 */
export const batchPorts = (engine: Engine): EnginePorts => {
  const before = made.get(engine);
  if (before !== undefined) return before;
  const { ports } = engine;
  const loadMarket: (marketId: string) => Promise<MarketState | null> = remembering(ports.loadMarket);
  const loadLane: (fundId: string) => Promise<Lane> = remembering(ports.loadLane);
  const after = { ...ports, loadMarket, loadLane };
  made.set(engine, after);
  return after;
};
