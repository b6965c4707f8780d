interface Holder {
  readonly poolId: string;
  readonly accountId: string;
}

/** What a pool is called among some: its account, or its own id where an account has several of them. */
export const holderNames = (holders: readonly Holder[]): ((poolId: string) => string) => {
  const accounts = new Map(holders.map(({ poolId, accountId }) => [poolId, accountId]));
  const pools = Map.groupBy(accounts, ([, accountId]) => accountId);
  return (poolId) => {
    const accountId = accounts.get(poolId);
    return accountId === undefined || (pools.get(accountId)?.length ?? 0) > 1 ? poolId : accountId;
  };
};
