import type { Result } from '#core/result.ts';
import type { EpochMs } from '#core/units/time.ts';
import { administerRules, type RuleAnswer, type RuleRefusal } from '#functions/administer-rules/administer-rules.ts';
import { timeOfRun } from './clock.ts';
import { commandOfEvent } from './rule-command.ts';
import { ruleSetJson } from './rule-set-json.ts';
import type { Runtime } from './runtime.ts';

/** A refused command, as an error: whoever invokes a function, or deploys a stack, sees it fail. */
export class RuleCommandRefused extends Error {
  override readonly name = 'RuleCommandRefused';
}

const REASONS: Readonly<Record<RuleRefusal, string>> = {
  DIFFERENT_BODY: 'the version is published with another body, and a published version never changes',
  UNKNOWN_VERSION: 'the version is not published',
  POINTER_MOVED: 'another version is active than `previousVersion` says',
};

/** The answer as JSON; null for an event that asks for nothing. */
export type CommandAnswer = Readonly<Record<string, unknown>> | null;

const told = (answer: Result<RuleAnswer, RuleRefusal>): CommandAnswer => {
  if (!answer.ok) throw new RuleCommandRefused(REASONS[answer.refusal]);
  return answer.value.action === 'SHOW' ? { action: 'SHOW', ruleSet: ruleSetJson(answer.value.ruleSet) } : answer.value;
};

/** Carries out the command of an event. Throws `DecodeError` for an event that is none, `RuleCommandRefused` for a command that is refused. */
export const answerCommand = async (
  event: unknown,
  { rules }: Pick<Runtime, 'rules'>,
  time: () => EpochMs = timeOfRun,
): Promise<CommandAnswer> => {
  const command = commandOfEvent(event);
  return command === null ? null : told(await administerRules(rules)(command, time()));
};
