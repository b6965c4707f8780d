import fc, { type Arbitrary } from 'fast-check';
import type { ResidualTerms } from '#core/adl/deleveraging-plan.ts';
import type { SettlementPricePolicy } from '#core/adl/settlement-price-policy.ts';
import type { SeverityPolicy } from '#core/adl/severity-policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, type Price, price, ratio } from '#core/units/money.ts';
import { POLICIES } from './arbitrary-places.ts';
import { positiveText, thousandths } from './decimal-text.ts';

const ratioOf = (text: string) => ratio(decimal(text));
const overshoots = fc.constantFrom('0', '0.01', '0.5', '10').map(ratioOf);
const shares = thousandths(1, 1000).map(ratioOf);

const severities: Arbitrary<SeverityPolicy> = fc.oneof(
  fc.constant<SeverityPolicy>({ kind: 'FULL' }),
  fc.record({ kind: fc.constant('BUDGET_OF_DEFICIT' as const), share: shares, maximumOvershoot: overshoots }),
  fc.record({
    kind: fc.constant('BUDGET_OF_WAVE' as const),
    amount: positiveText(1_000_000, [0, 3]).map((text) => money(decimal(text))),
    maximumOvershoot: overshoots,
  }),
  fc.record({ kind: fc.constantFrom('CAP_OF_POSITION' as const, 'CAP_OF_PROFIT' as const), share: shares }),
);

const settlementPrices: Arbitrary<SettlementPricePolicy> = fc.oneof(
  fc.constantFrom<SettlementPricePolicy>('BANKRUPTCY', 'MARK', 'FROZEN_MARK', 'PREVIOUS_MARK', 'INDEX_CAPPED_AT_BANKRUPTCY'),
  fc.record({ kind: fc.constant('MARK_SPREAD' as const), spread: thousandths(1, 900).map(ratioOf) }),
  fc.record({ kind: fc.constant('LAST_DISTANCE' as const), marginFraction: thousandths(1, 900).map(ratioOf) }),
);

/** Terms at a mark that the other reference prices lie around; funds from empty to more than enough. */
export const termsAt: Arbitrary<(mark: Price) => ResidualTerms> = fc
  .record({
    allocation: fc.constantFrom(...POLICIES),
    severity: severities,
    settlementPrice: settlementPrices,
    around: fc.tuple(thousandths(800, 1200), thousandths(800, 1200), thousandths(800, 1200), thousandths(800, 1200)),
    fundAvailable: fc.oneof(fc.constantFrom('0', '1000000000000'), positiveText(10_000_000, [0, 3])),
  })
  .map(({ allocation, severity, settlementPrice, around, fundAvailable }) => (mark) => {
    const [frozenMark, previousMark, indexPrice, lastPrice] = around.map((factor) => price(mark.times(factor)));
    return {
      policy: { allocation, severity, settlementPrice },
      references: {
        mark,
        frozenMark: frozenMark ?? mark,
        previousMark: previousMark ?? mark,
        indexPrice: indexPrice ?? mark,
        lastPrice: lastPrice ?? mark,
      },
      given: new Map(),
      fundAvailable: money(decimal(fundAvailable)),
    };
  });
