import type { FundPolicy } from '#core/policy.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import type { RuleFinding } from './rule-finding.ts';
import type { TierTables } from './rule-set.ts';

/** Stands for every market that is not named. */
export const ANY_MARKET = '*';

/** A market of a manifest, in words. */
export const marketName = (market: string): string => (market === ANY_MARKET ? 'every market (`*`)' : `market \`${market}\``);

/** Markets of the manifest that no tier table is for. `source` is the manifest's. */
export const checkMarketTiers = (source: JsonSource, markets: readonly string[], { markets: tables }: TierTables): readonly RuleFinding[] =>
  markets.flatMap((market, index) =>
    tables.has(market) || tables.has(ANY_MARKET)
      ? []
      : [
          findingAt(source, ['markets', index], {
            code: 'market-without-tiers',
            message: `the law is for ${marketName(market)}, and margin-tiers.json has no table for it and none for \`*\``,
            effect: 'positions there have no maintenance margin: they are refused, or never liquidated while their losses grow',
            mend: `add a table \`${market}\` or \`*\` to margin-tiers.json, or name here only markets that have one`,
          }),
        ],
  );

/** Markets of the manifest that no fund is for. `source` is the manifest's. */
export const checkMarketFunds = (
  source: JsonSource,
  markets: readonly string[],
  domains: readonly FundPolicy[],
): readonly RuleFinding[] => {
  const covered = new Set(domains.flatMap((domain) => domain.markets));
  return markets.flatMap((market, index) =>
    covered.has(market) || covered.has(ANY_MARKET)
      ? []
      : [
          findingAt(source, ['markets', index], {
            code: 'market-without-fund',
            message: `the law is for ${marketName(market)}, and no fund of insurance-fund.json is for it or for \`*\``,
            effect: 'no loss there is ever paid by a fund: all of it goes to the profitable traders at once',
            mend: `add \`${market}\` or \`*\` to the \`markets\` of a fund in insurance-fund.json, or name here only markets that have one`,
          }),
        ],
  );
};
