import { isDeepStrictEqual } from 'node:util';
import type { CommitPort, Write } from '#core/commit.ts';
import { plainJson } from '#core/plain-json.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';

/** Where the two stores told different things. */
export class Differences {
  readonly found: string[] = [];

  compare(what: string, memory: unknown, mirror: unknown): void {
    // Through JSON: decimals by their text, maps by their entries, undefined as absent.
    const [a, b] = [memory, mirror].map((value) => JSON.parse(JSON.stringify(plainJson(value)) ?? 'null'));
    if (!isDeepStrictEqual(a, b)) this.found.push(`${what}: ${JSON.stringify(a).slice(0, 400)} | ${JSON.stringify(b).slice(0, 400)}`);
  }
}

type Loader = (...given: readonly unknown[]) => Promise<unknown>;

const isLoader = (name: string, port: unknown): port is Loader => typeof port === 'function' && /^(?:load|has)[A-Z]/.test(name);

/**
 * Ports that ask two stores everything and compare what they say. `flush` writes to the mirror what somebody else wrote to the first store in between.
 */
export const mirroredPorts = (
  memory: EnginePorts,
  mirror: () => EnginePorts,
  differences: Differences,
  flush: () => Promise<void>,
): EnginePorts => {
  const both = Object.entries(memory).map(([name, port]) => {
    if (!isLoader(name, port)) return [name, port] as const;
    const asked: Loader = async (...given) => {
      await flush();
      const answer = await port(...given);
      const other = Object.entries(mirror()).find(([each]) => each === name)?.[1];
      differences.compare(`${name}(${JSON.stringify(given)})`, answer, isLoader(name, other) ? await other(...given) : 'no such port');
      return answer;
    };
    return [name, asked] as const;
  });
  const commit: CommitPort = async (writes: readonly Write[]) => {
    await flush();
    const [outcome, other] = [await memory.commit(writes), await mirror().commit(writes)];
    differences.compare(`commit(${writes.map(({ table }) => table).join(',')})`, outcome, other);
    return outcome;
  };
  // cast: every port of the first store is there, wrapped
  return { ...(Object.fromEntries(both) as unknown as EnginePorts), commit };
};
