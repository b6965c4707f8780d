import { expect, it } from 'vitest';
import { pinnedLaw } from '#functions/adapters/lambda/pinned-law.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { HOUSE } from '../../support/small-law.ts';

const counting = (ruleSet: RuleSet | null) => {
  const asked: string[] = [];
  const law = pinnedLaw({
    loadRuleSet: async (id, version) => {
      asked.push(`${id}@${version}`);
      return ruleSet;
    },
  });
  return { law, asked };
};

const { id, version, hash } = HOUSE.reference;

it('reads the version that a case was opened under, once', async () => {
  const { law, asked } = counting(HOUSE);
  for (const _ of [1, 2, 3]) expect(await law(HOUSE.reference)).toBe(HOUSE);
  expect(asked).toEqual([`${id}@${version}`]);
});

it('decides nothing under a version that is not published', async () => {
  await expect(counting(null).law(HOUSE.reference)).rejects.toThrow(`version ${version} of ${id} is published`);
});

it('decides nothing under a body that is not the one that the case names', async () => {
  await expect(counting(HOUSE).law({ id, version, hash: hash.replace(/.$/, 'x') })).rejects.toThrow(
    'the one that the case was opened under',
  );
});

it('keeps a bounded number of versions at hand, the newest', async () => {
  const asked: string[] = [];
  const law = pinnedLaw({
    loadRuleSet: async (_id, asking) => {
      asked.push(asking);
      return { ...HOUSE, reference: { id, version: asking, hash: `sha256:${asking}` } };
    },
  });
  for (let nth = 0; nth < 9; nth += 1) await law({ id, version: `${nth}`, hash: `sha256:${nth}` });
  await law({ id, version: '8', hash: 'sha256:8' });
  await law({ id, version: '0', hash: 'sha256:0' });
  expect(asked).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '0']);
});
