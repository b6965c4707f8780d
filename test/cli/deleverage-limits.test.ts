import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderWith } from '../support/folder.ts';
import { sixAccounts } from '../support/published-books.ts';
import { copyRules, edit } from '../support/rules-folder.ts';
import { documentOf, type Ended, runAdl } from '../support/run-adl.ts';

/** A short of 20 closes at the mark of 660 instead of 650: the fund would pay 10 a contract, and its 62 pay for 6. */
const book = () => ({ ...sixAccounts(), insuranceFunds: [{ fundId: 'usdc', asset: 'USD', balance: '62' }] });

let text: Ended;
let document: unknown;

beforeAll(async () => {
  const folder = folderWith({ 'book.json': book() });
  const rules = copyRules(folder, 'house');
  edit(join(rules, 'deleveraging.json'), '"settlementPrice": "BANKRUPTCY"', '"settlementPrice": "MARK"');
  edit(join(rules, 'insurance-fund.json'), '"asset": "USDC"', '"asset": "USD"');
  text = await runAdl(folder, 'deleverage', 'book.json', '--rules', 'rules');
  document = documentOf(await runAdl(folder, 'deleverage', 'book.json', '--rules', 'rules', '--json'));
});

describe('adl deleverage of a residual that the fund cannot pay for in full', () => {
  it('says what stopped it and what the fund pays, beside what stays open', () => {
    expect(document).toMatchObject({
      plans: [{ settlementPrice: '660', residualQuantity: '14', taken: '0', outcome: 'LIMITED_BY_FUND', fundCost: '60' }],
    });
  });

  it('says so to people too', () => {
    expect(text.stdout).toContain('residual 14 (LIMITED_BY_FUND); needed 0, taken 0, overshoot 0, paid by the fund 60');
  });
});
