import { expect, it } from 'vitest';
import { startEmbeddedTables } from '../support/embedded-tables.ts';
import { QuietVenue } from './quiet-mark.ts';

it('x', async () => {
  const { client, tables, stop } = await startEmbeddedTables();
  const venue = new QuietVenue(client, tables);
  await venue.open();
  const a = await venue.lane();
  await venue.publish(2);
  const b = await venue.lane();
  await venue.lookAfter();
  console.log(a, b, venue.observationBytes);
  for (const x of ['venue', 'watch-marks', 'open-wave', 'sweep', 'audit']) console.log(x, venue.meter.of(x));
  await venue.lookAfter();
  for (const x of ['venue', 'watch-marks', 'open-wave', 'sweep', 'audit']) console.log(x, venue.meter.of(x));
  await stop();
  expect(1).toBe(1);
});
