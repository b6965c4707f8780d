import { isMembers, type Members, ONE_IN_QUANTA, quantaOf } from './law-forms.ts';

/** What a law that is in form has to mean, worked out by hand in whole quanta: tables without a step, and nothing said twice. */

const itemsOf = (value: unknown, key: string): readonly Members[] => {
  const items = isMembers(value) ? value[key] : undefined;
  return Array.isArray(items) ? items.filter(isMembers) : [];
};

const quanta = (value: unknown): bigint => quantaOf(value) ?? 0n;

const twice = (values: readonly unknown[], what: string): readonly string[] =>
  new Set(values).size === values.length ? [] : [`two ${what} are the same`];

/** Amounts of tiers in quanta², and what is wrong with those that are given. */
const amountFaults = (tiers: readonly Members[], form: unknown, market: string): readonly string[] => {
  const amounts = [0n];
  return tiers.flatMap((tier, index) => {
    const before = tiers[index - 1];
    const step =
      before === undefined ? 0n : quanta(tier.notionalFloor) * (quanta(tier.maintenanceMarginRate) - quanta(before.maintenanceMarginRate));
    const derived = (amounts.at(-1) ?? 0n) + step;
    amounts.push(derived);
    if (tier.maintenanceAmount === undefined || tier.maintenanceAmount === null) return [];
    const given = quanta(tier.maintenanceAmount) * ONE_IN_QUANTA;
    return given === (form === 'DEDUCTION' ? derived : 0n) ? [] : [`${market} tier ${index}: the maintenance margin has a step`];
  });
};

const tierFaults = (tiers: readonly Members[], market: string): readonly string[] =>
  tiers.flatMap((tier, index) => {
    const before = tiers[index - 1];
    const faults: string[] = [];
    if (
      before === undefined
        ? quanta(tier.notionalFloor) !== 0n
        : before.notionalCap === null || quanta(tier.notionalFloor) !== quanta(before.notionalCap)
    )
      faults.push('does not begin where the tier below ends');
    if (tier.notionalCap !== null && quanta(tier.notionalCap) <= quanta(tier.notionalFloor)) faults.push('ends before it begins');
    if (before !== undefined && quanta(tier.maintenanceMarginRate) < quanta(before.maintenanceMarginRate))
      faults.push('has a rate below the last one');
    if (quanta(tier.maximumLeverage) * quanta(tier.maintenanceMarginRate) >= ONE_IN_QUANTA ** 2n)
      faults.push('opens positions that are liquidatable at once');
    return faults.map((fault) => `${market} tier ${index} ${fault}`);
  });

const tableFaults = (file: unknown): readonly string[] => {
  const markets = isMembers(file) && isMembers(file.markets) ? file.markets : {};
  return Object.keys(markets)
    .filter((market) => market !== '$schema' && market !== 'notes')
    .flatMap((market) => {
      const tiers = itemsOf(markets, market);
      return [...tierFaults(tiers, market), ...amountFaults(tiers, isMembers(file) ? file.form : null, market)];
    });
};

interface Size {
  readonly depth: number;
  readonly nodes: number;
  readonly facts: readonly unknown[];
}

const sizeOf = (condition: unknown): Size => {
  if (!isMembers(condition)) return { depth: 0, nodes: 0, facts: [] };
  const inner = [condition.all, condition.any, condition.not].flat().filter(isMembers).map(sizeOf);
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    nodes: 1 + inner.reduce((total, { nodes }) => total + nodes, 0),
    facts: [condition.fact, ...inner.flatMap(({ facts }) => facts)],
  };
};

const ruleFaults = (file: unknown): readonly string[] => {
  const rules = itemsOf(file, 'rules');
  const sizes = rules.map((rule) => sizeOf(rule.conditions));
  return [
    ...twice(
      rules.map(({ name }) => name),
      'names',
    ),
    ...twice(
      rules.map(({ priority }) => priority),
      'priorities',
    ),
    ...(sizes.some(({ depth }) => depth > 8) ? ['a rule is deeper than eight conditions'] : []),
    ...(sizes.reduce((total, { nodes }) => total + nodes, 0) > 200 ? ['a file has more than two hundred conditions'] : []),
    // Without a security-to-value guard nothing computes it.
    ...(sizes.some(({ facts }) => facts.includes('securityToValue')) ? ['a rule asks for a fact without a value'] : []),
  ];
};

const fundFaults = (domains: readonly Members[]): readonly string[] => [
  ...twice(
    domains.map(({ fundId }) => fundId),
    'funds',
  ),
  ...twice(
    domains.flatMap(({ asset, markets }) => (Array.isArray(markets) ? markets.map((market) => `${asset} ${market}`) : [])),
    'markets of an asset',
  ),
  ...domains.flatMap(({ drawdown }) =>
    isMembers(drawdown) && quanta(drawdown.release) > quanta(drawdown.trigger) ? ['a drawdown ends before it begins'] : [],
  ),
  ...domains.flatMap(({ balanceTrigger: each }) =>
    isMembers(each) && quanta(each.stop) < quanta(each.start) ? ['a balance trigger ends before it begins'] : [],
  ),
  ...domains.flatMap(({ warning, drawdown }) =>
    isMembers(warning) && typeof warning.drawdown === 'string' && !isMembers(drawdown) ? ['a warning waits for what nothing measures'] : [],
  ),
];

const bandFaults = (safeguards: unknown): readonly string[] => {
  const bands = isMembers(safeguards) ? safeguards.securityToValue : null;
  if (!isMembers(bands) || !isMembers(bands.amber) || !isMembers(bands.red)) return [];
  const { amber, red } = bands;
  const isInOrder =
    quanta(amber.leave) >= quanta(amber.enter) &&
    quanta(red.leave) >= quanta(red.enter) &&
    quanta(amber.enter) >= quanta(red.enter) &&
    quanta(amber.leave) >= quanta(red.leave);
  return isInOrder ? [] : ['bands out of order'];
};

/** What is wrong between the parts of a law whose files are each in form. */
export const meaningFaults = (files: Readonly<Record<string, unknown>>): readonly string[] => {
  const shortfall = files['shortfall.rules.json'];
  const domains = itemsOf(files['insurance-fund.json'], 'domains');
  const waits = isMembers(shortfall) && shortfall.deleveragingTrigger === 'FUND_DRAWDOWN';
  return [
    ...tableFaults(files['margin-tiers.json']),
    ...ruleFaults(files['margin.rules.json']),
    ...ruleFaults(shortfall),
    ...(itemsOf(files['margin.rules.json'], 'rules').length === 0 ? ['no margin rule'] : []),
    ...fundFaults(domains),
    ...bandFaults(files['safeguards.json']),
    ...(waits && !domains.some(({ drawdown, balanceTrigger }) => isMembers(drawdown) || isMembers(balanceTrigger))
      ? ['a trigger waits for what nothing watches']
      : []),
  ];
};
