import { z } from 'zod';
import {
  type BalanceTrigger,
  type FundIncomePolicy,
  type FundTerms,
  type FundWarning,
  USUAL_FUND_TERMS,
} from '#core/insurance/fund-policy.ts';
import type { Money, Ratio } from '#core/units/money.ts';
import { field } from './field-text.ts';
import { closed, moneyNotNegative, ratioFromZeroToOne, ratioUpToOne } from './schema-primitives.ts';

const balanceTriggerSchema = closed({
  start: field(moneyNotNegative, {
    title: 'Start',
    what: 'At or below this balance the fund stops paying and residuals are deleveraged; no payment goes below it.',
    unit: 'asset of the fund',
    effect:
      'Raise it and more of the fund is kept, more profit is taken. Lower it and the fund is used up further before counterparties are asked.',
    examples: ['0', '100000'],
  }),
  stop: field(moneyNotNegative, {
    title: 'Stop',
    what: 'Above this balance the fund pays again; at least the start.',
    unit: 'asset of the fund',
    effect: 'Raise it and deleveraging goes on until the fund has recovered more. Lower it and the fund pays again sooner.',
    examples: ['0', '150000'],
  }),
}).transform(({ start, stop }): BalanceTrigger => ({ start, stop }));

const warningSchema = closed({
  drawdown: field(ratioUpToOne.nullish(), {
    title: 'Fall that warns',
    what: 'Fall below the peak from which people are warned; null for not by the fall. Needs a drawdown, whose window it looks back over.',
    unit: 'ratio of the peak, above 0 and at most 1',
    effect: 'Raise it and the warning comes later, nearer to deleveraging. Lower it and it comes earlier and more often.',
    default: null,
    examples: ['0.20'],
  }),
  balance: field(moneyNotNegative.nullish(), {
    title: 'Balance that warns',
    what: 'Balance at or below which people are warned; null for not by the balance.',
    unit: 'asset of the fund',
    effect: 'Raise it and the warning comes earlier. Lower it and it comes later, nearer to deleveraging.',
    default: null,
    examples: ['200000'],
  }),
}).transform(({ drawdown, balance }): FundWarning => ({ drawdown: drawdown ?? null, balance: balance ?? null }));

const share = (title: string, what: string, examples: readonly string[]) =>
  field(ratioFromZeroToOne.optional(), {
    title,
    what,
    unit: 'ratio from 0 to 1; the rest is the venue’s',
    effect: 'Raise it and the fund grows faster, fewer are deleveraged. Lower it and the venue earns more.',
    default: '1',
    examples,
  });

const incomeSchema = closed({
  liquidationFeeShare: share('Share of liquidation fees', 'What part of each liquidation fee goes into the fund.', ['1', '0.5']),
  surplusShare: share('Share of surpluses', 'What part of each surplus that is not the trader’s goes into the fund.', ['1', '0.8']),
}).transform(
  ({ liquidationFeeShare, surplusShare }): FundIncomePolicy => ({
    liquidationFeeShare: liquidationFeeShare ?? USUAL_FUND_TERMS.income.liquidationFeeShare,
    surplusShare: surplusShare ?? USUAL_FUND_TERMS.income.surplusShare,
  }),
);

/** What a fund domain may say beside its floor, its caps per interval and its drawdown. Each is off where it is missing. */
export const FUND_TERMS_FIELDS = {
  balanceTrigger: field(balanceTriggerSchema.nullish(), {
    title: 'Balance trigger',
    what: 'Stops paying and lets residuals deleverage from a balance down, whatever the fund had before; null for never.',
    default: null,
  }),
  warning: field(warningSchema.nullish(), {
    title: 'Warning',
    what: 'From where people are told that deleveraging is near; nothing else depends on it. null for no warning.',
    default: null,
  }),
  drawCapPerMarketForever: field(moneyNotNegative.nullish(), {
    title: 'Draw cap per market for ever',
    what: 'Most that one market may draw as long as the fund is kept; null for no cap.',
    unit: 'asset of the fund',
    effect:
      'Raise it and the fund pays more for one bad market. Lower it and that market’s counterparties are deleveraged sooner, the others’ later.',
    default: null,
    examples: ['500000'],
  }),
  keepsLastUnit: field(z.boolean().optional(), {
    title: 'Keeps its last unit',
    what: 'Whether the smallest unit of the asset, 0.000000000001, stays in the fund whatever its floor.',
    effect: 'Switch it on and the fund is never exactly empty.',
    default: false,
  }),
  income: field(incomeSchema.optional(), {
    title: 'Income',
    what: 'What part of liquidation fees and surpluses goes into the fund. Missing: all of both.',
    default: { liquidationFeeShare: '1', surplusShare: '1' },
  }),
} as const;

interface GivenTerms {
  readonly balanceTrigger?: BalanceTrigger | null | undefined;
  readonly warning?: FundWarning | null | undefined;
  readonly drawCapPerMarketForever?: Money | null | undefined;
  readonly keepsLastUnit?: boolean | undefined;
  readonly income?: { readonly liquidationFeeShare: Ratio; readonly surplusShare: Ratio } | undefined;
}

/** What a domain says, with what holds where it is silent. */
export const fundTerms = (given: GivenTerms): FundTerms => ({
  balanceTrigger: given.balanceTrigger ?? null,
  warning: given.warning ?? null,
  drawCapPerMarketForever: given.drawCapPerMarketForever ?? null,
  keepsLastUnit: given.keepsLastUnit ?? false,
  income: given.income ?? USUAL_FUND_TERMS.income,
});
