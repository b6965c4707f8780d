/** A pool holds a market that the engine does not have: nobody can judge the pool until the market is added or the position is gone. */
export class UnknownMarket extends Error {
  override readonly name = 'UnknownMarket';

  constructor(marketId: string, poolId: string) {
    super(`market \`${marketId}\` of pool \`${poolId}\` is unknown`);
  }
}
