/** A promise of the engine that turned out broken. Whoever sees it writes nothing and stops: it is never caught to go on. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

/** Asserts `condition`, stated positively. Throws `InvariantViolation` when it does not hold. */
export function invariant(condition: boolean, statement: string): asserts condition {
  if (!condition) throw new InvariantViolation(`invariant broken: ${statement}`);
}

/** Marks the branch that no variant of a closed union reaches, so that a new variant breaks the build. */
export const unreachable = (value: never): never => {
  throw new InvariantViolation(`invariant broken: every variant is handled, got \`${JSON.stringify(value)}\``);
};

/** Unwraps what an earlier check has made certain. Throws `InvariantViolation` when it is absent after all. */
export const present = <Value>(value: Value | null | undefined, statement: string): Value => {
  invariant(value !== null && value !== undefined, statement);
  return value;
};
