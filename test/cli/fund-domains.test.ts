import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { folderWith } from '../support/folder.ts';
import { copyRules } from '../support/rules-folder.ts';
import { documentOf, runAdl } from '../support/run-adl.ts';
import { crashBook, crashFiles, held } from '../support/small-crash.ts';

/** Bitcoin alone loses here; the only fund of the book is that of the domain of ether, and bitcoin is the first market of the book. */
const book = () => ({
  ...crashBook(),
  accounts: [
    { accountId: 'small', positions: [{ ...held('BTC-USDT', 'LONG', '0.4', '100000'), marginMode: 'ISOLATED', isolatedMargin: '2000' }] },
    { accountId: 'short', walletBalances: { USDT: '100000' }, positions: [held('BTC-USDT', 'SHORT', '2', '100000')] },
  ],
  insuranceFunds: [{ fundId: 'ether', asset: 'USDT', balance: '1000' }],
});

const rulesFile = z.looseObject({ domains: z.array(z.looseObject({})) });

const replayed = z.looseObject({ totals: z.looseObject({}) });

const WARNING = '$.insuranceFunds: none is left for domain `bitcoin` of house@1.0.0: it begins empty';

describe('a book whose only fund is that of another domain', () => {
  let folder = '';
  beforeAll(() => {
    folder = folderWith({ ...crashFiles(), 'book.json': book() });
    const file = join(copyRules(folder, 'house', 'law'), 'insurance-fund.json');
    const given = rulesFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    const [usual] = given.domains;
    const domains = [
      { ...usual, fundId: 'bitcoin', markets: ['BTC-USDT'] },
      { ...usual, fundId: 'ether', markets: ['*'] },
    ];
    writeFileSync(file, JSON.stringify({ ...given, domains }));
    const [bitcoin, ether] = book().markets;
    writeFileSync(join(folder, 'fallen.json'), JSON.stringify({ ...book(), markets: [{ ...bitcoin, markPrice: '94000' }, ether] }));
  });

  it('sends no order that this fund would have to pay for, and says why', async () => {
    const run = await runAdl(folder, 'assess', 'fallen.json', '--rules', 'law', '--json');
    expect(run.stderr).toBe(`adl: warning: fallen.json ${WARNING}\n`);
    const { pools } = z
      .object({ pools: z.array(z.object({ poolId: z.string(), decision: z.object({ orders: z.array(z.unknown()) }) })) })
      .parse(documentOf(run));
    expect(pools.find(({ poolId }) => poolId.startsWith('small#'))?.decision.orders).toEqual([]);
  });

  it('keeps what is in it when the other domain loses', async () => {
    const run = await runAdl(folder, 'replay', 'scenario.json', '--rules', 'law', '--report', 'out/crash.md', '--json');
    expect([run.code, run.stderr.includes(`adl: warning: book.json ${WARNING}\n`)]).toEqual([0, true]);
    expect(replayed.parse(documentOf(run)).totals).toMatchObject({ fundPaid: '0', fundBalance: '1000', deleveragedQuantity: '0.4' });
  });
});
