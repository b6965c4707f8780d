import { isExact, type MarginAssessment, tierIndexOf } from '#core/margin/assess-margin.ts';
import { Decimal } from '#core/units/decimal.ts';
import { withoutNoise } from '#core/units/rounding.ts';
import type { DurationMs } from '#core/units/time.ts';
import type { Facts } from './facts.ts';

/** Stands for "more than any threshold" where a ratio to a balance at or below zero has no value. */
export const RATIO_OF_INSOLVENT = new Decimal('1e9');

const MS_PER_SECOND = 1000;

/**
 * What margin rules may ask about one pool. Ratios of an insolvent pool are 1e9; `markAge` in seconds. What is summed up from quotients (INVERSE) is told to
 * 40 places, so that a pool exactly on a threshold is on it.
 */
export const marginFacts = (assessment: MarginAssessment, markAge: DurationMs): Facts => {
  const told = isExact(assessment) ? (value: Decimal): Decimal => value : withoutNoise;
  return new Map<string, Decimal>([
    ['marginBalance', told(assessment.marginBalance)],
    ['maintenanceMargin', told(assessment.maintenanceMargin)],
    ['marginExcess', told(assessment.marginExcess)],
    ['marginRatio', told(assessment.marginRatio ?? RATIO_OF_INSOLVENT)],
    ['notionalValue', told(assessment.notionalValue)],
    ['tierIndex', new Decimal(tierIndexOf(assessment))],
    ['positionCount', new Decimal(assessment.positions.length)],
    ['effectiveLeverage', told(leverageOf(assessment))],
    ['markAge', new Decimal(markAge).div(MS_PER_SECOND)],
  ]);
};

const leverageOf = ({ notionalValue, marginBalance, positions }: MarginAssessment): Decimal => {
  if (positions.length === 0) return new Decimal(0);
  return marginBalance.gt(0) ? notionalValue.div(marginBalance) : RATIO_OF_INSOLVENT;
};
