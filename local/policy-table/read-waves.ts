import { readFileSync } from 'node:fs';
import { present } from '#core/invariant.ts';
import { type Decimal, decimal } from '#core/units/decimal.ts';

/** What had to be deleveraged in one market of a wave. */
export interface WaveMarket {
  readonly coin: string;
  /** Base units. */
  readonly size: Decimal;
  /** What it had to cover, in USD. */
  readonly loss: Decimal;
}

/** A published wave. Amounts in USD. */
export interface PublishedWave {
  readonly wave: string;
  readonly needed: Decimal;
  /** What the venue took from winners. */
  readonly venueTook: Decimal;
  /** What the publication's own pro-rata by whole contracts takes. */
  readonly contractProRata: Decimal;
  readonly winnersUnrealized: Decimal;
  readonly markets: readonly WaveMarket[];
}

const folder = new URL('../waves-2025-10-10/', import.meta.url);

/** Rows of a file, by the names in its first line. Reads files of the project, which have no quotes in them. */
const rowsOf = (file: string): readonly ReadonlyMap<string, string>[] => {
  const [head = '', ...lines] = readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n');
  const names = head.split(',');
  return lines.map((line) => new Map(line.split(',').map((cell, index) => [names[index] ?? '', cell])));
};

const cell = (row: ReadonlyMap<string, string>, name: string): string => present(row.get(name), `a row has its ${name}`);

/** The published waves, in their order. */
export const publishedWaves = (): readonly PublishedWave[] => {
  const losses = rowsOf('loss_by_coin.csv');
  return rowsOf('waves.csv').map((row) => ({
    wave: cell(row, 'wave'),
    needed: decimal(cell(row, 'needed_usd')),
    venueTook: decimal(cell(row, 'venue_took_usd')),
    contractProRata: decimal(cell(row, 'contract_pro_rata_usd')),
    winnersUnrealized: decimal(cell(row, 'winners_unrealized_usd')),
    markets: losses
      .filter((each) => cell(each, 'wave') === cell(row, 'wave'))
      .map((each) => ({ coin: cell(each, 'coin'), size: decimal(cell(each, 'size')), loss: decimal(cell(each, 'loss_usd')) })),
  }));
};
