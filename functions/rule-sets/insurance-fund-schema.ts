import { z } from 'zod';
import type { FundPolicy } from '#core/policy.ts';
import { closed, durationText, idText, marketOrAny, moneyNotNegative, ratioNotNegative, ratioUpToOne } from './schema-primitives.ts';

const drawdownSchema = closed({
  window: durationText.describe('How far back the peak balance is looked for. ISO 8601.'),
  trigger: ratioUpToOne.describe('Fall below the peak, as a share of it, that starts the mode. Ratio.'),
  release: ratioNotNegative.describe('Fall below which the mode ends; at most `trigger`, so that the mode does not flicker. Ratio.'),
  operator: z.enum(['AT_LEAST', 'GREATER_THAN']).describe('Whether a fall of exactly `trigger` starts the mode.'),
  minimumBalance: moneyNotNegative.describe(
    'The mode starts only for a fund whose balance in the window peaked above this. Asset of the fund.',
  ),
}).transform(({ window, trigger, release, operator, minimumBalance }) => ({ window, trigger, release, operator, minimumBalance }));

const domainSchema = closed({
  fundId: idText.describe('Unique within the file.'),
  asset: idText.describe('The settlement asset that the fund pays in.'),
  markets: z.array(marketOrAny).min(1).describe('Market ids; `*` for all that settle in the asset.'),
  floor: moneyNotNegative.describe('The engine never takes the fund below this. Asset of the fund.'),
  drawCapPerMarket: moneyNotNegative
    .nullish()
    .describe('Most that one market may draw in one interval; null for no cap. Asset of the fund.'),
  drawCapPerInterval: moneyNotNegative
    .nullish()
    .describe('Most that all markets may draw in one interval; null for no cap. Asset of the fund.'),
  interval: durationText.describe('Length of the intervals that the caps count in, from 1970-01-01T00:00Z. ISO 8601.'),
  drawdown: drawdownSchema.nullish().describe('Stops paying and lets residuals deleverage while the fund is drawn down; null for never.'),
}).transform(
  (domain): FundPolicy => ({
    fundId: domain.fundId,
    asset: domain.asset,
    markets: domain.markets,
    floor: domain.floor,
    drawCapPerMarket: domain.drawCapPerMarket ?? null,
    drawCapPerInterval: domain.drawCapPerInterval ?? null,
    interval: domain.interval,
    drawdown: domain.drawdown ?? null,
  }),
);

/** `insurance-fund.json`: what the fund of each asset may pay, for which markets, down to which balance. */
export const insuranceFundSchema = closed({
  domains: z.array(domainSchema).describe('One per fund. A settlement asset without a fund has nothing to pay with.'),
}).meta({ title: 'Insurance fund', description: 'What the fund of each asset may pay, for which markets, down to which balance.' });
