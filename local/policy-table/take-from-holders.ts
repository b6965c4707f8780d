import { allocate, type Place } from '#core/adl/allocation/allocate.ts';
import type { AllocationPolicy } from '#core/adl/allocation/allocation-policy.ts';
import { wantedBy } from '#core/adl/severity.ts';
import type { SeverityPolicy } from '#core/adl/severity-policy.ts';
import { type Decimal, decimal, larger, sum, ZERO } from '#core/units/decimal.ts';
import { money, type Quantity, quantity } from '#core/units/money.ts';
import { floorToLot, withoutNoise } from '#core/units/rounding.ts';
import type { WaveMarket } from './read-waves.ts';

/** A holder that is assumed, since none is published: what it holds as a part of the size, its profit a unit of loss, its leverage. */
export interface AssumedHolder {
  readonly share: Decimal;
  readonly profitPerLoss: Decimal;
  readonly leverage: Decimal;
}

const holder = (share: string, profitPerLoss: string, leverage: string): AssumedHolder => ({
  share: decimal(share),
  profitPerLoss: decimal(profitPerLoss),
  leverage: decimal(leverage),
});

/** Holders that together hold more than any residual. What all of them give together does not depend on them, which a test tries with others. */
export const ASSUMED_HOLDERS: readonly AssumedHolder[] = [
  holder('1', '2', '3'),
  holder('0.31', '5', '12'),
  holder('0.17', '3', '1.5'),
  holder('0.11', '8', '25'),
  holder('0.05', '1.5', '7'),
];

/** The finest step that a size has, as a power of ten: the lot that the data leave open. */
export const lotOf = (size: Decimal): Quantity => quantity(decimal(`1e-${size.decimalPlaces()}`));

const placeOf = ({ size, loss }: WaveMarket, lotSize: Quantity, { share, profitPerLoss, leverage }: AssumedHolder): Place => {
  const held = floorToLot(size.times(share), lotSize);
  const perUnit = larger(loss.div(size), decimal('0.000001'));
  const profit = held.times(perUnit).times(profitPerLoss);
  // A unit is worth a hundred times what is lost on it.
  const notionalValue = held.times(perUnit).times(100);
  return {
    ranked: held,
    held,
    limit: held,
    profit: money(withoutNoise(profit)),
    marginBalance: money(withoutNoise(notionalValue.div(leverage))),
    notionalValue: money(withoutNoise(notionalValue)),
  };
};

/** What a policy takes for one market of a wave, and how far that is off in lots. USD. */
export interface MarketTaking {
  readonly taken: Decimal;
  /** (quantity wanted − quantity taken) / lot. */
  readonly lotsOff: Decimal;
}

/** Deleverages one market of a wave: as much as severity wants, allocated in whole lots; each unit takes the market's loss per unit. */
export const takeFor = (
  market: WaveMarket,
  severity: SeverityPolicy,
  allocation: AllocationPolicy,
  holders: readonly AssumedHolder[] = ASSUMED_HOLDERS,
): MarketTaking => {
  const lotSize = lotOf(market.size);
  const open = quantity(market.size);
  const perUnit = market.loss.div(market.size);
  const wanted = wantedBy(severity, { open, lotSize, haircutPerContract: perUnit, takenBefore: ZERO });
  const places = holders.map((each) => placeOf(market, lotSize, each));
  const given = sum(allocate(allocation, wanted.inLots, places, lotSize).taken);
  const taken = given.eq(open) ? market.loss : market.loss.times(given).div(open);
  return { taken, lotsOff: wanted.exact.minus(given).div(lotSize) };
};
