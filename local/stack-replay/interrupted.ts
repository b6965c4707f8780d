/** Numbers of the signals that end a command, for the exit code that shells give. */
const NUMBERS: Readonly<Partial<Record<NodeJS.Signals, number>>> = { SIGINT: 2, SIGTERM: 15 };

const BY_SIGNAL = 128;

/** Somebody asked for the end: what was started is stopped, and what is in the data folder stays. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** 130 for Ctrl-C, 143 for SIGTERM: what a shell reports of a program that a signal ended. */
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
    this.exitCode = BY_SIGNAL + (NUMBERS[signal] ?? 0);
  }
}
