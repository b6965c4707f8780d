import { z } from 'zod';
import type { ExcludePolicy } from '#core/adl/ranking/ranking-policy.ts';
import { field } from './field-text.ts';
import { closed, idText } from './schema-primitives.ts';

const ground = (title: string, what: string, effect: string) => field(z.boolean().optional(), { title, what, effect, default: false });

/** `exclude` of `deleveraging.json`. */
export const excludeSchema = field(
  closed({
    tags: field(z.array(field(idText, { title: 'Tag', what: 'A tag of accounts, as the book has it.', examples: ['market-maker'] })), {
      title: 'Tags',
      what: 'Accounts with one of these tags are never counterparties.',
      effect: 'Each tag shelters its accounts; all others stand nearer to the head of the queue, and residuals may find nobody.',
      examples: [[]],
    }),
    ownerTagPrefix: field(idText.nullish(), {
      title: 'Owner tag prefix',
      what: 'Tags that begin so name an owner: accounts that share one do not take each other’s residuals. Missing or null: owners are not looked at.',
      effect: 'With it nobody is paid or charged across accounts of one owner; residuals of large owners may find nobody.',
      default: null,
      examples: ['owner.'],
    }),
    bankruptcyPriceCrossed: ground(
      'Own bankruptcy price crossed',
      'Whether positions whose own bankruptcy price the settlement price lies beyond are spared.',
      'true keeps a transfer from using up more than the position’s share of its pool; residuals at far prices may find nobody.',
    ),
    insolventAfter: ground(
      'Insolvent after',
      'Whether pools that giving all of the position at the settlement price would leave below zero are spared.',
      'true keeps deleveraging from making new shortfalls; residuals at far prices may find nobody.',
    ),
    withoutPositiveScore: ground(
      'Without positive score',
      'Whether positions that score zero or less are spared. Forms without scores do not read it.',
      'true asks winners only, whatever the form; more residuals stay open.',
    ),
    hedged: ground(
      'Hedged',
      'Whether what the opposite leg of the same market in the same pool hedges is spared: only the quantity beyond it is asked for. Hedges in other markets, or in another pool of the account, do not count.',
      'true leaves no hedged trader with a naked leg; less quantity is there to take residuals.',
    ),
  }).transform(
    (exclude): ExcludePolicy => ({
      tags: exclude.tags,
      ownerTagPrefix: exclude.ownerTagPrefix ?? null,
      bankruptcyPriceCrossed: exclude.bankruptcyPriceCrossed ?? false,
      insolventAfter: exclude.insolventAfter ?? false,
      withoutPositiveScore: exclude.withoutPositiveScore ?? false,
      hedged: exclude.hedged ?? false,
    }),
  ),
  { title: 'Exclude', what: 'Who is never asked.' },
);
