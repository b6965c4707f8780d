import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DEFAULT_ACCOUNTS, DEFAULT_SEED, generateBook } from '#local/generate-book.ts';

const USAGE = 'usage: node scripts/generate-book.ts [--seed <text>] [--accounts <number>] [--fund <USDT>] --out <file>';

/** Writes the book of the arguments, or throws what is wrong with them before anything is written. */
const run = (): string => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: DEFAULT_SEED },
      accounts: { type: 'string', default: String(DEFAULT_ACCOUNTS) },
      fund: { type: 'string' },
      out: { type: 'string' },
    },
  });
  if (values.out === undefined) throw new RangeError(`\`--out\` is missing: ${USAGE}`);
  if (values.fund !== undefined && !/^\d+(\.\d{1,12})?$/.test(values.fund))
    throw new RangeError(`\`--fund\` is \`${values.fund}\`: expected a decimal of at least zero, such as \`80000\``);
  if (!/^\d+$/.test(values.accounts)) throw new RangeError(`\`--accounts\` is \`${values.accounts}\`: expected a whole number`);
  const book = generateBook({
    seed: values.seed,
    accounts: Number(values.accounts),
    ...(values.fund === undefined ? {} : { insuranceFundBalance: values.fund }),
  });
  writeFileSync(values.out, `${JSON.stringify(book, null, 1)}\n`);
  const positions = book.accounts.reduce((total, { positions: held }) => total + held.length, 0);
  return `${values.out}: ${book.accounts.length} accounts, ${positions} positions, fund ${book.insuranceFunds[0]?.balance} USDT`;
};

try {
  process.stdout.write(`${run()}\n`);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message.split('\n')[0]}\n`);
  process.exitCode = 2;
}
