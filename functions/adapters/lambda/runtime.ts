import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RulePorts } from '#functions/administer-rules/administer-rules.ts';
import { dynamoPorts } from '../dynamodb/engine-ports.ts';
import { activeLaw } from './active-law.ts';
import { type AuditStore, auditStore } from './audit-store.ts';
import { type Clock, clockOf } from './clock.ts';
import type { Engine } from './engine.ts';
import { type Environment, environmentFrom } from './environment.ts';
import { observationLoader } from './load-observation.ts';
import { logTo, writeLine } from './log.ts';
import { MarketDirectory } from './market-directory.ts';
import { pinnedLaw } from './pinned-law.ts';
import { type QuarantinePort, quarantineIn } from './quarantine.ts';
import { ruleSetStore } from './rule-set-store.ts';

/** What a function keeps between invocations: connections and what never changes. */
export interface Runtime {
  readonly environment: Environment;
  readonly clock: Clock;
  /** The engine for one invocation, under the law of the moment. */
  readonly engine: () => Promise<Engine>;
  readonly quarantine: QuarantinePort;
  readonly rules: RulePorts;
  readonly audit: AuditStore;
}

/** A call that hangs longer is given up and tried again: the next one is answered by another host. */
const REQUEST_TIMEOUT_MS = 2000;
const CONNECTION_TIMEOUT_MS = 500;
const ATTEMPTS_MAX = 4;

/** The client of every function. The SDK itself goes to `AWS_ENDPOINT_URL_DYNAMODB` where that is set. */
const clientOf = (): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: ATTEMPTS_MAX,
    requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: CONNECTION_TIMEOUT_MS },
  });

/** Builds what a function runs on. Reads no table yet. */
export const runtimeOf = (environment: Environment, client: DynamoDBClient): Runtime => {
  const { tables } = environment;
  const rules = ruleSetStore(client, tables);
  const law = activeLaw(rules, environment.ruleSetId);
  const loadLaw = pinnedLaw(rules);
  const markets = new MarketDirectory(client, tables);
  const clock = clockOf(environment.clock);
  const log = logTo(writeLine, environment.logLevel, {});
  const unreadable = (error: Error): void => log('ERROR', 'item left out', { error });
  return {
    environment,
    clock,
    rules,
    audit: auditStore(client, tables),
    quarantine: quarantineIn(client, tables),
    engine: async () => {
      const [ruleSet, fundIds] = await Promise.all([law(), markets.fundIds()]);
      return {
        ports: dynamoPorts({ client, tables, ruleSet, loadLaw, fundIds, unreadable }),
        clock,
        fundIds,
        knowsMarket: markets.knowsMarket,
        knowsFund: markets.knowsFund,
        loadObservation: observationLoader(client, tables),
      };
    },
  };
};

interface Shared {
  readonly place: string;
  readonly client: DynamoDBClient;
  readonly runtime: Runtime;
}

let shared: Shared | null = null;

/**
 * The runtime of this process, made at its first invocation out of the environment variables. A process that is told another place, as one that starts a
 * local stack after another, gets another runtime.
 */
export const sharedRuntime = (): Runtime => {
  const environment = environmentFrom(process.env);
  const place = JSON.stringify([process.env.AWS_ENDPOINT_URL_DYNAMODB, environment]);
  if (shared?.place !== place) {
    shared?.client.destroy();
    const client = clientOf();
    shared = { place, client, runtime: runtimeOf(environment, client) };
  }
  return shared.runtime;
};
