import type { DeleveragingTrigger, DrawdownPolicy, FundPolicy } from '#core/policy.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import type { RuleFinding } from './rule-finding.ts';

const checkId = (source: JsonSource, { fundId }: FundPolicy, earlier: readonly FundPolicy[]): readonly RuleFinding[] => {
  const first = earlier.findIndex((other) => other.fundId === fundId);
  if (first < 0) return [];
  return [
    findingAt(source, ['domains', earlier.length, 'fundId'], {
      code: 'duplicate-fund',
      message: `fund \`${fundId}\` is given twice: each needs its own id`,
      effect: `two funds would draw on one balance under two sets of limits: it could be emptied below the floor of either`,
      mend: `give this fund another id than the one in \`$.domains[${first}]\``,
    }),
  ];
};

const checkMarkets = (source: JsonSource, { markets, asset }: FundPolicy, earlier: readonly FundPolicy[]): readonly RuleFinding[] => {
  const rivals = earlier.filter((other) => other.asset === asset);
  return markets.flatMap((market, position) => {
    const rival = rivals.find((other) => other.markets.includes(market));
    if (rival === undefined && markets.indexOf(market) === position) return [];
    return [
      findingAt(source, ['domains', earlier.length, 'markets', position], {
        code: 'market-in-two-funds',
        message: `market \`${market}\` with asset \`${asset}\` has a fund already: a loss is paid by one fund`,
        effect: `a loss in \`${market}\` would be paid by one of two funds, and nothing says by which: the caps of neither would bound it`,
        mend: rival === undefined ? `remove the second \`${market}\`` : `remove \`${market}\` here or from fund \`${rival.fundId}\``,
      }),
    ];
  });
};

const checkDrawdown = (source: JsonSource, drawdown: DrawdownPolicy | null, index: number): readonly RuleFinding[] => {
  if (drawdown === null || drawdown.release.lte(drawdown.trigger)) return [];
  const trigger = drawdown.trigger.toFixed();
  const release = drawdown.release.toFixed();
  return [
    findingAt(source, ['domains', index, 'drawdown', 'release'], {
      code: 'release-above-trigger',
      message: `expected at most the trigger \`${trigger}\`, got \`${release}\``,
      effect: `at a fall between \`${trigger}\` and \`${release}\` of the peak the mode would start and end at every mark: of two equal losses the fund would pay one and traders the other`,
      mend: `write "${trigger}" or less`,
    }),
  ];
};

const checkBalanceTrigger = (source: JsonSource, { balanceTrigger }: FundPolicy, index: number): readonly RuleFinding[] => {
  if (balanceTrigger === null || balanceTrigger.stop.gte(balanceTrigger.start)) return [];
  const start = balanceTrigger.start.toFixed();
  const stop = balanceTrigger.stop.toFixed();
  return [
    findingAt(source, ['domains', index, 'balanceTrigger', 'stop'], {
      code: 'stop-below-start',
      message: `expected at least the start \`${start}\`, got \`${stop}\``,
      effect: `at a balance between \`${stop}\` and \`${start}\` the mode would start and end at every mark: of two equal losses the fund would pay one and traders the other`,
      mend: `write "${start}" or more`,
    }),
  ];
};

const checkWarning = (source: JsonSource, { warning, drawdown }: FundPolicy, index: number): readonly RuleFinding[] =>
  warning === null || warning.drawdown === null || drawdown !== null
    ? []
    : [
        findingAt(source, ['domains', index, 'warning', 'drawdown'], {
          code: 'warning-without-drawdown',
          message: 'a warning by the fall needs a `drawdown`, which says how far back its peak is looked for',
          effect: 'nobody would be warned before the fund is used up',
          mend: 'give the fund a `drawdown`, or write null and warn by the balance',
        }),
      ];

/** What the schema of a fund file cannot say: unique ids, one fund per asset and market entry, modes that do not end before they begin. */
export const checkFunds = (source: JsonSource, domains: readonly FundPolicy[]): readonly RuleFinding[] =>
  domains.flatMap((domain, index) => {
    const earlier = domains.slice(0, index);
    return [
      ...checkId(source, domain, earlier),
      ...checkMarkets(source, domain, earlier),
      ...checkDrawdown(source, domain.drawdown, index),
      ...checkBalanceTrigger(source, domain, index),
      ...checkWarning(source, domain, index),
    ];
  });

/** Refuses a trigger that waits for a deleveraging mode which no fund of the rule set has. */
export const checkTrigger = (source: JsonSource, trigger: DeleveragingTrigger, domains: readonly FundPolicy[]): readonly RuleFinding[] =>
  trigger !== 'FUND_DRAWDOWN' || domains.some(({ drawdown, balanceTrigger }) => drawdown !== null || balanceTrigger !== null)
    ? []
    : [
        findingAt(source, ['deleveragingTrigger'], {
          code: 'trigger-without-drawdown',
          message: 'trigger `FUND_DRAWDOWN` needs a fund with a `drawdown` or a `balanceTrigger` in insurance-fund.json',
          effect: 'no residual would ever be deleveraged: what the market and the fund leave stays open, and its loss grows with the mark',
          mend: 'give a fund in insurance-fund.json a `drawdown`, or write "ORDER_ENDED"',
        }),
      ];
