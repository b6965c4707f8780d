import { present } from '#core/invariant.ts';
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
  // cast: which of the two a fact is, the catalogue says of its name
  return attribute as Attribute<Fact>;
};

/** Facts that rules of one kind were asked about, by name: each a number or an id, as the catalogue says. */
export const factsAttribute = (ruleKind: RuleKind): Attribute<Facts> => {
  const known = new Map<string, Attribute<Fact>>(factNames(ruleKind).map((name) => [name, factOf(name)]));
  const readEach = <Form>(found: Readonly<Record<string, Form>>, at: Place, read: (fact: Attribute<Fact>, form: Form, at: Place) => Fact) =>
    new Map(
      Object.entries(found).map(([name, form]) => {
        const fact = known.get(name);
        if (fact === undefined) throw new DecodeError(within(at, name), `a fact of ${ruleKind} rules`);
        return [name, read(fact, form, within(at, name))] as const;
      }),
    );
  return {
    encode: (facts) => {
      const encoded = [...facts].map(([name, value]) => [name, present(known.get(name), `\`${name}\` is a fact`).encode(value)] as const);
      return { M: Object.fromEntries(encoded) };
    },
    decode: ({ M }, at) => {
      if (M === undefined) throw new DecodeError(at, 'a map');
      return readEach(M, at, (fact, form, place) => fact.decode(form, place));
    },
    parse: (json, at) => readEach(membersOf(json, at), at, (fact, form, place) => fact.parse(form, place)),
  };
};
