import { type Payer, payerOf } from '#core/adl/socialize.ts';
import { present } from '#core/invariant.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import { asksHolders } from '#core/market/switches.ts';
import { byCodeUnits } from '#core/ordering.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { fitMarks, markedAt } from './fit-marks.ts';
import type { ResidualInput } from './residual-input.ts';

/**
 * Everybody who stands in the market, long or short, as a payer of what is shared out, by `poolId`. Not the bankrupt account, no pool that is in liquidation
 * itself, and nobody who cannot be valued; nobody at all in a market where nobody is asked.
 */
export const loadPayers = async (ports: DeleveragePorts, { terms, wave }: ResidualInput, accountId: string): Promise<readonly Payer[]> => {
  const { marketId } = terms;
  if (!asksHolders(present(await ports.loadMarket(marketId), `market ${marketId} exists`))) return [];
  const holders = [...(await ports.loadHolders(marketId, 'LONG')), ...(await ports.loadHolders(marketId, 'SHORT'))];
  const pools = [...new Map(holders.map((pool) => [pool.poolId, pool])).values()]
    .filter((pool) => pool.caseId === null && pool.accountId !== accountId)
    .sort((a, b) => byCodeUnits(a.poolId, b.poolId));
  const marked = await markedAt(ports, await fitMarks(ports, wave, marketId, pools));
  return pools.flatMap((pool) => {
    const assessed = assessMargin(pool, marked);
    return assessed.ok ? [payerOf(assessed.value, marketId)] : [];
  });
};
