import type { CommitOutcome } from '#core/commit.ts';
import type { RuleSetReference } from '#core/policy.ts';
import { ok, type Result, refused } from '#core/result.ts';
import type { EpochMs } from '#core/units/time.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';

/** Which version of a rule set is the law. */
export interface ActivePointer {
  readonly reference: RuleSetReference;
  /** The version that was the law before; null for the first. */
  readonly previousVersion: string | null;
  readonly activatedAt: EpochMs;
}

export interface RulePorts {
  /** Strong read; null for a version that was never published. */
  readonly loadPublished: (id: string, version: string) => Promise<RuleSetReference | null>;
  /** The rule set of a published version. Throws when it is not what its hash says. */
  readonly loadRuleSet: (id: string, version: string) => Promise<RuleSet | null>;
  readonly loadVersions: (id: string) => Promise<readonly RuleSetReference[]>;
  readonly loadActive: (id: string) => Promise<ActivePointer | null>;
  /** Puts a version that is not there yet. CONFLICT: somebody has published it meanwhile. */
  readonly putVersion: (ruleSet: RuleSet) => Promise<CommitOutcome>;
  /** Moves the pointer from `previousVersion`, or makes it where that is null. CONFLICT: it stood elsewhere. */
  readonly putActive: (pointer: ActivePointer) => Promise<CommitOutcome>;
}

export type RuleCommand =
  | { readonly action: 'PUBLISH'; readonly ruleSet: RuleSet }
  /** What a deployment does: publishes what it brings, and activates only where nothing is the law yet. */
  | { readonly action: 'DEPLOY'; readonly ruleSets: readonly RuleSet[] }
  /** `previousVersion`: the version that the caller saw active; null for none. */
  | { readonly action: 'ACTIVATE'; readonly id: string; readonly version: string; readonly previousVersion: string | null }
  | { readonly action: 'LIST'; readonly id: string }
  | { readonly action: 'SHOW'; readonly id: string; readonly version: string };

export type RuleRefusal = 'DIFFERENT_BODY' | 'UNKNOWN_VERSION' | 'POINTER_MOVED';

/** What was published, and whether it was new. */
export interface Publication {
  readonly reference: RuleSetReference;
  readonly outcome: 'PUBLISHED' | 'ALREADY_PUBLISHED';
}

export interface Activation {
  readonly reference: RuleSetReference;
  readonly outcome: 'ACTIVATED' | 'ALREADY_ACTIVE' | 'KEPT_OTHER';
}

export type RuleAnswer =
  | { readonly action: 'PUBLISH'; readonly publication: Publication }
  | { readonly action: 'DEPLOY'; readonly publications: readonly Publication[]; readonly activations: readonly Activation[] }
  | { readonly action: 'ACTIVATE'; readonly activation: Activation }
  | { readonly action: 'LIST'; readonly versions: readonly RuleSetReference[]; readonly active: ActivePointer | null }
  | { readonly action: 'SHOW'; readonly ruleSet: RuleSet };

/** A version is put once: the same body again changes nothing, another one under the same version is refused. */
const publish = async (ports: RulePorts, ruleSet: RuleSet): Promise<Result<Publication, RuleRefusal>> => {
  const { reference } = ruleSet;
  const before = await ports.loadPublished(reference.id, reference.version);
  if (before === null && (await ports.putVersion(ruleSet)) === 'COMMITTED') return ok({ reference, outcome: 'PUBLISHED' });
  const published = before ?? (await ports.loadPublished(reference.id, reference.version));
  return published?.hash === reference.hash ? ok({ reference, outcome: 'ALREADY_PUBLISHED' }) : refused('DIFFERENT_BODY');
};

/** Makes a version the law where none is. One that somebody activated meanwhile stays. */
const activateFirst = async (ports: RulePorts, reference: RuleSetReference, now: EpochMs): Promise<Activation> => {
  const active = await ports.loadActive(reference.id);
  const moved = active === null && (await ports.putActive({ reference, previousVersion: null, activatedAt: now })) === 'COMMITTED';
  return { reference, outcome: moved ? 'ACTIVATED' : active?.reference.hash === reference.hash ? 'ALREADY_ACTIVE' : 'KEPT_OTHER' };
};

const deploy = async (ports: RulePorts, ruleSets: readonly RuleSet[], now: EpochMs): Promise<Result<RuleAnswer, RuleRefusal>> => {
  const publications: Publication[] = [];
  for (const ruleSet of ruleSets) {
    const published = await publish(ports, ruleSet);
    if (!published.ok) return published;
    publications.push(published.value);
  }
  const activations: Activation[] = [];
  for (const { reference } of publications) activations.push(await activateFirst(ports, reference, now));
  return ok({ action: 'DEPLOY', publications, activations });
};

type Activate = Extract<RuleCommand, { action: 'ACTIVATE' }>;

const activate = async (
  ports: RulePorts,
  { id, version, previousVersion }: Activate,
  now: EpochMs,
): Promise<Result<Activation, RuleRefusal>> => {
  const reference = await ports.loadPublished(id, version);
  if (reference === null) return refused('UNKNOWN_VERSION');
  const active = await ports.loadActive(id);
  if (active?.reference.version === version) return ok({ reference, outcome: 'ALREADY_ACTIVE' });
  if ((active?.reference.version ?? null) !== previousVersion) return refused('POINTER_MOVED');
  const moved = await ports.putActive({ reference, previousVersion, activatedAt: now });
  return moved === 'COMMITTED' ? ok({ reference, outcome: 'ACTIVATED' }) : refused('POINTER_MOVED');
};

/**
 * Publishes versions of rule sets, moves the pointer to the one that is the law, and shows both.
 *
 * A published version never changes. The pointer moves only from where the caller saw it. A deployment publishes what it brings, all of it before it
 * activates the first version of a rule set that has no law yet; it never moves a pointer. Repeated, every command changes nothing.
 */
export const administerRules =
  (ports: RulePorts) =>
  async (command: RuleCommand, now: EpochMs): Promise<Result<RuleAnswer, RuleRefusal>> => {
    switch (command.action) {
      case 'PUBLISH': {
        const published = await publish(ports, command.ruleSet);
        return published.ok ? ok({ action: 'PUBLISH', publication: published.value }) : published;
      }
      case 'DEPLOY':
        return deploy(ports, command.ruleSets, now);
      case 'ACTIVATE': {
        const activation = await activate(ports, command, now);
        return activation.ok ? ok({ action: 'ACTIVATE', activation: activation.value }) : activation;
      }
      case 'LIST':
        return ok({ action: 'LIST', versions: await ports.loadVersions(command.id), active: await ports.loadActive(command.id) });
      case 'SHOW': {
        const ruleSet = await ports.loadRuleSet(command.id, command.version);
        return ruleSet === null ? refused('UNKNOWN_VERSION') : ok({ action: 'SHOW', ruleSet });
      }
    }
  };
