import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deleveragingSchema } from '#rule-sets/deleveraging-schema.ts';
import { PROFIT_FACTORS, RISK_FACTORS } from '#rule-sets/ranking-factors.ts';
import { VENUE_RANKINGS } from '../reference/venue-rankings.ts';
import { shipped } from '../support/shipped-deleveraging.ts';

const PAGE = readFileSync(new URL('../../docs/mathematics.md', import.meta.url), 'utf8');

/** Rows of the table of published formulas: venue and policy. */
const rows = [...PAGE.matchAll(/^\| ([^|]+) \| .*? \| `(\{.*\})` \| .+ \|$/gm)].map(
  ([, venue = '', policy = '']) => [venue, policy] as const,
);

describe('docs/mathematics.md', () => {
  it('shows every published ranking as the policy that the goldens are computed with', () => {
    expect(Object.fromEntries(rows.map(([venue, policy]) => [venue, JSON.parse(policy)]))).toEqual(VENUE_RANKINGS);
  });

  it.each(rows)('shows for %s a policy that a rule file may hold', (_venue, policy) => {
    expect(deleveragingSchema.safeParse({ ...shipped(), ...JSON.parse(policy) }).success).toBe(true);
  });

  it.each([...PROFIT_FACTORS, ...RISK_FACTORS])('has the formula of %s', (factor) => {
    expect(PAGE).toMatch(new RegExp(`^\\| \`${factor}\` \\| .+ \\| .+ \\|$`, 'm'));
  });
});
