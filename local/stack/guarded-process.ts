import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs a program and stops it when the pipe on standard input closes, which the system does however the parent ends. The watcher reads with a builtin, so
 * that ending it leaves no process behind; the shell waits for the program, so that its end is the program's end.
 */
const GUARD = `
exec 3<&0
"$0" "$@" </dev/null 3<&- &
program=$!
{ while read -r _ <&3; do :; done; kill "$program"; } 2>/dev/null &
watcher=$!
exec 3<&-
trap 'kill "$program" 2>/dev/null' TERM INT HUP
wait "$program"
code=$?
while kill -0 "$program" 2>/dev/null; do wait "$program"; code=$?; done
kill "$watcher" 2>/dev/null
exit "$code"
`;

/** How long a program may take to end after it was told to. */
const END_MS_MAX = 5_000;

export interface GuardedProcess {
  /** The shell's process id; it is alive exactly as long as the program. */
  readonly processId: number;
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
 * which then stops what writes before it stops what stores.
 */
export const spawnGuarded = (program: string, programArguments: readonly string[]): GuardedProcess => {
  const child = spawn('sh', ['-c', GUARD, program, ...programArguments], { detached: true, stdio: ['pipe', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // A program that is gone closes its end first: there is nobody left to tell.
  child.stdin.on('error', () => {});
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await Promise.race([ended, sleep(END_MS_MAX, undefined, { ref: false })]);
    killGroup(child);
    await ended;
  };
  return { processId: child.pid ?? 0, stderr: child.stderr, ended, stop };
};
