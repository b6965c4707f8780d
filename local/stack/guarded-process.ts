import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs a program until a line on standard input asks it to end. When the pipe closes without one, which the system does however the parent ends, nobody is
 * left to wait for, and the program is killed: its files bear that. The watcher reads with a builtin, so that ending it leaves no process behind; the
 * shell waits for the program, so that its end is the program's end, and says nothing itself: a word into a pipe that nobody reads would end it.
 */
const GUARD = `
exec 3<&0 4>&2 2>/dev/null
"$0" "$@" </dev/null 2>&4 3<&- 4>&- &
program=$!
{ if read -r _ <&3; then kill "$program"; else kill -9 "$program"; fi; } 4>&- &
watcher=$!
exec 3<&- 4>&-
trap 'kill "$program"' TERM INT HUP
wait "$program"
code=$?
while kill -0 "$program"; do wait "$program"; code=$?; done
kill "$watcher"
rm -f "$GUARD_FILE"
exit "$code"
`;

/** How long a program may take to end after it was told to. */
const END_MS_MAX = 5_000;

export interface GuardedProcess {
  readonly stderr: NodeJS.ReadableStream;
  /** Resolves when the program has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Tells the program to end and waits for it; one that does not listen is killed. */
  readonly stop: () => Promise<void>;
}

const killGroup = (child: ChildProcess): void => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, 'SIGKILL');
};

/**
 * Starts a program that does not outlive this process, even one that is killed. It runs in a group of its own, so that Ctrl-C reaches this process alone,
 * which then stops what writes before it stops what stores. `processFile` holds the guard's process id for as long as the program runs: the guard takes
 * it away.
 */
export const spawnGuarded = (program: string, programArguments: readonly string[], processFile: string): GuardedProcess => {
  const child = spawn('sh', ['-c', GUARD, program, ...programArguments], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, GUARD_FILE: processFile },
  });
  if (child.pid !== undefined) writeFileSync(processFile, `${child.pid}\n`);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // A program that is gone closes its end first: there is nobody left to tell.
  child.stdin.on('error', () => {});
  const stop = async (): Promise<void> => {
    child.stdin.write('end\n');
    await Promise.race([ended, sleep(END_MS_MAX, undefined, { ref: false })]);
    killGroup(child);
    await ended;
  };
  return { stderr: child.stderr, ended, stop };
};
