import { expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { epochMs } from '#core/units/time.ts';
import { auditRunReport } from '#functions/adapters/lambda/run-reports.ts';
import { ofBooks } from './audited-crash.ts';

it('STV-5: the audit sends band and ratio of each market that the law watches as numbers, and of no other', async () => {
  const { report } = await ofBooks(({ delivery: { ports } }) => ({
    loadMarket: async (marketId) => {
      const market = await ports.loadMarket(marketId);
      if (market === null || marketId !== 'AAA') return market;
      return { ...market, security: { band: 'RED', ratio: decimal('0.04'), at: epochMs(9), isReducedByGuard: false } };
    },
  }));
  const ofMarkets = auditRunReport(report).parts.filter(({ dimensions }) => 'Market' in dimensions);
  expect(ofMarkets).toEqual([
    {
      dimensions: { Market: 'AAA' },
      metrics: [
        { name: 'SecurityBand', unit: 'Count', value: 2 },
        { name: 'SecurityToValue', unit: 'None', value: 0.04 },
      ],
    },
  ]);
});
