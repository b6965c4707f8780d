import type { IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { constructId, FUNCTION_NAMES, type FunctionName, named } from '../names.ts';
import { STAGES, type StageName } from '../stages.ts';
import { alarmsTopic } from './alarms-topic.ts';
import { doorbellsOf } from './doorbells.ts';
import { EngineDashboard } from './engine-dashboard.ts';
import { EngineFunction, type EngineFunctionProps } from './engine-function.ts';
import { EngineKey } from './engine-key.ts';
import { EngineTables } from './engine-tables.ts';
import { FailureStore } from './failure-store.ts';
import { OWN_RULES } from './function-code.ts';
import { Monitoring } from './monitoring.ts';
import { RuleDelivery } from './rule-delivery.ts';
import { Schedules } from './schedules.ts';
import { StreamConsumer } from './stream-consumer.ts';
import { VenueRole } from './venue-role.ts';

export interface AdlEngineProps {
  readonly stage: StageName;
  /** The rule set whose active version is the engine's law. */
  readonly ruleSetId: string;
  /** A folder `<rule-set>/<version>/*.json` to bring instead of the engine's own; absolute. */
  readonly rulesFolder?: string;
  /** Who may take on the venue's role; whoever the account lets, if absent. */
  readonly venue?: IPrincipal;
}

/** The whole engine, to be put inside any stack: tables, functions and what rings them, the venue's role, alarms. Two may stand side by side. */
export class AdlEngine extends Construct {
  readonly tables: EngineTables;
  readonly failureStore: FailureStore;
  readonly venueRole: VenueRole['role'];
  /** Subscribe whoever is to be called. */
  readonly alarms: Topic;
  readonly functions: ReadonlyMap<FunctionName, LambdaFunction>;

  constructor(scope: Construct, id: string, props: AdlEngineProps) {
    super(scope, id);
    const stage = STAGES[props.stage];
    const encryptionKey = new EngineKey(this, 'Encryption', stage).key;
    const tables = new EngineTables(this, 'Tables', { stage, encryptionKey });
    const failureStore = new FailureStore(this, 'Failures', { stage, encryptionKey });
    const consumers = new Map<FunctionName, StreamConsumer>();
    const functions = new Map<FunctionName, EngineFunction>();
    for (const name of FUNCTION_NAMES) {
      const own = { name, stage, tables, ruleSetId: props.ruleSetId, ...rulesFor(name, props) };
      if (doorbellsOf(name).length === 0) functions.set(name, new EngineFunction(this, constructId(name), own));
      else consumers.set(name, new StreamConsumer(this, constructId(name), { ...own, encryptionKey, failureStore }));
    }
    for (const [name, { engineFunction }] of consumers) functions.set(name, engineFunction);
    new Schedules(this, 'Schedules', stage, functions);
    new RuleDelivery(this, 'RuleDelivery', stage, named(functions, 'administer-rules'));
    this.tables = tables;
    this.failureStore = failureStore;
    this.venueRole = new VenueRole(this, 'Venue', tables, props.venue ?? null).role;
    this.alarms = alarmsTopic(this, encryptionKey);
    this.functions = new Map([...functions].map(([name, { lambda }]) => [name, lambda]));
    const watched = { stage, topic: this.alarms, tables, functions, consumers };
    new EngineDashboard(this, 'Overview', watched, new Monitoring(this, 'Monitoring', watched));
  }
}

/** Rule sets lie beside the one function that publishes them. */
const rulesFor = (name: FunctionName, { rulesFolder }: AdlEngineProps): Pick<EngineFunctionProps, 'rulesFolder'> =>
  name === 'administer-rules' ? { rulesFolder: rulesFolder ?? OWN_RULES } : {};
