import { expect, vi } from 'vitest';
import { crossPoolId, type Pool } from '#core/account/pool.ts';
import { present } from '#core/invariant.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, price, quantity } from '#core/units/money.ts';
import { ruleSetJson } from '#functions/adapters/lambda/rule-set-json.ts';
import { contentHash } from '#rule-sets/content-hash.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { FUNCTION_NAMES } from '../../infra/names.ts';
import { HOUSE } from '../support/small-law.ts';
import type { DrivenVenue } from './driven-venue.ts';
import type { WholeStack } from './whole-stack.ts';

/** A law of `house` under its next version. */
const nextOf = (law: RuleSet): RuleSet => {
  const version = '1.1.0';
  const files = { ...law.files, 'rule-set.json': { ...Object(law.files['rule-set.json']), version } };
  return { ...law, files, reference: { id: 'house', version, hash: contentHash(files) } };
};

/** Publishes a second version and makes it the law, as a pipeline does. */
export const moveLaw = async ({ stack }: WholeStack, law = HOUSE): Promise<void> => {
  const newer = nextOf(law);
  const administer = (command: Readonly<Record<string, unknown>>) => stack.invoke('administer-rules', command);
  await administer({ action: 'PUBLISH', ruleSet: ruleSetJson(newer) });
  await administer({ action: 'ACTIVATE', id: 'house', version: '1.1.0', previousVersion: '1.0.0' });
  await administer({ action: 'SHOW', id: 'house', version: '1.1.0' });
  expect(await administer({ action: 'LIST', id: 'house' })).toMatchObject({
    versions: { length: 2 },
    active: { reference: newer.reference },
  });
};

/** Has every function but the one that needs no engine start cold: here they share a process, and only the first of them would read what all of them do. */
export const startCold = async ({ stack }: WholeStack): Promise<void> => {
  for (const [place, name] of FUNCTION_NAMES.filter((each) => each !== 'administer-rules').entries()) {
    // A process that is told anything else about its place begins anew.
    vi.stubEnv('LOG_LEVEL', place % 2 === 0 ? 'WARN' : 'ERROR');
    await stack.invoke(name, { Records: [] });
  }
  vi.unstubAllEnvs();
};

/** One fill of a selling order that is left open; one beyond its limit is refused. */
export const fillInPart = async (venue: DrivenVenue, { orderId, limitPrice }: LiquidationOrder): Promise<void> => {
  const fill = { orderId, fillSequence: 1, quantity: quantity(decimal('1')), price: limitPrice };
  const beyond = { ...fill, price: price(limitPrice.minus(1)) };
  expect(await venue.does((client) => client.reportFill(beyond))).toBe('REFUSED');
  expect(await venue.does((client) => client.reportFill(fill))).toBe('WRITTEN');
  expect(await venue.does((client) => client.loadOrder(orderId))).toMatchObject({ fillSequence: 1 });
};

/** Deposits, withdrawals and a trade between two new pools. */
export const bookPools = async (venue: DrivenVenue): Promise<void> => {
  const opened = async (accountId: string): Promise<Pool> => {
    const poolId = crossPoolId(accountId, 'USDT');
    const balance = money(decimal('1000'));
    const opening = { poolId, accountId, marginMode: 'CROSS', settlementAsset: 'USDT', tags: [], balance, positions: [] } as const;
    expect(await venue.does((client) => client.openPool(opening))).toBe('WRITTEN');
    return present(await venue.does((client) => client.loadPool(poolId)), poolId);
  };
  const [maker, taker] = [await opened('b1'), await opened('b2')];
  const amount = money(decimal('1'));
  const ruleSetId = HOUSE.reference.id;
  expect((await venue.does((client) => client.askWithdrawal({ ruleSetId, pool: maker })))?.toFixed()).toBe('1000');
  expect(await venue.does((client) => client.changePool(maker, { kind: 'WITHDRAWAL', amount }))).toBe('WRITTEN');
  const position = { marketId: 'BBB', quantity: quantity(decimal('2')), entryValue: money(decimal('200')) };
  const trade = (pool: Pool, side: 'LONG' | 'SHORT') =>
    ({ pool, change: { kind: 'TRADE', balance: pool.balance, positions: [{ ...position, side }] } }) as const;
  const after = present(await venue.does((client) => client.loadPool(maker.poolId)), maker.poolId);
  expect(await venue.does((client) => client.askTrade({ ruleSetId, ...trade(after, 'LONG') }))).toBeNull();
  expect(await venue.does((client) => client.changePools([trade(after, 'LONG'), trade(taker, 'SHORT')]))).toBe('WRITTEN');
};
