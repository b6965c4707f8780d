import { expect, it } from 'vitest';
import { parseBook } from '#local/parse-book.ts';
import { bookDocument, bytesWith, stepsOf } from './book-document.ts';

const faultOf = (bytes: Uint8Array) => {
  const parsed = parseBook('book.json', bytes);
  return parsed.ok ? null : parsed.refusal;
};

const secondPosition = (marginMode: string, isolatedMargin?: string) => ({
  ...{ marketId: 'BTC-USDT', side: 'LONG', quantity: '7', entryPrice: '9', marginMode },
  ...(isolatedMargin === undefined ? {} : { isolatedMargin }),
});

it.each([
  ['a position in an unknown market', '$.accounts[0].positions[1].marketId', 'XRP-USDT', /`XRP-USDT` is not a market/],
  ['a residual in an unknown market', '$.residuals[1].marketId', 'XRP-USDT', /`XRP-USDT` is not a market/],
  ['a market id given twice', '$.markets[1].marketId', 'BTC-USDT', /`BTC-USDT` is given twice, first at `\$\.markets\[0\]`/],
  ['an account id given twice', '$.accounts[1].accountId', 'a1', /`a1` is given twice, first at `\$\.accounts\[0\]`/],
  ['a fund id given twice', '$.insuranceFunds[1].fundId', 'usdt', /`usdt` is given twice/],
  ['a second cross position', '$.accounts[0].positions[3]', secondPosition('CROSS'), /second CROSS LONG position.*`BTC-USDT`/],
  ['a second isolated position', '$.accounts[0].positions[3]', secondPosition('ISOLATED', '7'), /second ISOLATED LONG position/],
  ['ISOLATED without margin', '$.accounts[0].positions[0].isolatedMargin', undefined, /ISOLATED.*got nothing/],
  ['CROSS with isolated margin', '$.accounts[0].positions[1].isolatedMargin', '5', /none for a CROSS.*`5`/],
  ['CROSS without its balance', '$.accounts[0].walletBalances.USDT', undefined, /`USDT` balance.*`BTC-USDT`/],
  ['a lowest floor above zero', '$.markets[0].marginTiers[0].notionalFloor', '1', /"0" for the lowest tier, got `1`/],
  ['a gap between tiers', '$.markets[0].marginTiers[1].notionalFloor', '50000.1', /`50000`, got `50000\.1`/],
  ['an overlap of tiers', '$.markets[0].marginTiers[1].notionalFloor', '49999.9', /`50000`, got `49999\.9`/],
  ['a cap at its floor', '$.markets[0].marginTiers[1].notionalCap', '50000', /more than the tier's floor, `50000`/],
  ['an open tier in the middle', '$.markets[0].marginTiers[0].notionalCap', null, /only the last tier/],
  ['a peak below the balance', '$.insuranceFunds[0].peakBalance', '999999', /at least the balance, `1000000`/],
])('refuses %s, at its path', (_, path, value, message) => {
  const fault = faultOf(bytesWith(bookDocument(), stepsOf(path), value));
  expect(fault).toMatchObject({ file: 'book.json', path });
  expect(fault?.message).toMatch(message);
});

it('asks for the balance that a cross position needs where an account has none at all', () => {
  const fault = faultOf(bytesWith(bookDocument(), ['accounts', 0, 'walletBalances'], undefined));
  expect(fault?.path).toBe('$.accounts[0].walletBalances.USDT');
});

it('refuses amounts in a form that has none, as a mixture', () => {
  for (const form of ['FLAT', 'MARGINAL']) {
    const document = bookDocument();
    Reflect.set(document.markets[0]?.marginTiers?.[1] ?? {}, 'maintenanceAmount', '50');
    const fault = faultOf(bytesWith(document, ['markets', 0, 'tierForm'], form));
    expect(fault?.path).toBe('$.markets[0].marginTiers[1].maintenanceAmount');
    expect(fault?.message).toContain(`tierForm \`${form}\``);
  }
});

// 1.2… × 3.3… = 4.07…: the product of a and b digits has a + b − 1.
const DIGITS_14 = '33.000000000001';
const DIGITS_25 = '1234567890123456789.000001';
const DIGITS_26 = '12345678901234567890.000001';

it.each([
  ['entry value', ['accounts', 0, 'positions', 1, 'entryPrice']],
  ['notional value', ['markets', 0, 'markPrice']],
])('refuses a position whose %s needs more than 38 digits, and accepts 38', (_, path) => {
  const accepted = bookDocument();
  Reflect.set(accepted.accounts[0]?.positions[1] ?? {}, 'quantity', DIGITS_25);
  expect(faultOf(bytesWith(accepted, path, DIGITS_14))).toBeNull();
  const document = bookDocument();
  Reflect.set(document.accounts[0]?.positions[1] ?? {}, 'quantity', DIGITS_26);
  const fault = faultOf(bytesWith(document, path, DIGITS_14));
  expect(fault).toMatchObject({ path: '$.accounts[0].positions[1].quantity' });
  expect(fault?.message).toMatch(/more than `38` significant digits/);
});

it('refuses a residual whose value needs more than 38 digits', () => {
  const document = bookDocument();
  Reflect.set(document.residuals[0] ?? {}, 'quantity', DIGITS_26);
  expect(faultOf(bytesWith(document, ['residuals', 0, 'bankruptcyPrice'], DIGITS_14))?.path).toBe('$.residuals[0].quantity');
});
