import { socializedAccount } from '#core/account/ledger.ts';
import type { BlastRadius } from '#core/blast-radius.ts';
import { markedMarkets } from '#core/market/marked-market.ts';
import { Decimal, sum } from '#core/units/decimal.ts';
import { hashBeginning } from '../hash-beginning.ts';
import { debtOf } from '../pool-debt.ts';
import { takenOverPnl } from '../taken-over.ts';
import { withThousands } from '../thousands.ts';
import type { ReplayRun } from './replay-scenario.ts';

/** Rounded to places and grouped; what rounds to nothing has no sign. */
const grouped = (text: string, places: number): string => withThousands(new Decimal(text).toDecimalPlaces(places).plus(0).toFixed(places));

const counts = (map: ReadonlyMap<string, number>): string =>
  map.size === 0 ? '0' : [...map].map(([key, count]) => `${count} ${key}`).join(', ');

const counted = (count: number, one: string): string => `${withThousands(String(count))} ${count === 1 ? one : `${one}s`}`;

/** What everybody paid who shares a loss: all that was collected. Settlement asset. */
const sharedOut = ({ tables }: ReplayRun['outcome']): Decimal => {
  const accounts = new Set([...tables.Funds.values()].map(({ asset }) => socializedAccount(asset)));
  const legs = [...tables.Journal.values()].flatMap((entry) => entry.legs);
  return sum(legs.filter(({ account, value }) => accounts.has(account) && value.gt(0)).map(({ value }) => value));
};

/** What funds would win or lose on the positions they took over, at the last marks. Settlement asset. */
const takenOver = ({ tables }: ReplayRun['outcome']): Decimal => {
  const marked = markedMarkets([...tables.Markets.values()]);
  return sum([...tables.Funds.values()].map((fund) => takenOverPnl(tables, marked, fund)));
};

/** The wave that touched the most accounts; of several, the one that moved the most value, then the first. */
const widestWave = (blasts: ReadonlyMap<string, BlastRadius>): string => {
  const [widest] = [...blasts].sort(([, a], [, b]) => b.accounts.length - a.accounts.length || b.valueMoved.comparedTo(a.valueMoved));
  if (widest === undefined) return 'none';
  const [waveId, { accounts, markets, valueMoved }] = widest;
  return `${waveId}: ${counted(accounts.length, 'account')}, ${counted(markets.length, 'market')}, ${grouped(valueMoved.toFixed(), 2)} moved`;
};

/** How often the mode of whole funds went on and off, and that of single markets where the law measures by their results. */
const drawdownTurns = ({ tally: { safeguards } }: ReplayRun['outcome']): string => {
  const ofFunds = `${safeguards.drawdownStarts} on, ${safeguards.drawdownStops} off`;
  const { marketDrawdownStarts: starts, marketDrawdownStops: stops } = safeguards;
  return starts + stops === 0 ? ofFunds : `${ofFunds}; of markets ${starts} on, ${stops} off`;
};

type Row = readonly [string, (run: ReplayRun) => string];

const ROWS: readonly Row[] = [
  ['breaches (liquidations opened)', ({ document }) => grouped(String(document.totals.breaches), 0)],
  ['liquidation orders', ({ document }) => grouped(String(document.totals.liquidationOrders), 0)],
  ['market fills', ({ document }) => grouped(String(document.totals.marketFills), 0)],
  ['fund paid', ({ document }) => grouped(document.totals.fundPaid, 2)],
  ['fund received', ({ document }) => grouped(document.totals.fundReceived, 2)],
  ['fund balance at the end', ({ document }) => grouped(document.totals.fundBalance, 2)],
  ['accounts deleveraged', ({ outcome }) => grouped(String(outcome.tally.deleveragedAccounts.size), 0)],
  ['deleveraging fills', ({ document }) => grouped(String(document.totals.deleveragingFills), 0)],
  ['notional deleveraged', ({ document }) => grouped(document.totals.deleveragedNotional, 2)],
  ['haircuts', ({ document }) => grouped(document.totals.haircuts, 2)],
  ['shared out among everybody', ({ outcome }) => grouped(sharedOut(outcome).toFixed(), 2)],
  ['overshoot', ({ document }) => grouped(document.totals.overshoot, 2)],
  ['residual quantity', ({ document }) => grouped(document.totals.residualQuantity, 3)],
  ['debt left in closed pools', ({ outcome }) => grouped(debtOf([...outcome.tables.Pools.values()]).toFixed(), 2)],
  ['profit of positions taken over', ({ outcome }) => grouped(takenOver(outcome).toFixed(), 2)],
  ['pools still open', ({ document }) => grouped(String(document.totals.poolsOpen), 0)],
  ['margin balance at the end', ({ document }) => grouped(document.totals.marginBalance, 2)],
  ['marks quarantined', ({ outcome }) => counts(outcome.tally.safeguards.quarantined)],
  ['openings put off', ({ outcome }) => counts(outcome.tally.safeguards.deferred)],
  ['evaluations refused', ({ outcome }) => grouped(String(outcome.tally.safeguards.refused), 0)],
  ['warnings', ({ outcome }) => grouped(String(outcome.tally.safeguards.warned), 0)],
  ['fund drawdown mode', ({ outcome }) => drawdownTurns(outcome)],
  ['fund modes and warnings', ({ outcome }) => counts(outcome.tally.safeguards.fundEvents)],
  ['bands of security', ({ outcome }) => counts(outcome.tally.safeguards.bands)],
  ['withdrawals closed', ({ outcome }) => grouped(String(outcome.tally.safeguards.withdrawalsClosed), 0)],
  ['widest wave', ({ outcome }) => widestWave(outcome.tally.safeguards.blasts)],
  ['conserved', ({ document }) => `${document.conserved} (${grouped(String(document.violations.length), 0)} violations)`],
];

const nameOf = ({ ruleSet: { reference } }: ReplayRun): string => `${reference.id}@${reference.version}`;

const HASH_LETTERS = 8;

/** A rule set's name; with the beginning of its hash where another run's has the same name, as a changed copy may. */
const headOf = (run: ReplayRun, runs: readonly ReplayRun[]): string =>
  runs.filter((each) => nameOf(each) === nameOf(run)).length > 1
    ? `${nameOf(run)} ${hashBeginning(run.ruleSet.reference, HASH_LETTERS)}`
    : nameOf(run);

/** The waterfalls of several runs side by side: a head and one row per figure. Money in the settlement asset. */
export const waterfallRows = (runs: readonly ReplayRun[]): readonly (readonly string[])[] => [
  ['', ...runs.map((run) => headOf(run, runs))],
  ...ROWS.map(([label, of]) => [label, ...runs.map(of)]),
];
