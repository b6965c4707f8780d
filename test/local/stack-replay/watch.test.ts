import { describe, expect, it } from 'vitest';
import { Interrupted } from '#local/stack-replay/interrupted.ts';
import { StackStuck, watchOf } from '#local/stack-replay/watch.ts';

const whole = { broken: new Promise<string>(() => {}) };
const unasked = (): AbortSignal => new AbortController().signal;

describe('a watch', () => {
  it('looks until there is something', async () => {
    let looks = 0;
    const watch = watchOf({ stack: whole, signal: unasked(), trouble: () => null });
    expect(await watch('the third look', async () => (++looks < 3 ? null : looks))).toBe(3);
  });

  it('says what is stuck and what went wrong last, when its time is over', async () => {
    const watch = watchOf({ stack: whole, signal: unasked(), trouble: () => 'records come again', stepMsMax: 20 });
    const stuck = watch('wave a#b#1 is opened', async () => null);
    await expect(stuck).rejects.toThrow(StackStuck);
    await expect(stuck).rejects.toThrow('`wave a#b#1 is opened` did not happen within `20` ms, and the stack reported: records come again');
  });

  it('ends with the reason when the stack breaks down, also when that makes its look fail', async () => {
    const broken = { broken: Promise.resolve('the embedded database ended') };
    const watch = watchOf({ stack: broken, signal: unasked(), trouble: () => null });
    await expect(watch('anything', async () => null)).rejects.toThrow('the embedded database ended');
    const refused = async () => {
      throw new Error('ECONNREFUSED');
    };
    await expect(watchOf({ stack: broken, signal: unasked(), trouble: () => null })('anything', refused)).rejects.toThrow('database ended');
  });

  it('ends at once when it is asked to', async () => {
    const ending = new AbortController();
    const watch = watchOf({ stack: whole, signal: ending.signal, trouble: () => null });
    const waiting = watch('nothing', async () => null);
    ending.abort(new Interrupted('SIGTERM'));
    await expect(waiting).rejects.toMatchObject({ name: 'Interrupted', exitCode: 143 });
    expect(new Interrupted('SIGINT').exitCode).toBe(130);
  });
});
