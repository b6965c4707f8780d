import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { RuleSetReference } from '#core/policy.ts';
import type { ActivePointer } from '#functions/administer-rules/administer-rules.ts';
import { oneOf, text, whole } from '../dynamodb/attribute.ts';
import { decodeMembers, encodeMembers, nullable } from '../dynamodb/composite-attribute.ts';
import { epochNumber } from '../dynamodb/decimal-attribute.ts';
import { DecodeError, type Place, within } from '../dynamodb/decode-error.ts';
import { contentHash, id, ruleSetVersion } from '../dynamodb/key-attributes.ts';
import { PARTS_MAX } from '../dynamodb/packed-text.ts';
import type { PackedRuleSet } from './rule-set-body.ts';

type Item = Readonly<Record<string, AttributeValue>>;

/** Sort key of the pointer to the law. */
export const ACTIVE_PART = 'ACTIVE';

/** Sort key of a version; of what all versions begin with for an empty one. */
export const versionPart = (version: string): string => `VERSION#${version}`;

/** Sort key of the n-th part of a version's body, from 1. Bodies lie apart from versions, so that a list reads none of them. */
export const bodyKey = (version: string, number: number): string => `BODY#${version}#${String(number).padStart(3, '0')}`;

/** What a version says about itself. */
export interface VersionHead {
  readonly reference: RuleSetReference;
  readonly bodyHash: string;
  readonly parts: number;
}

const versionMembers = {
  ruleSetId: id,
  part: text('a version', /^VERSION#/),
  version: ruleSetVersion,
  hash: contentHash,
  bodyHash: contentHash,
  parts: whole((value) => value, 1, PARTS_MAX),
};

/** The items of a version: its head, then the parts of its body. */
export const versionItem = (
  { id, version, hash }: RuleSetReference,
  { bodyHash, parts }: PackedRuleSet,
): readonly Record<string, AttributeValue>[] => {
  const head = { ruleSetId: id, part: versionPart(version), version, hash, bodyHash, parts: parts.length };
  const bodies = parts.map((body, index) => ({ ruleSetId: { S: id }, part: { S: bodyKey(version, index + 1) }, body: { B: body } }));
  return [encodeMembers(versionMembers, head), ...bodies];
};

export const versionHeadOf = (item: Item, at: Place): VersionHead => {
  const { ruleSetId, version, hash, bodyHash, parts } = decodeMembers(versionMembers, item, at);
  return { reference: { id: ruleSetId, version, hash }, bodyHash, parts };
};

export const bodyPartOf = (item: Item, at: Place): Uint8Array => {
  const body = item.body?.B;
  if (body === undefined) throw new DecodeError(within(at, 'body'), 'a part of a body');
  return body;
};

const pointerMembers = {
  ruleSetId: id,
  part: oneOf(ACTIVE_PART),
  activeVersion: ruleSetVersion,
  hash: contentHash,
  previousVersion: nullable(ruleSetVersion),
  activatedAt: epochNumber,
};

export const pointerItem = ({ reference, previousVersion, activatedAt }: ActivePointer): Record<string, AttributeValue> =>
  encodeMembers(pointerMembers, {
    ruleSetId: reference.id,
    part: ACTIVE_PART,
    activeVersion: reference.version,
    hash: reference.hash,
    previousVersion,
    activatedAt,
  });

export const pointerOf = (item: Item, at: Place): ActivePointer => {
  const { ruleSetId, activeVersion, hash, previousVersion, activatedAt } = decodeMembers(pointerMembers, item, at);
  return { reference: { id: ruleSetId, version: activeVersion, hash }, previousVersion, activatedAt };
};
