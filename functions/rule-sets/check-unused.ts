import type { FundPolicy } from '#core/policy.ts';
import { ANY_MARKET, marketName } from './check-markets.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import type { RuleFinding } from './rule-finding.ts';
import type { TierTables } from './rule-set.ts';
import type { RuleFiles } from './rule-set-files.ts';

/** An entry for a market that the manifest does not name, and what it is an entry of. */
interface UnusedEntry {
  readonly source: JsonSource;
  readonly path: readonly (string | number)[];
  /** Such as `tiers are given`. */
  readonly what: string;
  readonly market: string;
}

/** Tables for markets that the manifest does not name, and a table `*` beside which every market of it has its own. `source` is that of the tiers. */
const unusedTiers = (source: JsonSource, { markets: tables }: TierTables, markets: readonly string[]): readonly UnusedEntry[] =>
  [...tables.keys()].flatMap((market) => {
    const isUsed = market === ANY_MARKET ? markets.some((each) => !tables.has(each)) : markets.includes(market);
    return isUsed ? [] : [{ source, path: ['markets', market], what: 'tiers are given', market }];
  });

/** Funds' entries for markets that the manifest does not name; `*` goes with any. `source` is that of the funds. */
const unusedFunds = (source: JsonSource, domains: readonly FundPolicy[], markets: readonly string[]): readonly UnusedEntry[] =>
  domains.flatMap((domain, index) =>
    domain.markets.flatMap((market, position) =>
      market === ANY_MARKET || markets.includes(market)
        ? []
        : [{ source, path: ['domains', index, 'markets', position], what: `fund \`${domain.fundId}\` is`, market }],
    ),
  );

/** Most markets that are named one by one: a line that can still be read. */
const NAMED_MAX = 30;

const namesOf = (markets: readonly string[]): string => {
  const [first = '', ...others] = markets;
  if (others.length === 0) return marketName(first);
  const named = markets.slice(0, NAMED_MAX).map((market) => `\`${market}\``);
  return `markets ${named.join(', ')}${markets.length > NAMED_MAX ? ` and ${markets.length - NAMED_MAX} more` : ''}`;
};

/** `tiers are given for markets …` for each file or fund that has unused entries. */
const clausesOf = (entries: readonly UnusedEntry[]): readonly string[] =>
  [...new Set(entries.map(({ what }) => what))].map(
    (what) => `${what} for ${namesOf(entries.filter((each) => each.what === what).map(({ market }) => market))}`,
  );

/**
 * Entries of the tiers and the funds that the law never looks at, as one finding where the first of them stands: a manifest narrowed to one market is one
 * change, whatever it leaves without a use.
 */
export const checkUnused = (markets: readonly string[], { tiers, fund }: RuleFiles): readonly RuleFinding[] => {
  if (markets.includes(ANY_MARKET)) return [];
  const entries = [
    ...(tiers === null ? [] : unusedTiers(tiers.source, tiers.content, markets)),
    ...(fund === null ? [] : unusedFunds(fund.source, fund.content.domains, markets)),
  ];
  const [first] = entries;
  if (first === undefined) return [];
  const names = [...new Set(entries.map(({ market }) => market))];
  const isOne = names.length === 1;
  return [
    findingAt(first.source, first.path, {
      code: 'table-unused',
      message: `${clausesOf(entries).join(', and ')}, which the \`markets\` of rule-set.json do not name`,
      effect: isOne
        ? `its numbers change nothing: a position in \`${first.market}\` is not judged by this law`
        : 'their numbers change nothing: a position in any of these markets is not judged by this law',
      mend: `add ${isOne ? `\`${first.market}\`` : 'them'} to \`markets\` in rule-set.json, or remove the ${entries.length === 1 ? 'entry' : 'entries'}`,
    }),
  ];
};
