import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import type { BooksFolder } from './books-folder.ts';

/**
 * Counts the turns of the funds' drawdown modes since the last look and notes them in the data folder. Only whether a mode is on is in the books: called
 * after each instant, so that what a crash cuts off is seen by the next run.
 */
export const countTurns = async (
  operator: Pick<EnginePorts, 'loadFund'>,
  fundIds: readonly string[],
  folder: BooksFolder,
): Promise<void> => {
  let turns = folder.drawdowns;
  for (const fundId of fundIds) {
    const { active } = (await operator.loadFund(fundId)).drawdown;
    const before = turns.active[fundId] ?? false;
    if (active === before) continue;
    turns = {
      active: { ...turns.active, [fundId]: active },
      starts: turns.starts + (active ? 1 : 0),
      stops: turns.stops + (active ? 0 : 1),
    };
  }
  if (turns !== folder.drawdowns) folder.turned(turns);
};
