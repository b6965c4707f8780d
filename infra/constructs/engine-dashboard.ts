import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { FUNCTION_NAMES, named } from '../names.ts';
import type { Monitoring, MonitoringProps } from './monitoring.ts';

/** One page: is it keeping up, does anything fail, what do the funds lose. */
export class EngineDashboard extends Construct {
  constructor(scope: Construct, id: string, { stage, functions, consumers }: MonitoringProps, { signals }: Monitoring) {
    super(scope, id);
    const period = Duration.minutes(stage.alarms.periodMinutes);
    const { widthColumns: width, heightRows: height } = stage.dashboard;
    const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width, height });
    const lambdas = FUNCTION_NAMES.map((name) => ({ label: name, lambda: named(functions, name).lambda }));
    const rung = [...consumers].map(([label, { engineFunction }]) => ({ label, lambda: engineFunction.lambda }));
    new Dashboard(this, 'Dashboard', {
      widgets: [
        [
          graph(
            'Behind the stream, ms',
            rung.map(({ label, lambda }) => lambda.metric('IteratorAge', { label, period, statistic: Stats.MAXIMUM })),
          ),
          graph(
            `Duration p${stage.dashboard.durationPercentile}, ms`,
            lambdas.map(({ label, lambda }) =>
              lambda.metricDuration({ label, period, statistic: Stats.p(stage.dashboard.durationPercentile) }),
            ),
          ),
        ],
        [
          graph(
            'Invocations',
            lambdas.map(({ label, lambda }) => lambda.metricInvocations({ label, period })),
          ),
          graph(
            'Errors',
            lambdas.map(({ label, lambda }) => lambda.metricErrors({ label, period })),
          ),
        ],
        [
          graph('Records quarantined and given back', [...signals.quarantined.values(), ...signals.failed.values()]),
          graph('Fund drawdown, share of the peak', [signals.fundDrawdown]),
        ],
      ],
    });
  }
}
