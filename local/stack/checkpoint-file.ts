import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { badFile } from '../bad-input.ts';
import { replaceFile } from '../replace-file.ts';
import { compareSequenceNumbers } from './stream-record.ts';

const checkpointsSchema = z.record(z.string(), z.strictObject({ streamArn: z.string(), sequenceNumber: z.string().regex(/^\d+$/) }));

type Checkpoints = z.infer<typeof checkpointsSchema>;

const readCheckpoints = (file: string): Checkpoints => {
  try {
    return checkpointsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw badFile(file, 'holds no checkpoints: remove it to read all streams from their beginning');
  }
};

/** Movements of this long are written together: after a crash the records of that time are delivered again, as they may be at any time. */
const WRITE_EVERY_MS = 20;

/** How far each mapping has read its stream, kept in one file. It is replaced as a whole, so that a crash leaves the old one or the new one. */
export class CheckpointFile {
  readonly #file: string;
  readonly #checkpoints: Checkpoints;
  #writtenAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(file: string) {
    this.#file = file;
    this.#checkpoints = existsSync(file) ? readCheckpoints(file) : {};
  }

  /** The last sequence number that a mapping is done with; null before the first, and for a stream that was made anew. */
  of(mappingId: string, streamArn: string): string | null {
    const checkpoint = this.#checkpoints[mappingId];
    return checkpoint?.streamArn === streamArn ? checkpoint.sequenceNumber : null;
  }

  /** Moves a mapping forward, on disk a moment later at most; a lower number than the one it has changes nothing. */
  advance(mappingId: string, streamArn: string, sequenceNumber: string): void {
    const before = this.of(mappingId, streamArn);
    if (before !== null && compareSequenceNumbers(sequenceNumber, before) <= 0) return;
    this.#checkpoints[mappingId] = { streamArn, sequenceNumber };
    const sinceMs = performance.now() - this.#writtenAt;
    if (sinceMs >= WRITE_EVERY_MS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), WRITE_EVERY_MS - sinceMs).unref();
  }

  /** Puts what has moved on disk now. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writtenAt = performance.now();
    replaceFile(this.#file, `${JSON.stringify(this.#checkpoints, null, 2)}\n`);
  }
}
