import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judgedRatio,
  type SecurityInput,
  securityBuffer,
  securityOf,
  securityRatio,
  stressedRatio,
  totalSecurity,
} from '#core/insurance/security-to-value.ts';
import { present } from '#core/invariant.ts';
import type { SecurityBand, SecurityPolicy } from '#core/market/containment-policy.ts';
import { nextBand, withSecurity } from '#core/market/security-band.ts';
import { decimal } from '#core/units/decimal.ts';
import { price, ratio } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { fraction, least } from '../reference/fraction.ts';
import { type ReferenceHolder, referenceBand, referenceSecurity } from '../reference/security.ts';
import { expectClosely, expectExactly } from '../support/compare.ts';
import { CONTAINMENT } from '../support/containing-law.ts';
import { marketState, poolOf, termsOf } from '../support/core-states.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { textTable } from '../support/text-table.ts';

const POLICY: SecurityPolicy = present(CONTAINMENT.securityToValue, 'the law watches security');

/** Holders as `account balance side contracts entry`, at a mark of AAA. */
const inputOf = (holders: readonly ReferenceHolder[], mark: string, fund: string): SecurityInput => {
  const pools = holders.map(({ balance, side, contracts, entryPrice }, nth) => {
    const entryValue = decimal(contracts).times(entryPrice).toFixed();
    return poolOf(balance, `${side} ${contracts} AAA ${entryValue}`, { poolId: `a${nth}#CROSS#USDT`, accountId: `a${nth}` });
  });
  return {
    marketId: 'AAA',
    marked: new Map([['AAA', { terms: termsOf('AAA'), markPrice: price(decimal(mark)) }]]),
    longs: pools.filter((_, nth) => holders[nth]?.side === 'LONG'),
    shorts: pools.filter((_, nth) => holders[nth]?.side === 'SHORT'),
    fundBalance: decimal(fund),
  };
};

const TWO: readonly ReferenceHolder[] = [
  { balance: '100', side: 'LONG', contracts: '10', entryPrice: '100' },
  { balance: '400', side: 'SHORT', contracts: '10', entryPrice: '100' },
];

const holder: fc.Arbitrary<ReferenceHolder> = fc.record({
  balance: fc.integer({ min: -100, max: 2000 }).map(String),
  side: fc.constantFrom('LONG' as const, 'SHORT' as const),
  contracts: fc.integer({ min: 1, max: 30 }).map(String),
  entryPrice: fc.integer({ min: 50, max: 150 }).map(String),
});

describe('STV-1: security to value of a market and of all', () => {
  it('is margin and fund over open interest: (100 + 400 + 100) / 1,000 = 0.6', () => {
    expect(securityRatio(present(securityOf(inputOf(TWO, '100', '100')), 'a mark'))?.toFixed()).toBe('0.6');
  });

  it('counts every pool and every fund once over all markets', () => {
    const one = inputOf(TWO, '100', '100');
    expect(totalSecurity([one, one], decimal('100'))?.toFixed()).toBe('0.3');
  });

  it('is what the twin says, whoever holds what', () => {
    fc.assert(
      fc.property(
        fc.array(holder, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 10, max: 200 }),
        fc.integer({ min: 0, max: 900 }),
        (holders, mark, fund) => {
          const security = present(securityOf(inputOf(holders, String(mark), String(fund))), 'a mark');
          const twin = referenceSecurity(holders, fraction(String(mark)), fraction(String(fund)));
          expectExactly(security.depth, twin.depth, 'depth');
          expectExactly(security.openInterest, twin.openInterest, 'open interest');
          expectClosely(securityRatio(security), twin.depth.over(twin.openInterest), 'ratio');
        },
      ),
      propertyRuns(),
    );
  });
});

describe('STV-2: the buffer', () => {
  it('is depth less what the open value would lose: 600 − 1,000·(0.1 + 0.01) = 490', () => {
    expect(securityBuffer(present(securityOf(inputOf(TWO, '100', '100')), 'a mark'), POLICY).toFixed()).toBe('490');
  });
});

describe('STV-3: bands with hysteresis', () => {
  it.each(
    textTable(
      'before | ratio | after | what',
      `
       GREEN  | 0.9   | GREEN | exactly at the entry of amber
       GREEN  | 0.89  | AMBER | below it
       AMBER  | 0.99  | AMBER | not yet left
       AMBER  | 1     | GREEN | left at its end
       AMBER  | 0.5   | AMBER | exactly at the entry of red
       AMBER  | 0.49  | RED   | below it
       GREEN  | 0.1   | RED   | from green at once
       RED    | 0.59  | RED   | not yet left
       RED    | 0.6   | AMBER | left into amber
       RED    | 2     | GREEN | left for good
       RED    | -     | GREEN | nothing is open any more
      `,
    ),
  )('$before at $ratio is $after: $what', ({ before, ratio: text, after }) => {
    const bandOf = (name: string): SecurityBand =>
      present(
        (['GREEN', 'AMBER', 'RED'] as const).find((each) => each === name),
        name,
      );
    expect(nextBand(bandOf(before), text === '-' ? null : decimal(text), POLICY)).toBe(after);
  });

  it('follow the twin through any course of ratios', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 130 })), (courses) => {
        let band: SecurityBand = 'GREEN';
        let twin: SecurityBand = 'GREEN';
        for (const percent of courses) {
          band = nextBand(band, decimal(String(percent)).div(100), POLICY);
          twin = referenceBand(twin, fraction(String(percent)).over(fraction('100')), { amber: ['0.9', '1'], red: ['0.5', '0.6'] });
          expect(band).toBe(twin);
        }
      }),
      propertyRuns(),
    );
  });

  it('turn an active market REDUCE_ONLY on red and ACTIVE again after it, and leave alone what people stopped', () => {
    const look = (market: Parameters<typeof withSecurity>[0], text: string) => withSecurity(market, decimal(text), POLICY, epochMs(0));
    const red = look(marketState('100'), '0.1');
    expect([red.status, look(red, '0.55').status, look(red, '0.7').status]).toEqual(['REDUCE_ONLY', 'REDUCE_ONLY', 'ACTIVE']);
    for (const status of ['HALTED', 'REDUCE_ONLY', 'SETTLING'] as const) {
      const stopped = look(marketState('100', { status }), '0.1');
      expect([stopped.status, look(stopped, '2').status]).toEqual([status, status]);
    }
    const told = withSecurity(marketState('100'), decimal('0.1'), { ...POLICY, onRed: 'TELL' }, epochMs(0));
    expect([told.status, told.security?.band]).toEqual(['ACTIVE', 'RED']);
  });
});

describe('STV-4: security under stress', () => {
  it('is the lower of both directions, less slippage', () => {
    // Up 10 %: long 200, short 300, fund 100 over 1,100. Down: long 0, short 500, fund 100 over 900. Less 1 % each.
    expect(stressedRatio(inputOf(TWO, '100', '100'), POLICY)?.toFixed(6)).toBe('0.535455');
    expect(judgedRatio(inputOf(TWO, '100', '100'), { ...POLICY, measure: 'STRESSED' })?.toFixed(6)).toBe('0.535455');
  });

  it('is what the twin says at both shocked marks', () => {
    fc.assert(
      fc.property(
        fc.array(holder, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 10, max: 200 }),
        fc.constantFrom('0', '0.1', '0.5'),
        (holders, mark, shock) => {
          const policy = { ...POLICY, shock: ratio(decimal(shock)), slippage: ratio(decimal('0.01')) };
          const ratios = ['-1', '1'].map((sign) => {
            const shocked = fraction(String(mark)).times(fraction('1').plus(fraction(sign).times(fraction(shock))));
            const { depth, openInterest } = referenceSecurity(holders, shocked, fraction('50'));
            return depth.minus(openInterest.times(fraction('0.01'))).over(openInterest);
          });
          expectClosely(
            stressedRatio(inputOf(holders, String(mark), '50'), policy),
            ratios.reduce((a, b) => least(a, b)),
            'stressed',
          );
        },
      ),
      propertyRuns(),
    );
  });

  it('without shock and slippage is the market as it stands', () => {
    const calm = { ...POLICY, shock: ratio(decimal('0')), slippage: ratio(decimal('0')) };
    expect(stressedRatio(inputOf(TWO, '100', '100'), calm)?.toFixed()).toBe('0.6');
  });
});
