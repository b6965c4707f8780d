import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BadInput } from '#local/bad-input.ts';
import { CheckpointFile } from '#local/stack/checkpoint-file.ts';
import { folderWith } from '../../support/folder.ts';

const newFile = () => join(folderWith({}), 'checkpoints.json');

describe('a checkpoint', () => {
  it('is found again by the next process, for its mapping alone', () => {
    const file = newFile();
    new CheckpointFile(file).advance('Marks', 'arn', '12');
    const again = new CheckpointFile(file);
    expect(again.of('Marks', 'arn')).toBe('12');
    expect(again.of('Rings', 'arn')).toBeNull();
  });

  it('never moves backwards, also where text would sort otherwise', () => {
    const checkpoints = new CheckpointFile(newFile());
    checkpoints.advance('Marks', 'arn', '9');
    checkpoints.advance('Marks', 'arn', '10');
    checkpoints.advance('Marks', 'arn', '9');
    expect(checkpoints.of('Marks', 'arn')).toBe('10');
    checkpoints.flush();
  });

  it('of a stream that was made anew is forgotten', () => {
    const checkpoints = new CheckpointFile(newFile());
    checkpoints.advance('Marks', 'old', '12');
    expect(checkpoints.of('Marks', 'new')).toBeNull();
    checkpoints.advance('Marks', 'new', '1');
    expect(checkpoints.of('Marks', 'new')).toBe('1');
    checkpoints.flush();
  });

  it('is on disk at once when nothing moved for a while, and with all others of its moment when told to', () => {
    const file = newFile();
    const checkpoints = new CheckpointFile(file);
    for (const number of ['1', '2', '3']) checkpoints.advance('Marks', 'arn', number);
    expect(new CheckpointFile(file).of('Marks', 'arn')).toBe('1');
    checkpoints.flush();
    expect(new CheckpointFile(file).of('Marks', 'arn')).toBe('3');
  });

  it('leaves no draft beside its file', () => {
    const file = newFile();
    new CheckpointFile(file).advance('Marks', 'arn', '1');
    expect(readdirSync(join(file, '..'))).toEqual(['checkpoints.json']);
  });

  it('that cannot be read is refused, not read as a beginning', () => {
    for (const content of ['{ "Marks": ', { Marks: { streamArn: 'arn', sequenceNumber: 'x' } }]) {
      const file = join(folderWith({ 'checkpoints.json': content }), 'checkpoints.json');
      expect(() => new CheckpointFile(file)).toThrow(BadInput);
    }
  });
});
