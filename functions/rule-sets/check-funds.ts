import type { DeleveragingTrigger, FundPolicy } from '#core/policy.ts';
import { type Fault, faultAt, type JsonSource } from './json-source.ts';

const checkDomain = (source: JsonSource, domains: readonly FundPolicy[], index: number): readonly Fault[] => {
  const domain = domains[index];
  if (domain === undefined) return [];
  const earlier = domains.slice(0, index);
  const faults: Fault[] = [];
  if (earlier.some(({ fundId }) => fundId === domain.fundId))
    faults.push(faultAt(source, ['domains', index, 'fundId'], `fund \`${domain.fundId}\` is given twice: each needs its own id`));
  const rivals = earlier.filter(({ asset }) => asset === domain.asset).flatMap(({ markets }) => markets);
  domain.markets.forEach((market, position) => {
    if (rivals.includes(market) || domain.markets.indexOf(market) < position) {
      const message = `market \`${market}\` with asset \`${domain.asset}\` has a fund already: a loss is paid by one fund`;
      faults.push(faultAt(source, ['domains', index, 'markets', position], message));
    }
  });
  const { drawdown } = domain;
  if (drawdown?.release.gt(drawdown.trigger)) {
    const message = `expected at most the trigger \`${drawdown.trigger.toFixed()}\`, got \`${drawdown.release.toFixed()}\``;
    faults.push(faultAt(source, ['domains', index, 'drawdown', 'release'], message));
  }
  return faults;
};

/** What the schema of a fund file cannot say: unique ids, one fund per asset and market entry, release at most trigger. */
export const checkFunds = (source: JsonSource, domains: readonly FundPolicy[]): readonly Fault[] =>
  domains.flatMap((_, index) => checkDomain(source, domains, index));

/** Refuses a trigger that waits for a drawdown which no fund of the rule set watches. */
export const checkTrigger = (source: JsonSource, trigger: DeleveragingTrigger, domains: readonly FundPolicy[]): readonly Fault[] =>
  trigger !== 'FUND_DRAWDOWN' || domains.some(({ drawdown }) => drawdown !== null)
    ? []
    : [faultAt(source, ['deleveragingTrigger'], 'trigger `FUND_DRAWDOWN` needs a fund with a `drawdown` in insurance-fund.json')];
