import fc from 'fast-check';
import { present } from '#core/invariant.ts';
import { tierTable } from '#core/market/margin-tiers.ts';
import { Decimal } from '#core/units/decimal.ts';
import { evaluateCompiled } from '#rule-sets/compile-rules.ts';
import { evaluateRules } from '#rule-sets/evaluate-rules.ts';
import { explainRules } from '#rule-sets/explain-rules.ts';
import type { Facts } from '#rule-sets/facts.ts';
import { guardAtoms } from '#rule-sets/guard-atoms.ts';
import { type CheckedRuleSet, checkRuleSet } from '#rule-sets/load-rule-set.ts';
import { isRuleFileName } from '#rule-sets/rule-files.ts';
import type { RuleFinding } from '#rule-sets/rule-finding.ts';
import type { Rule, RuleSet } from '#rule-sets/rule-set.ts';
import { asksFor } from '#rule-sets/shortfall-facts.ts';
import { anyChoices, factsUnder } from './arbitrary-pairs.ts';
import type { FuzzDocument } from './fuzz-documents.ts';
import { isMembers } from './law-forms.ts';
import { LAW_FORMS } from './law-grammar.ts';
import { meaningFaults } from './law-meaning.ts';

/** Longest that the check of one document may take. */
const CHECK_MS_MAX = 50;

/** A slow check is measured so often again, by the thread's own time, and the least counts: a busy machine is not the document's fault. */
const MEASURES_MAX = 3;

const MICROSECONDS_PER_MS = 1000;

const threadMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROSECONDS_PER_MS;
};

const checkedInTime = (files: ReadonlyMap<string, Uint8Array>): CheckedRuleSet => {
  const startedAt = performance.now();
  const checked = checkRuleSet('set', files);
  let tookMs = performance.now() - startedAt;
  for (let measure = 0; measure < MEASURES_MAX && tookMs > CHECK_MS_MAX; measure += 1) {
    const startedAtMs = threadMs();
    checkRuleSet('set', files);
    tookMs = Math.min(tookMs, threadMs() - startedAtMs);
  }
  if (tookMs > CHECK_MS_MAX) throw new Error(`hangs: the check takes ${tookMs.toFixed(0)} ms`);
  return checked;
};

const decoder = new TextDecoder();

/** Throws when a finding does not lead a person to a place in the files, in one line of plain words. */
const demandFinding = (finding: RuleFinding, files: ReadonlyMap<string, Uint8Array>): void => {
  const name = finding.file.replace(/^set\//, '');
  const lines = decoder.decode(files.get(name)).split('\n');
  const length = lines[finding.line - 1]?.length;
  const isPlaced = finding.line >= 1 && finding.column >= 1 && length !== undefined && finding.column <= length + 1;
  const words = [finding.code, finding.message, finding.effect, finding.mend, finding.path];
  const isTold = words.every((word) => word !== '' && !/[\n\r]|undefined|\[object|NaN`/.test(word)) && finding.path.startsWith('$');
  if (!isRuleFileName(name) || !isPlaced || !isTold) throw new Error(`a finding that leads nowhere: ${JSON.stringify(finding)}`);
};

const keysWritten = (text: string): number =>
  [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter((match) => match[1] !== undefined).length;

const keysRead = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((total, item) => total + keysRead(item), 0);
  return isMembers(value) ? Object.values(value).reduce<number>((total, member) => total + 1 + keysRead(member), 0) : 0;
};

/** A condition as its file has it, without annotations. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (!isMembers(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !['notes', '$schema', 'threshold'].includes(key));
  return Object.fromEntries(kept.map(([key, member]) => [key, plain(member)]));
};

const ruleTexts = (rules: unknown): readonly string[] =>
  (Array.isArray(rules) ? rules : []).map((rule) => JSON.stringify([rule.name, rule.priority, plain(rule.conditions)]));

/** Throws when what was let pass is not what the grammar allows, or not what the bytes say. */
const demandLaw = (ruleSet: RuleSet, document: FuzzDocument): void => {
  const text = decoder.decode(document.bytes);
  const value = ruleSet.files[document.name];
  const faults = [
    ...Object.entries(LAW_FORMS).flatMap(([name, form]) => form(ruleSet.files[name], name)),
    ...meaningFaults(ruleSet.files),
    ...(keysWritten(text) === keysRead(value) ? [] : ['a key is given twice']),
    ...(JSON.stringify(JSON.parse(text)) === JSON.stringify(value) ? [] : ['was read otherwise than written']),
    ...(Buffer.from(text).equals(document.bytes) ? [] : ['is not utf-8']),
  ];
  const written = ['margin.rules.json', 'shortfall.rules.json'].flatMap((name) => {
    const file = ruleSet.files[name];
    return isMembers(file) ? ruleTexts(file.rules) : [];
  });
  const read = [...ruleTexts(ruleSet.margin.rules), ...ruleTexts(ruleSet.shortfall.rules)];
  if (read.join() !== written.join()) faults.push('rules were read otherwise than written');
  if (faults.length > 0) throw new Error(`wrongly let pass: ${faults.join('; ')}`);
};

/** Choices of facts, drawn once: each law is asked about some of them. */
const CHOICES = fc.sample(anyChoices, { numRuns: 500, seed: 1 });
const FACTS_PER_LAW = 8;

const told = (verdicts: readonly { readonly rule: string; readonly outcome: string }[]): string =>
  verdicts.map(({ rule, outcome }) => `${rule} ${outcome}`).join();

const demandVerdicts = async (rules: readonly Rule<unknown>[], facts: Facts): Promise<void> => {
  const engine = await evaluateRules(rules, facts);
  const compiled = evaluateCompiled(rules, facts);
  const explained = explainRules(rules, facts);
  guardAtoms(rules, facts);
  guardAtoms(rules, new Map([...facts, ['marginBalance', new Decimal(100)], ['marginExcess', new Decimal(1)]]));
  if (told(engine) !== told(compiled) || told(engine) !== told(explained))
    throw new Error(`verdicts differ: engine ${told(engine)}; compiled ${told(compiled)}; explained ${told(explained)}`);
};

/** Throws when a law that was let pass breaks an evaluation, or is read in two ways, on any of some facts. */
const demandEvaluation = async (ruleSet: RuleSet, index: number): Promise<void> => {
  for (const tiers of ruleSet.tiers.markets.values()) tierTable(ruleSet.tiers.form, tiers);
  for (const rules of [ruleSet.margin.rules, ruleSet.shortfall.rules]) {
    asksFor(rules, 'securityToValue');
    for (let turn = 0; turn < FACTS_PER_LAW; turn += 1) {
      const choices = present(CHOICES[(index * FACTS_PER_LAW + turn) % CHOICES.length], 'choices were drawn');
      await demandVerdicts(rules, factsUnder(rules, choices));
    }
  }
};

/** Checks a document and everything that follows from its verdict; whether it was let pass. Throws with what is wrong. */
export const judgeDocument = async (document: FuzzDocument): Promise<boolean> => {
  const { ruleSet, findings } = checkedInTime(document.files);
  for (const finding of findings) demandFinding(finding, document.files);
  const hasError = findings.some(({ severity }) => severity === 'ERROR');
  if (hasError !== (ruleSet === null)) throw new Error(`${findings.length} findings and ${ruleSet === null ? 'no' : 'a'} rule set`);
  if (ruleSet === null) return false;
  demandLaw(ruleSet, document);
  await demandEvaluation(ruleSet, document.index);
  return true;
};
