import { jsonPath } from '#rule-sets/json-path.ts';
import type { BookDocument } from './book-schema.ts';

const tierWarnings = (document: BookDocument): readonly string[] =>
  document.markets.flatMap(({ marginTiers }, index) => {
    const amount = marginTiers?.[0]?.maintenanceAmount;
    if (amount === undefined || amount.isZero()) return [];
    const path = jsonPath(['markets', index, 'marginTiers', 0, 'maintenanceAmount']);
    return [`${path}: the lowest tier's amount is \`${amount}\`, not zero; it is used as given`];
  });

/** A rule set's tiers were most likely written for amounts of the quote asset; an INVERSE market reads them as amounts of its coin. */
const coinTierWarnings = (document: BookDocument): readonly string[] =>
  document.markets.flatMap(({ contract, marginTiers, settlementAsset }, index) => {
    if (contract !== 'INVERSE' || marginTiers !== undefined) return [];
    const path = jsonPath(['markets', index, 'marginTiers']);
    return [`${path}: none given; the rule set's tiers are used with their bounds and amounts read in \`${settlementAsset}\``];
  });

/** Positions off the lot are told once, with their number: a book may have thousands. */
const lotWarnings = (document: BookDocument): readonly string[] => {
  const lots = new Map(document.markets.map(({ marketId, lotSize }) => [marketId, lotSize]));
  const paths = document.accounts.flatMap(({ positions }, account) =>
    positions.flatMap(({ marketId, quantity }, position) => {
      const lot = lots.get(marketId);
      return lot === undefined || quantity.mod(lot).isZero() ? [] : [jsonPath(['accounts', account, 'positions', position, 'quantity'])];
    }),
  );
  const [first, ...more] = paths;
  if (first === undefined) return [];
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return [`${first}${others}: no multiple of the market's lot; closing such a position whole takes an order off the lot`];
};

/** What is used as given although it looks odd, each beginning with its JSON path. */
export const bookWarnings = (document: BookDocument): string[] => [
  ...tierWarnings(document),
  ...coinTierWarnings(document),
  ...lotWarnings(document),
];
