import { type ScheduledFunction, scheduledHandler } from '../adapters/lambda/handlers.ts';
import { sweepRunReport } from '../adapters/lambda/run-reports.ts';
import { withoutDefectiveRings } from '../adapters/lambda/rung-subjects.ts';
import { evaluateMargin } from '../evaluate-margin/evaluate-margin.ts';
import { sweep } from './sweep.ts';

/** Once a minute, whatever is overdue in a lane is rung again. */
export const sweepLanes: ScheduledFunction = {
  name: 'sweep',
  run: async (runtime) => {
    const { ports, fundIds } = await runtime.engine();
    const sweepAll = sweep({ ...ports, evaluate: withoutDefectiveRings(ports, evaluateMargin(ports)) });
    return sweepRunReport(await sweepAll([...new Set(fundIds.values())].sort(), runtime.clock.now()));
  },
};

export const handler = scheduledHandler(sweepLanes);
