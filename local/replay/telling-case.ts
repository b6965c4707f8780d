import type { ReplayRun } from './replay-scenario.ts';

/** The id of a case worth explaining: the first that ended in deleveraging, else the first of all; null where nothing was liquidated. */
export const tellingCase = ({ outcome }: Pick<ReplayRun, 'outcome'>): string | null => {
  const cases = [...outcome.tables.Cases.values()];
  return (cases.find((each) => each.state === 'CLOSED_ADL') ?? cases[0])?.caseId ?? null;
};
