import type { RuleCommand } from '#functions/administer-rules/administer-rules.ts';
import { oneOf } from '../dynamodb/attribute.ts';
import { membersOf, nullable } from '../dynamodb/composite-attribute.ts';
import { DecodeError, type Place, within } from '../dynamodb/decode-error.ts';
import { id as idAttribute, ruleSetVersion } from '../dynamodb/key-attributes.ts';
import { parseRuleSet } from './rule-set-json.ts';
import { eachOf, type Json, membersRead } from './strict-json.ts';

const MEMBERS = {
  PUBLISH: ['action', 'ruleSet'],
  DEPLOY: ['action', 'ruleSets'],
  ACTIVATE: ['action', 'id', 'version', 'previousVersion'],
  LIST: ['action', 'id'],
  SHOW: ['action', 'id', 'version'],
} as const satisfies Readonly<Record<RuleCommand['action'], readonly string[]>>;

const action = oneOf('PUBLISH', 'DEPLOY', 'ACTIVATE', 'LIST', 'SHOW');
const EVENT: Place = { table: 'event', key: 'administer-rules', attribute: '' };

const actionOf = (json: Json): RuleCommand['action'] => {
  const named = typeof json === 'object' && json !== null && 'action' in json ? json.action : null;
  return action.parse(named, within(EVENT, 'action'));
};

/** Reads a command out of the event of an invocation. Throws `DecodeError` for whatever is not exactly one. */
export const ruleCommandOf = (json: Json): RuleCommand => {
  const chosen = actionOf(json);
  const members = membersRead(json, EVENT, MEMBERS[chosen]);
  const id = () => idAttribute.parse(members.id, within(EVENT, 'id'));
  const version = () => ruleSetVersion.parse(members.version, within(EVENT, 'version'));
  switch (chosen) {
    case 'PUBLISH':
      return { action: chosen, ruleSet: parseRuleSet(members.ruleSet, within(EVENT, 'ruleSet')) };
    case 'DEPLOY':
      return { action: chosen, ruleSets: eachOf(parseRuleSet)(members.ruleSets, within(EVENT, 'ruleSets')) };
    case 'ACTIVATE': {
      const previousVersion = nullable(ruleSetVersion).parse(members.previousVersion, within(EVENT, 'previousVersion'));
      return { action: chosen, id: id(), version: version(), previousVersion };
    }
    case 'LIST':
      return { action: chosen, id: id() };
    case 'SHOW':
      return { action: chosen, id: id(), version: version() };
  }
};

/** What CloudFormation sends for a resource of the stack: the command is a text there, because it makes strings of all numbers. */
const DEPLOYMENT_EVENTS = oneOf('Create', 'Update', 'Delete');

const parsed = (text: Json, at: Place): Json => {
  try {
    return JSON.parse(typeof text === 'string' ? text : '');
  } catch {
    throw new DecodeError(at, 'a command as JSON text');
  }
};

/**
 * The command of an event: the event itself, or what a resource of the stack carries in its property `command`. null when the resource goes: laws stay.
 * Throws `DecodeError` for anything else.
 */
export const commandOfEvent = (event: Json): RuleCommand | null => {
  if (typeof event !== 'object' || event === null || !('RequestType' in event)) return ruleCommandOf(event);
  if (DEPLOYMENT_EVENTS.parse(event.RequestType, within(EVENT, 'RequestType')) === 'Delete') return null;
  const at = within(EVENT, 'ResourceProperties.command');
  const properties = 'ResourceProperties' in event ? membersOf(event.ResourceProperties, within(EVENT, 'ResourceProperties')) : {};
  return ruleCommandOf(parsed(properties.command, at));
};
