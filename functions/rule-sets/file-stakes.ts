import type { RuleFileName } from './rule-files.ts';

/** What is at stake, in money terms, when a part of a file is not applied as it was meant. */
export const FILE_STAKES: Readonly<Record<RuleFileName, string>> = {
  'rule-set.json': 'no record could say under which law a trader was liquidated',
  'margin-tiers.json': 'too little margin leaves losses to the fund, too much liquidates solvent pools',
  'margin.rules.json': 'pools that should be closed go on losing, or solvent ones are closed',
  'shortfall.rules.json': 'a loss beyond the margin is paid by the wrong side, the fund or the profitable traders',
  'insurance-fund.json': 'the fund pays more than it may, or not what it should',
  'deleveraging.json': 'the wrong traders lose their positions, or lose them at the wrong price',
  'safeguards.json': 'a wrong mark liquidates solvent pools, or a right one is not believed while losses grow',
};
