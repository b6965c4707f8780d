import type { AllocationPolicy } from '#core/adl/allocation/allocation-policy.ts';
import type { SeverityPolicy } from '#core/adl/severity-policy.ts';
import { type Decimal, decimal, larger, sum, ZERO } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { ALLOCATIONS } from '#rule-sets/allocations.ts';
import { withThousands } from '../thousands.ts';
import { type PublishedWave, publishedWaves } from './read-waves.ts';
import { takeFor } from './take-from-holders.ts';

const FULL: SeverityPolicy = { kind: 'FULL' };
const HALF: SeverityPolicy = { kind: 'BUDGET_OF_DEFICIT', share: ratio(decimal('0.5')), maximumOvershoot: ratio(ZERO) };

interface Line {
  readonly name: string;
  readonly amountIn: (wave: PublishedWave) => Decimal;
}

const takenBy =
  (severity: SeverityPolicy, allocation: AllocationPolicy) =>
  ({ markets }: PublishedWave): Decimal =>
    sum(markets.map((market) => takeFor(market, severity, allocation).taken));

const LINES: readonly Line[] = [
  { name: 'needed', amountIn: ({ needed }) => needed },
  { name: 'taken by the venue', amountIn: ({ venueTook }) => venueTook },
  { name: 'published pro rata by whole contracts', amountIn: ({ contractProRata }) => contractProRata },
  ...ALLOCATIONS.map((allocation): Line => ({ name: `\`FULL\`, \`${allocation}\``, amountIn: takenBy(FULL, allocation) })),
  ...ALLOCATIONS.map((allocation): Line => ({ name: `\`BUDGET_OF_DEFICIT\` 0.5, \`${allocation}\``, amountIn: takenBy(HALF, allocation) })),
  { name: '`FULL` at `MARK`: from counterparties', amountIn: () => ZERO },
  { name: '`FULL` at `MARK`: from the fund', amountIn: takenBy(FULL, 'QUEUE') },
];

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const amountRow = (waves: readonly PublishedWave[], { name, amountIn }: Line): string => {
  const amounts = waves.map(amountIn);
  return row([name, ...[...amounts, sum(amounts)].map((amount) => withThousands(amount.toFixed(2)))]);
};

const largestOff = (waves: readonly PublishedWave[], severity: SeverityPolicy): Decimal =>
  waves
    .flatMap(({ markets }) => markets.flatMap((market) => ALLOCATIONS.map((each) => takeFor(market, severity, each).lotsOff.abs())))
    .reduce(larger, ZERO);

const sharesRow = (waves: readonly PublishedWave[], name: string, amountIn: (wave: PublishedWave) => Decimal): string => {
  const shares = waves.map((wave) => amountIn(wave).div(wave.winnersUnrealized));
  return row([name, ...shares.map((share) => `${share.times(100).toFixed(3)} %`)]);
};

/** `docs/policy-table.md`: what the published waves needed, what the venue took, and what each policy of the engine takes. */
export const policyTable = (): string => {
  const waves = publishedWaves();
  const heads = waves.map(({ wave }) => `wave ${wave}`);
  return `# Policies over four published waves

Written by \`npm run policy-table\`, checked by a test. USD, from the sums in
[local/waves-2025-10-10](../local/waves-2025-10-10/README.md), which has their source and licence.

${row(['', ...heads, 'sum'])}
${row(['---', ...heads.map(() => '---:'), '---:'])}
${LINES.map((line) => amountRow(waves, line)).join('\n')}

As a part of the winners' unrealized profit, which is published as one sum a wave:

${row(['', ...heads])}
${row(['---', ...heads.map(() => '---:')])}
${sharesRow(waves, 'needed', ({ needed }) => needed)}
${sharesRow(waves, 'taken by the venue', ({ venueTook }) => venueTook)}

Largest difference between what severity wants and what is given, in any of the ${waves.flatMap(({ markets }) => markets).length} markets, by any allocation: ${largestOff(waves, FULL).toFixed(3)} lots under \`FULL\`,
${largestOff(waves, HALF).toFixed(3)} lots under half of the deficit.

## How to read it

* **Allocations do not differ in their sum.** Whoever gives a contract gives up the same at one settlement price; what they differ in is from whom. All of
  them take what is needed, to the lot, and none takes more: a plan can never transfer more than the residual. The venue took less than was needed in these
  four waves; its overshoot of the day lies in others.
* **Severity and settlement price move the sums.** Half of the deficit leaves the other half open, as a residual. At the mark counterparties give up nothing
  and the fund pays what is needed.
* **What the data lack.** No list of winners and no lot sizes are published. So holders are assumed, in every market the same five with parts of its size, and the lot is the finest step
  of the size. Sums do not depend on them, which a test tries with others; who gives how much would, and is not shown.
  \`CAP_OF_POSITION\` and \`CAP_OF_PROFIT\` depend on the holders in their sum too, and have no line for that reason.
* **The published pro rata by whole contracts** undershoots because it cuts every share down to a whole contract. Here lots are distributed by the largest remainder.
`;
};
