import type { Decimal } from '#core/units/decimal.ts';
import { type FactName, type Facts, factDefinition, factNames, type RuleKind } from '#rule-sets/facts.ts';
import type { Attribute } from './attribute.ts';
import { membersOf } from './composite-attribute.ts';
import { decimalNumber } from './decimal-attribute.ts';
import { DecodeError, type Place, within } from './decode-error.ts';
import { id } from './key-attributes.ts';

type Fact = Decimal | string;

const factOf = (name: FactName): Attribute<Fact> => {
  const attribute: Attribute<Decimal> | Attribute<string> = factDefinition(name).kind === 'text' ? id : decimalNumber;
  // cast: the catalogue says of a fact which of the two its value is
  return attribute as Attribute<Fact>;
};

/** Facts of one kind of rules by name, each as the catalogue says: a number or a text. */
export const factsAttribute = (ruleKind: RuleKind): Attribute<Facts> => {
  const known = new Map<string, Attribute<Fact>>(factNames(ruleKind).map((name) => [name, factOf(name)]));
  const knownFact = (name: string, at: Place): Attribute<Fact> => {
    const attribute = known.get(name);
    if (attribute === undefined) throw new DecodeError(within(at, name), `a fact of ${ruleKind} rules`);
    return attribute;
  };
  return {
    encode: (facts) => ({
      M: Object.fromEntries(
        [...facts].map(([name, value]) => [name, knownFact(name, { table: '', key: '', attribute: '' }).encode(value)]),
      ),
    }),
    decode: ({ M }, at) => {
      if (M === undefined) throw new DecodeError(at, 'a map');
      return new Map(Object.entries(M).map(([name, value]) => [name, knownFact(name, at).decode(value, within(at, name))]));
    },
    parse: (json, at) =>
      new Map(Object.entries(membersOf(json, at)).map(([name, value]) => [name, knownFact(name, at).parse(value, within(at, name))])),
  };
};
