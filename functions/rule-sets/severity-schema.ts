import { z } from 'zod';
import type { SeverityPolicy } from '#core/adl/severity-policy.ts';
import { field } from './field-text.ts';
import { closed, moneyPositive, ratioNotNegative, ratioUpToOne } from './schema-primitives.ts';

const SEVERITY_ERROR = 'expected a severity of FULL, BUDGET_OF_DEFICIT, BUDGET_OF_WAVE, CAP_OF_POSITION, CAP_OF_PROFIT';

const SEVERITY_MEANINGS = {
  FULL: 'The whole residual is deleveraged at once.',
  BUDGET_OF_DEFICIT: 'As much of each residual as takes a share of what covering all of it would take from counterparties.',
  BUDGET_OF_WAVE: 'As much as takes an amount from all counterparties of a wave, market and side together.',
  CAP_OF_POSITION: 'The whole residual, but no counterparty gives more than a share of its position in a wave.',
  CAP_OF_PROFIT: 'The whole residual, but no counterparty gives up more than a share of its profit in a wave.',
} as const satisfies Readonly<Record<SeverityPolicy['kind'], string>>;

const kind = <const Name extends SeverityPolicy['kind']>(name: Name) =>
  field(z.literal(name), { title: 'Kind', what: SEVERITY_MEANINGS[name] }).meta({ errorMessage: SEVERITY_ERROR });

const share = (what: string, effect: string) =>
  field(ratioUpToOne, { title: 'Share', what, unit: 'ratio, above 0 and at most 1', effect, examples: ['0.5'] });

const maximumOvershoot = field(ratioNotNegative, {
  title: 'Maximum overshoot',
  what: 'How far the last lot may pass the budget; a lot that would pass it further is left out. Never more than one lot.',
  unit: 'ratio of the budget, 0 or more',
  effect: 'Raise it and less than a lot stays open, at the cost of counterparties. At 0 they never give up more than the budget.',
  examples: ['0'],
});

const full = closed({ kind: kind('FULL') }).transform((severity): SeverityPolicy => ({ kind: severity.kind }));

const ofDeficit = closed({
  kind: kind('BUDGET_OF_DEFICIT'),
  share: share(
    'Of what covering the whole residual would take from counterparties, the part that is taken.',
    'Raise it and more of each loss is passed on at once. Lower it and more stays open for the next mark.',
  ),
  maximumOvershoot,
}).transform((severity): SeverityPolicy => ({ kind: severity.kind, share: severity.share, maximumOvershoot: severity.maximumOvershoot }));

const ofWave = closed({
  kind: kind('BUDGET_OF_WAVE'),
  amount: field(moneyPositive, {
    title: 'Amount',
    what: 'Most that all counterparties of one wave, market and side give up together.',
    unit: 'settlement asset, above 0',
    effect: 'Raise it and larger losses are passed on in one wave. Lower it and more residuals stay open for the next mark.',
    examples: ['1000000'],
  }),
  maximumOvershoot,
}).transform((severity): SeverityPolicy => ({ kind: severity.kind, amount: severity.amount, maximumOvershoot: severity.maximumOvershoot }));

const ofPosition = closed({
  kind: kind('CAP_OF_POSITION'),
  share: share(
    'Of its position as ranked, the most that one counterparty gives in a wave.',
    'Raise it and fewer are asked, each for more. Lower it and more residuals stay open.',
  ),
}).transform((severity): SeverityPolicy => ({ kind: severity.kind, share: severity.share }));

const ofProfit = closed({
  kind: kind('CAP_OF_PROFIT'),
  share: share(
    'Of its unrealized profit at the mark, the most that one counterparty gives up in a wave.',
    'Raise it and fewer are asked, each for more. Lower it and winners keep more, and more residuals stay open.',
  ),
}).transform((severity): SeverityPolicy => ({ kind: severity.kind, share: severity.share }));

/** `severity` of `deleveraging.json`. */
export const severitySchema: z.ZodType<SeverityPolicy> = field(
  z.discriminatedUnion('kind', [full, ofDeficit, ofWave, ofPosition, ofProfit], { error: SEVERITY_ERROR }),
  { title: 'Severity', what: 'How much of a residual is deleveraged.' },
);
