import type { ActivePointer, RulePorts } from '#functions/administer-rules/administer-rules.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';

/** Rule sets in memory, with the conditions that their table has. */
export const memoryRules = () => {
  const versions = new Map<string, RuleSet>();
  const pointers = new Map<string, ActivePointer>();
  const key = (id: string, version: string) => `${id}@${version}`;
  const rules = { versions, pointers, puts: 0, beforePut: (): unknown => undefined };
  const ports: RulePorts = {
    loadPublished: async (id, version) => versions.get(key(id, version))?.reference ?? null,
    loadRuleSet: async (id, version) => versions.get(key(id, version)) ?? null,
    loadVersions: async (id) => [...versions.values()].map(({ reference }) => reference).filter((reference) => reference.id === id),
    loadActive: async (id) => pointers.get(id) ?? null,
    putVersion: async (ruleSet) => {
      rules.beforePut();
      const { id, version } = ruleSet.reference;
      if (versions.has(key(id, version))) return 'CONFLICT';
      versions.set(key(id, version), ruleSet);
      rules.puts += 1;
      return 'COMMITTED';
    },
    putActive: async (pointer) => {
      rules.beforePut();
      if ((pointers.get(pointer.reference.id)?.reference.version ?? null) !== pointer.previousVersion) return 'CONFLICT';
      pointers.set(pointer.reference.id, pointer);
      rules.puts += 1;
      return 'COMMITTED';
    },
  };
  return Object.assign(rules, { ports });
};
