import type { BookDocument } from './book-schema.ts';
import type { Finding } from './finding.ts';

type Market = BookDocument['markets'][number];
type Tier = NonNullable<Market['marginTiers']>[number];

/** Faults of one tier against the tier below it; undefined for the lowest. */
function* tierFindings(tier: Tier, below: Tier | undefined, path: Finding['path']): Generator<Finding> {
  if (below === undefined) {
    if (!tier.notionalFloor.isZero())
      yield { path: [...path, 'notionalFloor'], message: `expected "0" for the lowest tier, got \`${tier.notionalFloor}\`` };
  } else if (below.notionalCap !== null && !tier.notionalFloor.eq(below.notionalCap)) {
    yield {
      path: [...path, 'notionalFloor'],
      message: `expected the cap of the tier below, \`${below.notionalCap}\`, got \`${tier.notionalFloor}\``,
    };
  }
  if (tier.notionalCap?.lte(tier.notionalFloor)) {
    yield {
      path: [...path, 'notionalCap'],
      message: `expected more than the tier's floor, \`${tier.notionalFloor}\`, got \`${tier.notionalCap}\``,
    };
  }
}

/**
 * Faults of a market's tier table: floors that do not continue the caps below, a cap that is not above its floor, a missing cap before the
 * last tier, and amounts in a form that has none (a mixture of two forms).
 */
export function* tierTableFindings(market: Market, marketPath: Finding['path']): Generator<Finding> {
  const tiers = market.marginTiers ?? [];
  const form = market.tierForm ?? 'DEDUCTION';
  for (const [index, tier] of tiers.entries()) {
    const path = [...marketPath, 'marginTiers', index];
    yield* tierFindings(tier, tiers[index - 1], path);
    if (tier.notionalCap === null && index < tiers.length - 1) {
      yield { path: [...path, 'notionalCap'], message: 'expected a cap, got null: only the last tier may go without' };
    }
    if (form !== 'DEDUCTION' && tier.maintenanceAmount !== undefined && !tier.maintenanceAmount.isZero()) {
      const message = `expected none or "0" with tierForm \`${form}\`, got \`${tier.maintenanceAmount}\`: amounts belong to DEDUCTION`;
      yield { path: [...path, 'maintenanceAmount'], message };
    }
  }
}
