import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it, vi } from 'vitest';
import { Decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { hintItem } from '#functions/adapters/dynamodb/hint-rows.ts';
import { TABLE_VARIABLES } from '#functions/adapters/dynamodb/table-names.ts';
import { door } from '#functions/adapters/lambda/door.ts';
import { environmentFrom } from '#functions/adapters/lambda/environment.ts';
import { LANE_KEY } from '#functions/adapters/lambda/key-shapes.ts';
import { logTo } from '#functions/adapters/lambda/log.ts';
import { reportingOf } from '#functions/adapters/lambda/middleware.ts';
import { packRuleSet } from '#functions/adapters/lambda/rule-set-body.ts';
import { bodyKey, pointerItem, versionItem, versionPart } from '#functions/adapters/lambda/rule-set-items.ts';
import { auditRunReport } from '#functions/adapters/lambda/run-reports.ts';
import { runtimeOf } from '#functions/adapters/lambda/runtime.ts';
import { workOff } from '#functions/adapters/lambda/stream-batch.ts';
import { MemoryStreams } from '../handlers/memory-streams.ts';
import { recordOf } from '../handlers/stream-records.ts';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf } from '../support/small-venue.ts';
import { resourcesOf, templateOf } from './synthesized.ts';

const FILTERS = resourcesOf(templateOf('prod'), 'AWS::Logs::MetricFilter');
const RUNG = ['WatchMarks', 'EvaluateMargin', 'OpenWave', 'SettleLiquidation', 'Deleverage'];
const SCHEDULED = ['Sweep', 'Audit'];

interface Filter {
  readonly pattern: string;
  readonly value: string;
}

const filterOf = (id: string): Filter => {
  const { FilterPattern, MetricTransformations } = Object(FILTERS.get(`Monitoring/Signals/${id}`)?.Properties);
  return { pattern: FilterPattern, value: MetricTransformations[0].MetricValue };
};

/** The number that a filter of the two forms in use, `{ $.a = "b" }` and `{ $.a = "*" }`, takes from a line; null where it does not match. */
const taken = ({ pattern, value }: Filter, line: string): number | null => {
  const [, name = '', text] = /^\{ \$\.(\w+) = "(.*)" \}$/.exec(pattern) ?? [];
  const said: Record<string, unknown> = JSON.parse(line);
  const matches = text === '*' ? said[name] !== undefined : said[name] === text;
  return matches ? Number(value.startsWith('$.') ? said[value.slice(2)] : value) : null;
};

/** Lines that a batch of one record leaves in the log. */
const linesOf = async (controlKey: string): Promise<readonly string[]> => {
  const lines: string[] = [];
  await workOff([recordOf('Controls', 'MODIFY', { controlKey })], {
    doors: [door(LANE_KEY, ['MODIFY'], () => () => Promise.reject(new Error('weather')))],
    engine: new MemoryStreams(inputsOf({ accounts: 'a1 | 50 | LONG 10 AAA 100', fund: '100', marks: '0 | 94 | -' }, HOUSE)).engine(),
    quarantine: async () => {},
    remainingMs: () => 60_000,
    log: logTo((line) => lines.push(line), 'ERROR', { function: 'open-wave' }),
  });
  return lines;
};

describe('a filter counts', () => {
  it('a quarantined record, at every log level, and not one that failed', async () => {
    const [line = ''] = await linesOf('LANE#?');
    for (const name of RUNG) {
      expect(taken(filterOf(`${name}Quarantined`), line)).toBe(1);
      expect(taken(filterOf(`${name}Failed`), line)).toBeNull();
    }
  });

  it('a record given back, and not one that was put aside', async () => {
    const [line = ''] = await linesOf('LANE#usdt');
    for (const name of RUNG) {
      expect(taken(filterOf(`${name}Failed`), line)).toBe(1);
      expect(taken(filterOf(`${name}Quarantined`), line)).toBeNull();
    }
  });

  it('a pool that cannot be read and is left out', async () => {
    const client = mockClient(DynamoDBClient);
    const [head, body] = versionItem(HOUSE.reference, packRuleSet(HOUSE));
    const at = (part: string) => ({ Key: { ruleSetId: { S: 'house' }, part: { S: part } } });
    client
      .on(GetItemCommand, at('ACTIVE'))
      .resolves({ Item: pointerItem({ reference: HOUSE.reference, previousVersion: null, activatedAt: epochMs(0) }) });
    client.on(GetItemCommand, at(versionPart(HOUSE.reference.version))).resolves({ Item: head });
    client.on(GetItemCommand, at(bodyKey(HOUSE.reference.version, 1))).resolves({ Item: body });
    client.on(ScanCommand).resolves({ Items: [{ marketId: { S: 'AAA' }, fundId: { S: 'usdt' } }] });
    const row = { hintKey: 'EXPOSURE#AAA#LONG#0', position: 'a1#CROSS#USDT', poolId: 'a1#CROSS#USDT', poolVersion: 1 };
    client.on(QueryCommand).resolves({ Items: [hintItem.encode(row)] });
    client.on(BatchGetItemCommand).resolves({ Responses: { TABLE_POOLS: [{ poolId: { S: row.poolId } }] } });
    const lines: string[] = [];
    const log = vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    const names = Object.fromEntries(Object.values(TABLE_VARIABLES).map((variable) => [variable, variable]));
    const runtime = runtimeOf(
      environmentFrom({ ...names, RULE_SET_ID: 'house', CLOCK: 'SYSTEM', LOG_LEVEL: 'ERROR' }),
      new DynamoDBClient({}),
    );
    expect(await (await runtime.engine()).ports.loadHolders('AAA', 'LONG')).toEqual([]);
    log.mockRestore();
    client.restore();
    for (const name of RUNG) expect(lines.map((line) => taken(filterOf(`${name}LeftOut`), line))).toEqual([1]);
  });

  it('a finding of a scheduled run', () => {
    const lines: string[] = [];
    logTo((line) => lines.push(line), 'ERROR', { function: 'audit' })('ERROR', 'finding', { finding: 'market `AAA` was stopped' });
    for (const name of SCHEDULED) expect(lines.map((line) => taken(filterOf(`${name}Findings`), line))).toEqual([1]);
  });
});

it('reads the drawdown of a fund from what an audit measures, and nothing from what else it measures', () => {
  const funds = [{ fundId: 'usdt', drawdown: ratio(new Decimal('0.25')), isDrawnDown: false }];
  const report = auditRunReport({
    waves: 1,
    cases: 0,
    entries: 0,
    findings: [],
    halted: [],
    funds,
    securities: [],
    behind: [],
    failed: [],
  });
  const lines: string[] = [];
  const { measure } = reportingOf(
    'audit',
    () => {},
    (line) => lines.push(line),
  );
  measure(report.metrics);
  for (const { dimensions, metrics } of report.parts) measure(metrics, dimensions);
  expect(lines.map((line) => taken(filterOf('FundDrawdown'), line))).toEqual([null, 0.25]);
});

it('no other line is read', () => {
  const expected = [
    ...RUNG.flatMap((name) => [`${name}Quarantined`, `${name}Failed`, `${name}LeftOut`]),
    ...SCHEDULED.map((name) => `${name}Findings`),
    'FundDrawdown',
  ];
  expect([...FILTERS.keys()].sort()).toEqual(expected.map((id) => `Monitoring/Signals/${id}`).sort());
});

it('names its metrics by the place in the app, so that two engines of an account do not add up', () => {
  const namespaces = [...FILTERS.values()].map(({ Properties }) => Object(Properties).MetricTransformations[0].MetricNamespace);
  expect(new Set(namespaces).size).toBe(1);
  expect(namespaces[0]).toMatch(/^adl-engine\/\w{42}$/);
});
