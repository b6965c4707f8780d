import { beforeEach, describe, expect, it } from 'vitest';
import { epochMs } from '#core/units/time.ts';
import { administerRules, type RuleCommand } from '#functions/administer-rules/administer-rules.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { GUARDED, HOUSE } from '../support/small-law.ts';
import { memoryRules } from './memory-rules.ts';

const version = (law: RuleSet, number: string, hash = law.reference.hash): RuleSet => ({
  ...law,
  reference: { ...law.reference, version: number, hash },
});
const NEWER = version(HOUSE, '1.1.0', `sha256:${'1'.repeat(64)}`);
const FORGED = version(HOUSE, '1.0.0', `sha256:${'2'.repeat(64)}`);

let rules: ReturnType<typeof memoryRules>;
const does = (command: RuleCommand) => administerRules(rules.ports)(command, epochMs(5));
const activate = (to: string, previousVersion: string | null) => does({ action: 'ACTIVATE', id: 'house', version: to, previousVersion });
const active = () => rules.pointers.get('house')?.reference.version;

beforeEach(() => {
  rules = memoryRules();
});

describe('publishing', () => {
  it('puts a version once, and activates nothing', async () => {
    expect(await does({ action: 'PUBLISH', ruleSet: HOUSE })).toMatchObject({ ok: true, value: { publication: { outcome: 'PUBLISHED' } } });
    expect(await does({ action: 'PUBLISH', ruleSet: HOUSE })).toMatchObject({
      ok: true,
      value: { publication: { outcome: 'ALREADY_PUBLISHED' } },
    });
    expect(rules.puts).toBe(1);
    expect(active()).toBeUndefined();
  });

  it('refuses another body under the same version', async () => {
    await does({ action: 'PUBLISH', ruleSet: HOUSE });
    expect(await does({ action: 'PUBLISH', ruleSet: FORGED })).toEqual({ ok: false, refusal: 'DIFFERENT_BODY' });
    expect(rules.versions.get('house@1.0.0')).toBe(HOUSE);
  });

  it.each([
    ['the same body', HOUSE, { ok: true, value: { publication: { outcome: 'ALREADY_PUBLISHED' } } }],
    ['another body', FORGED, { ok: false, refusal: 'DIFFERENT_BODY' }],
  ])('judges by what is there when somebody published %s meanwhile', async (_what, theirs, answer) => {
    rules.beforePut = () => rules.versions.set('house@1.0.0', theirs);
    expect(await does({ action: 'PUBLISH', ruleSet: HOUSE })).toMatchObject(answer);
  });
});

describe('activating', () => {
  beforeEach(async () => {
    await does({ action: 'PUBLISH', ruleSet: HOUSE });
    await does({ action: 'PUBLISH', ruleSet: NEWER });
  });

  it('moves the pointer from where the caller saw it', async () => {
    await activate('1.0.0', null);
    expect(await activate('1.1.0', '1.0.0')).toMatchObject({ ok: true, value: { activation: { outcome: 'ACTIVATED' } } });
    expect(rules.pointers.get('house')).toEqual({ reference: NEWER.reference, previousVersion: '1.0.0', activatedAt: 5 });
  });

  it.each([
    ['where the caller saw none', null],
    ['where the caller saw another', '0.9.0'],
  ])('refuses to move the pointer %s', async (_what, seen) => {
    await activate('1.0.0', null);
    expect(await activate('1.1.0', seen)).toEqual({ ok: false, refusal: 'POINTER_MOVED' });
    expect(active()).toBe('1.0.0');
  });

  it('refuses a version that was never published', async () => {
    expect(await activate('2.0.0', null)).toEqual({ ok: false, refusal: 'UNKNOWN_VERSION' });
  });

  it('changes nothing for the version that is active', async () => {
    await activate('1.0.0', null);
    expect(await activate('1.0.0', null)).toMatchObject({ ok: true, value: { activation: { outcome: 'ALREADY_ACTIVE' } } });
  });

  it('gives way to somebody who moved the pointer between look and move', async () => {
    await activate('1.0.0', null);
    rules.beforePut = () =>
      rules.pointers.set('house', {
        reference: { ...HOUSE.reference, version: '1.0.5' },
        previousVersion: '1.0.0',
        activatedAt: epochMs(1),
      });
    expect(await activate('1.1.0', '1.0.0')).toEqual({ ok: false, refusal: 'POINTER_MOVED' });
    expect(active()).toBe('1.0.5');
  });
});

describe('a deployment', () => {
  it('publishes all that it brings and activates the first of each rule set', async () => {
    const answer = await does({ action: 'DEPLOY', ruleSets: [HOUSE, NEWER, GUARDED] });
    expect(answer).toMatchObject({
      ok: true,
      value: { activations: [{ outcome: 'ACTIVATED' }, { outcome: 'KEPT_OTHER' }, { outcome: 'ACTIVATED' }] },
    });
    expect([active(), rules.pointers.get('house-guarded')?.reference.version]).toEqual(['1.0.0', '1.0.0']);
  });

  it('never moves a pointer that is there', async () => {
    await does({ action: 'DEPLOY', ruleSets: [HOUSE] });
    await does({ action: 'DEPLOY', ruleSets: [NEWER] });
    expect(active()).toBe('1.0.0');
    expect(rules.versions.size).toBe(2);
  });

  it('changes nothing when it is repeated', async () => {
    await does({ action: 'DEPLOY', ruleSets: [HOUSE] });
    const { puts } = rules;
    expect(await does({ action: 'DEPLOY', ruleSets: [HOUSE] })).toMatchObject({
      ok: true,
      value: { activations: [{ outcome: 'ALREADY_ACTIVE' }] },
    });
    expect(rules.puts).toBe(puts);
  });

  it('activates nothing when one of its versions is refused', async () => {
    await does({ action: 'PUBLISH', ruleSet: HOUSE });
    expect(await does({ action: 'DEPLOY', ruleSets: [GUARDED, FORGED] })).toEqual({ ok: false, refusal: 'DIFFERENT_BODY' });
    expect(rules.pointers.size).toBe(0);
  });
});

describe('showing', () => {
  it('lists versions and the pointer, and shows a body', async () => {
    await does({ action: 'DEPLOY', ruleSets: [HOUSE, NEWER] });
    expect(await does({ action: 'LIST', id: 'house' })).toMatchObject({
      value: { versions: [HOUSE.reference, NEWER.reference], active: { reference: HOUSE.reference } },
    });
    expect(await does({ action: 'SHOW', id: 'house', version: '1.1.0' })).toEqual({ ok: true, value: { action: 'SHOW', ruleSet: NEWER } });
    expect(await does({ action: 'SHOW', id: 'house', version: '3.0.0' })).toEqual({ ok: false, refusal: 'UNKNOWN_VERSION' });
  });
});
