import { Decimal, ONE, ZERO } from '#core/units/decimal.ts';
import { leavesOf } from '#rule-sets/conditions.ts';
import { FACTS, type FactName, type Facts } from '#rule-sets/facts.ts';
import { compareDecimals, isOneOf } from '#rule-sets/operators.ts';
import type { Condition } from '#rule-sets/rule-set.ts';

/** Whether a condition holds, straight from the operators. */
export const holds = (condition: Condition, facts: Facts): boolean => {
  if ('all' in condition) return condition.all.every((each) => holds(each, facts));
  if ('any' in condition) return condition.any.some((each) => holds(each, facts));
  if ('not' in condition) return !holds(condition.not, facts);
  const { operator, fact, value, threshold } = condition;
  return operator === 'oneOf' ? isOneOf(facts.get(fact), value) : compareDecimals(operator, facts.get(fact), threshold);
};

const QUANTUM = new Decimal('1e-12');
const INSOLVENT = new Decimal('1e9');

/** A fact's thresholds, a quantum either side of each, and some values besides. */
const around = (condition: Condition, fact: FactName, besides: readonly Decimal[]): readonly Decimal[] => {
  const thresholds = leavesOf(condition).flatMap((leaf) => (leaf.fact === fact && leaf.threshold !== null ? [leaf.threshold] : []));
  const step = fact === 'tierIndex' || fact === 'positionCount' ? ONE : fact === 'markAge' ? new Decimal('0.001') : QUANTUM;
  const values = [...thresholds.flatMap((each) => [each.minus(step), each, each.plus(step)]), ...besides];
  return [...new Map(values.map((each) => [each.toFixed(), each])).values()];
};

const MONEY = ['-7', '0', '3', '40'].map((text) => new Decimal(text));
const RATIOS = ['0.01', '0.9', '1', '2'].map((text) => new Decimal(text));

function* heldPools(condition: Condition): Generator<Map<string, Decimal>> {
  const wholes = (fact: FactName, least: Decimal) => around(condition, fact, [least]).filter((each) => each.gte(least) && each.isInteger());
  const ages = around(condition, 'markAge', [ZERO]).filter((each) => each.gte(0) && each.times(1000).isInteger());
  for (const marginBalance of around(condition, 'marginBalance', MONEY)) {
    const ratios = around(condition, 'marginRatio', RATIOS).map((each) => marginBalance.times(ONE.minus(each)));
    const leverages = around(condition, 'effectiveLeverage', RATIOS).map((each) => marginBalance.times(each));
    for (const marginExcess of [...around(condition, 'marginExcess', MONEY), ...ratios]) {
      const requirement = marginBalance.minus(marginExcess);
      const margins = around(condition, 'maintenanceMargin', [requirement, requirement.div(2)]);
      for (const notionalValue of [...around(condition, 'notionalValue', [...MONEY, requirement.times(3).abs()]), ...leverages])
        for (const maintenanceMargin of margins) {
          const fee = requirement.minus(maintenanceMargin);
          // Rates are above 0 and below 1, taker fees from 0 to below 1.
          if (maintenanceMargin.lte(0) || maintenanceMargin.gte(notionalValue) || fee.lt(0) || fee.gte(notionalValue)) continue;
          for (const tierIndex of wholes('tierIndex', ZERO))
            for (const positionCount of wholes('positionCount', ONE))
              for (const markAge of ages)
                yield new Map(
                  Object.entries({
                    marginBalance,
                    maintenanceMargin,
                    marginExcess,
                    marginRatio: marginBalance.gt(0) ? requirement.div(marginBalance) : INSOLVENT,
                    notionalValue,
                    tierIndex,
                    positionCount,
                    effectiveLeverage: marginBalance.gt(0) ? notionalValue.div(marginBalance) : INSOLVENT,
                    markAge,
                  }),
                );
        }
    }
  }
}

function* emptyPools(condition: Condition): Generator<Map<string, Decimal>> {
  for (const marginBalance of [...around(condition, 'marginBalance', MONEY), ...around(condition, 'marginExcess', MONEY)])
    yield new Map(Object.keys(FACTS).map((fact) => [fact, fact === 'marginBalance' || fact === 'marginExcess' ? marginBalance : ZERO]));
}

function* funds(condition: Condition): Generator<Map<string, Decimal | string>> {
  const notNegative = (fact: FactName) => around(condition, fact, [ZERO, ONE]).filter((each) => each.gte(0));
  for (const fundBalance of around(condition, 'fundBalance', MONEY))
    for (const fundAvailable of notNegative('fundAvailable'))
      for (const fundDrawdown of around(condition, 'fundDrawdown', RATIOS.concat(ZERO))) {
        const most = fundBalance.gt(0) ? fundBalance : ZERO;
        // balance = peak · (1 − drawdown), and a fund without a peak has no drawdown.
        const agrees = fundDrawdown.isZero() || (fundDrawdown.gt(0) && fundBalance.comparedTo(0) === ONE.comparedTo(fundDrawdown));
        if (fundAvailable.gt(most) || !agrees) continue;
        for (const residualQuantity of notNegative('residualQuantity'))
          for (const shortfall of notNegative('shortfall'))
            for (const marketStatus of ['ACTIVE', 'REDUCE_ONLY', 'HALTED', 'SETTLING'])
              for (const securityToValue of around(condition, 'securityToValue', [ONE]))
                yield new Map<string, Decimal | string>(
                  Object.entries({ fundBalance, fundAvailable, fundDrawdown, residualQuantity, shortfall, marketStatus, securityToValue }),
                );
      }
}

/** Facts of one kind that keep the relations of real ones, over the thresholds of a condition and a quantum either side of each. */
export function* marginGrid(condition: Condition): Generator<Facts> {
  yield* heldPools(condition);
  yield* emptyPools(condition);
}

export const shortfallGrid = funds;
