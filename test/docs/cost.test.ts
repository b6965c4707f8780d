import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS, VENUE_ACCESS } from '../../infra/constructs/access.ts';
import { STAGES } from '../../infra/stages.ts';
import { resourcesOf, templateOf } from '../infra/synthesized.ts';
import { type EmbeddedTables, hasEmbeddedTables, startEmbeddedTables } from '../support/embedded-tables.ts';
import { amountOf, inCents, pricedTable, unitPrices } from './priced-tables.ts';
import { QuietVenue } from './quiet-mark.ts';

const PAGE = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
const TEMPLATE = templateOf('prod');
/** What `EventCount` writes, each in a series of its own. */
const METRICS_OF_A_MAPPING = 6;
const MINUTES_A_MONTH = 30 * 24 * 60;

/** Each table, and how many times its rows are paid. */
const TABLES = { 'At rest, a month': 1, 'On top once marks come, a month': 1, 'A million quiet marks': 1_000_000 } as const;

describe.each(Object.entries(TABLES))('%s', (heading, times) => {
  const { rows, total } = pricedTable(PAGE, heading);
  const prices = unitPrices(PAGE);

  it('is how many times the price, row by row', () => {
    const computed = rows.map(({ what, howMany, pricedAs }) => {
      const price = prices.get(pricedAs);
      return `${what}: ${price === undefined ? `\`${pricedAs}\` has no price` : inCents(amountOf(howMany) * times * price)}`;
    });
    expect(rows.map(({ what, dollars }) => `${what}: ${dollars}`)).toEqual(computed);
  });

  it('adds up', () => {
    expect(total).toBe(inCents(rows.reduce((sum, { dollars }) => sum + Number(dollars), 0)));
  });
});

const howMany = (heading: keyof typeof TABLES, what: string): number => {
  const found = pricedTable(PAGE, heading).rows.filter((row) => row.what.startsWith(what));
  if (found.length === 0) throw new Error(`nothing under \`${heading}\` begins with \`${what}\``);
  return found.reduce((sum, row) => sum + amountOf(row.howMany), 0);
};

describe('the page counts what is deployed:', () => {
  it('alarms and the metrics that they read', () => {
    const alarms = [...resourcesOf(TEMPLATE, 'AWS::CloudWatch::Alarm').values()].map(({ Properties }) => Object(Properties));
    const read = alarms.map(
      ({ Metrics }: { Metrics?: { MetricStat?: object }[] }) => Metrics?.filter(({ MetricStat }) => MetricStat).length ?? 1,
    );
    expect(howMany('At rest, a month', 'alarms')).toBe(read.reduce((sum, each) => sum + each, 0));
    expect(PAGE).toContain(`in ${alarms.length} alarms`);
  });

  it('requests to the key, at most one per role, table and five minutes', () => {
    const pairs = [...Object.values(ACCESS), VENUE_ACCESS].flat().length;
    const fiveMinutes = MINUTES_A_MONTH / 5;
    const counted = howMany('At rest, a month', 'requests to the key') + howMany('On top once marks come, a month', 'requests to the key');
    expect(counted).toBe(pairs * fiveMinutes);
  });

  it('mappings, and the memory of functions', () => {
    const mappings = resourcesOf(TEMPLATE, 'AWS::Lambda::EventSourceMapping').size;
    expect(howMany('On top once marks come, a month', 'metrics of mappings')).toBe(METRICS_OF_A_MAPPING * mappings);
    const gigabytes = new Set(Object.values(STAGES.prod.functions).map(({ memoryMebibytes }) => (memoryMebibytes / 1024).toFixed(2)));
    expect([...gigabytes]).toEqual(['1.73']);
    const times = Object.keys(TABLES).flatMap((heading) =>
      pricedTable(PAGE, heading).rows.filter(({ pricedAs }) => pricedAs === 'GB-second'),
    );
    for (const { howMany: expression } of times) expect(expression).toContain('× 1.73');
  });
});

describe.skipIf(!hasEmbeddedTables)('the page counts what the functions do, on one market and one fund:', () => {
  let embedded: EmbeddedTables;
  let venue: QuietVenue;
  beforeAll(async () => {
    embedded = await startEmbeddedTables();
    venue = new QuietVenue(embedded.client, embedded.tables);
    await venue.open();
  });
  afterAll(() => embedded.stop());

  const used = (name: string) => venue.meter.of(name);
  const marks = (what: string): number => howMany('A million quiet marks', what);
  /** Lines hold numbers of different lengths: a twentieth more or less. */
  const expectAbout = (counted: number, metered: number): void => expect(Math.abs(counted - metered) / metered).toBeLessThan(0.05);

  it('a quiet mark', async () => {
    const before = await venue.lane();
    await venue.publish(2);
    const after = await venue.lane();
    expect(after).toEqual({ version: before.version + 2, waves: 0 });
    expect(marks('the venue puts')).toBe(used('venue').writes);
    expect(marks('watch-marks writes')).toBe(used('watch-marks').writes);
    expect(marks('watch-marks reads')).toBe(used('watch-marks').reads);
    expect(used('open-wave').writes).toBe(0);
    expect(marks('open-wave reads')).toBe(used('open-wave').reads);
    expect(marks('invocations')).toBe(used('watch-marks').invocations + used('open-wave').invocations);
    expectAbout(marks('their logs'), used('watch-marks').logBytes + used('open-wave').logBytes);
    expectAbout(marks('the observation, kept'), venue.observationBytes + 100);
  });

  it('the runs of a minute, and what a new wave adds to them', async () => {
    await venue.lookAfter();
    const withWave = used('audit').reads;
    venue.meter.clear();
    await venue.lookAfter();
    const rest = (what: string): number => howMany('At rest, a month', what) / MINUTES_A_MONTH;
    expect(rest('sweep reads')).toBe(used('sweep').reads);
    expect(rest('audit reads')).toBe(used('audit').reads);
    expect(rest('runs')).toBe(used('sweep').invocations + used('audit').invocations);
    expect(marks('audit reads')).toBe(withWave - used('audit').reads);
    expectAbout(rest('their logs'), used('sweep').logBytes + used('audit').logBytes);
  });
});

it('takes only sums of products for an amount', () => {
  expect(amountOf('2 × 1,000 + 0.5')).toBe(2000.5);
  expect(() => amountOf('2 - 1')).toThrow('`2 - 1` is no number');
});
