import { describe, expect, it } from 'vitest';
import type { ContractKind } from '#core/market/contract.ts';
import type { Side } from '#core/market/side.ts';
import { entryValueAt, fillsValue, priceOfScaledValue, takerFee, unrealizedPnl, valueAt, valueSign } from '#core/market/valuation.ts';
import { decimal, ONE } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { termsOf } from '../../support/core-states.ts';
import { textTable } from '../../support/text-table.ts';

const kindOf = (text: string): ContractKind => (text === 'LINEAR' ? 'LINEAR' : 'INVERSE');
const sideOf = (text: string): Side => (text === 'LONG' ? 'LONG' : 'SHORT');
const termsFor = (contract: string, multiplier: string) => ({ ...termsOf(), contract: kindOf(contract), multiplier: decimal(multiplier) });

describe('the value of contracts', () => {
  it.each(
    textTable(
      'contract | multiplier | quantity | price | value | what',
      `
       LINEAR   | 1     | 10    | 100  | 1000   | base units times price
       LINEAR   | 0.001 | 1000  | 100  | 100    | a contract of a thousandth
       INVERSE  | 1     | 10000 | 8000 | 1.25   | dollars over price, in coin
       INVERSE  | 100   | 1000  | 8000 | 12.5   | contracts of 100 dollars
       INVERSE  | 100   | 1000  | 4000 | 25     | worth more coin at half the price
      `,
    ),
  )('$what: $quantity × $multiplier $contract at $price is $value, and the other way round', ({ contract, multiplier, ...row }) => {
    const terms = termsFor(contract, multiplier);
    const held = quantity(decimal(row.quantity));
    expect(valueAt(terms, held, price(decimal(row.price))).toFixed()).toBe(row.value);
    expect(priceOfScaledValue(terms, held, decimal(row.value), ONE)?.toFixed()).toBe(row.price);
  });

  it.each(['LINEAR', 'INVERSE'] as const)('of zero or less, in %s contracts, has no price', (contract) => {
    for (const value of ['0', '-1']) expect(priceOfScaledValue(termsFor(contract, '1'), quantity(ONE), decimal(value), ONE)).toBeNull();
  });

  it.each(
    textTable(
      'contract | side  | sign | atMark | pnl | what',
      `
       LINEAR   | LONG  | 1    | 12 | 2  | the price rose
       LINEAR   | SHORT | -1   | 12 | -2 |
       INVERSE  | LONG  | -1   | 8  | 2  | the price rose, the value fell
       INVERSE  | SHORT | 1    | 8  | -2 |
       INVERSE  | LONG  | -1   | 12 | -2 | the price fell
      `,
    ),
  )('$contract $side entered at 10 and worth $atMark has gained $pnl', ({ contract, side, sign, atMark, pnl }) => {
    expect(valueSign(kindOf(contract), sideOf(side)).toFixed()).toBe(sign);
    const position = { side: sideOf(side), entryValue: money(decimal('10')) };
    expect(unrealizedPnl(kindOf(contract), position, money(decimal(atMark))).toFixed()).toBe(pnl);
  });
});

describe('what is kept of a quotient', () => {
  it.each(
    textTable(
      'side  | kept                 | what',
      `
       LONG  | 0.333333333333333333 | down: the gain of a long is what it was opened for above what it is worth
       SHORT | 0.333333333333333334 | up: a short has to give it back
      `,
    ),
  )('1 dollar at 3 is $kept for a $side, at the cost of who holds it', ({ side, kept }) => {
    const position = { side: sideOf(side), quantity: quantity(ONE) };
    expect(entryValueAt(termsFor('INVERSE', '1'), position, price(decimal('3'))).toFixed()).toBe(kept);
    expect(entryValueAt(termsFor('LINEAR', '1'), position, price(decimal('3'))).toFixed()).toBe('3');
  });

  it.each(
    textTable(
      'contract | side  | value          | what',
      `
       INVERSE  | LONG  | 0.666666666666 | a LONG gives the value: down
       INVERSE  | SHORT | 0.666666666667 | a SHORT is paid it: up
      `,
    ),
  )('fills of 1 at 3 and 1 at 3 for a $contract $side are $value: $what', ({ contract, side, value }) => {
    const fills = [1, 2].map(() => ({ quantity: quantity(ONE), price: price(decimal('3')) }));
    expect(fillsValue(termsFor(contract, '1'), sideOf(side), fills).toFixed()).toBe(value);
  });

  it.each(['LONG', 'SHORT'] as const)('fills that add up to a round value are that value for a %s, whatever their digits', (side) => {
    // 1/3 + 2/3 and 1/7 six times and once more: each a quotient without end.
    const at = (text: string, part: string) => ({ quantity: quantity(decimal(part)), price: price(decimal(text)) });
    expect(fillsValue(termsFor('INVERSE', '1'), side, [at('3', '1'), at('3', '2')]).toFixed()).toBe('1');
    expect(fillsValue(termsFor('INVERSE', '1'), side, [at('7', '6'), at('7', '1')]).toFixed()).toBe('1');
  });

  it('the taker fee is on the value in coin, down to a quantum', () => {
    const terms = { ...termsFor('INVERSE', '1'), takerFeeRate: ratio(decimal('0.0005')) };
    expect(takerFee(terms, money(decimal('0.666666666667'))).toFixed()).toBe('0.000333333333');
  });
});
