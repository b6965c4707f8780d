import { SingleBar } from 'cli-progress';
import type { Progress } from '#local/replay/run-replay.ts';
import { note } from './output.ts';

export interface ProgressReport {
  readonly update: Progress;
  readonly stop: () => void;
}

const bar = (label: string, total: number): ProgressReport => {
  const single = new SingleBar({
    format: `${label} [{bar}] {value}/{total} marks, {eta} s to go`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: false,
  });
  single.start(total, 0);
  return { update: (done) => single.update(done), stop: () => single.stop() };
};

const QUARTERS = 4;

/** A line at each quarter: enough for a log, never a control sequence. */
const lines = (label: string, total: number): ProgressReport => {
  let quarter = 0;
  return {
    update: (done) => {
      const reached = Math.floor((done * QUARTERS) / Math.max(total, 1));
      if (reached <= quarter) return;
      quarter = reached;
      note(`${label}: ${done} of ${total} marks`);
    },
    stop: () => undefined,
  };
};

/** Progress on stderr: a bar on a terminal, plain lines otherwise. */
export const progressReport = (label: string, total: number): ProgressReport =>
  process.stderr.isTTY === true ? bar(label, total) : lines(label, total);
