import type { DeleveragePorts } from '../deleverage/deleverage.ts';
import type { FinishPorts } from '../deleverage/finish-wave.ts';
import type { EvaluatePorts } from '../evaluate-margin/evaluate-margin.ts';
import type { OpenPorts } from '../open-wave/open-wave.ts';
import type { SettlePorts } from '../settle-liquidation/settle-liquidation.ts';
import type { WatchPorts } from '../watch-marks/watch-marks.ts';

/** What all use cases together ask of a store. The same type stands over the tables in memory and over DynamoDB. */
export type EnginePorts = WatchPorts & EvaluatePorts & OpenPorts & SettlePorts & DeleveragePorts & FinishPorts;
