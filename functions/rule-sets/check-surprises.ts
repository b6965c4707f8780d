import type { DeleveragingPolicy, FundPolicy, SafeguardPolicy } from '#core/policy.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import type { RuleFinding } from './rule-finding.ts';

/** A cap of one market that the cap of all markets together is reached before. */
export const checkCaps = (source: JsonSource, domains: readonly FundPolicy[]): readonly RuleFinding[] =>
  domains.flatMap(({ drawCapPerMarket: one, drawCapPerInterval: all }, index) =>
    one === null || all === null || one.lte(all)
      ? []
      : [
          findingAt(source, ['domains', index, 'drawCapPerMarket'], {
            code: 'cap-unreachable',
            message: `one market may draw \`${one.toFixed()}\` in an interval, all together only \`${all.toFixed()}\``,
            effect: `one market can draw all \`${all.toFixed()}\` of an interval and leave nothing to the others`,
            mend: `write less than "${all.toFixed()}", or null for no cap of its own`,
          }),
        ],
  );

/** Where the weights stand that tell counterparties apart; null where something else orders them. */
const weightsOf = ({ ranking }: DeleveragingPolicy): { readonly path: readonly string[]; readonly weights: readonly number[] } | null => {
  switch (ranking.formula) {
    case 'PROFIT_TIMES_LEVERAGE':
      return { path: ['ranking', 'weights'], weights: Object.values(ranking.weights) };
    case 'FACTORS':
      return { path: ['ranking', 'profit', 'weight'], weights: [ranking.profit, ...ranking.factors].map(({ weight }) => weight) };
    case 'LEXICOGRAPHIC':
    case 'SEEDED_START':
      return null;
  }
};

/** A ranking that tells nobody apart. */
export const checkRanking = (source: JsonSource, policy: DeleveragingPolicy): readonly RuleFinding[] => {
  const found = weightsOf(policy);
  if (found === null || found.weights.some((weight) => weight !== 0)) return [];
  return [
    findingAt(source, found.path, {
      code: 'ranking-constant',
      message: 'all weights are `0`: every counterparty in profit scores `1`',
      effect: 'who loses a position first is decided by the letters of account ids, not by profit or leverage',
      mend: 'give at least one factor a weight, such as 1',
    }),
  ];
};

/** The whole of a mark: it cannot fall by more. */
const ALL = 1;

const checkBand = (source: JsonSource, safeguards: SafeguardPolicy, key: 'jumpBand' | 'indexDivergence'): readonly RuleFinding[] => {
  const band = safeguards[key];
  if (band === null || band.lt(ALL)) return [];
  return [
    findingAt(source, [key], {
      code: 'band-too-wide',
      message: `\`${key}\` \`${band.toFixed()}\` lets a mark fall by \`${band.times(100).toFixed()}\` percent: no fall is ever outside it`,
      effect: 'a wrong mark near zero is believed at once and liquidates every long position at it',
      mend: 'write a ratio below "1", such as "0.10" for a tenth, or null to switch the guard off',
    }),
  ];
};

const secondsOf = (milliseconds: number): string => `\`${milliseconds / 1000}\` seconds`;

/** Safeguards that guard less than their numbers promise. */
export const checkSafeguards = (source: JsonSource, safeguards: SafeguardPolicy): readonly RuleFinding[] => {
  const { throttle } = safeguards;
  const outwaited = throttle !== null && throttle.maximumDelay < throttle.interval;
  return [
    ...checkBand(source, safeguards, 'jumpBand'),
    ...checkBand(source, safeguards, 'indexDivergence'),
    ...(outwaited
      ? [
          findingAt(source, ['throttle', 'maximumDelay'], {
            code: 'throttle-outwaited',
            message: `a pool waits at most ${secondsOf(throttle.maximumDelay)}, the interval lasts ${secondsOf(throttle.interval)}`,
            effect: `more than \`${throttle.notionalPerMarket.toFixed()}\` may start liquidation in one interval: whoever has waited passes before the next begins`,
            mend: 'write a delay of several intervals, or a shorter interval',
          }),
        ]
      : []),
  ];
};
