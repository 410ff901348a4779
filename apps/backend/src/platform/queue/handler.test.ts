import { describe, expect, it } from 'vitest';
import { JOB_NAMES, type JobName, parsePayload } from '../../registry/jobs.js';
import { Batcher } from './batcher.js';
import { handlersByJob, type Run, single } from './handler.js';

const noop = (job: JobName) => single(job, () => Promise.resolve());
const done = (runs: readonly Run[]) => new Map(runs.map(({ outboxId }) => [outboxId, 'done' as const]));
const all = JOB_NAMES.map(noop);

describe('the job handlers', () => {
  it('let a worker start when each job has exactly one handler', () => {
    expect(handlersByJob([{ handlers: all }]).size).toBe(JOB_NAMES.length);
  });

  it('prevent the start when a job has no handler or two', () => {
    expect(() => handlersByJob([{ handlers: all.slice(1) }])).toThrow(`No handler for the job "${JOB_NAMES[0]}"`);
    expect(() => handlersByJob([{ handlers: all }, { handlers: [noop('send')] }])).toThrow('"send" has two handlers');
  });

  it('accept payloads of ids only', () => {
    const messageId = '01890000-0000-7000-8000-000000000000';
    expect(parsePayload('send', { messageId })).toEqual({ messageId });
    for (const payload of [{}, { messageId: 'x' }, { messageId, email: 'a@example.org' }, null])
      expect(() => parsePayload('send', payload)).toThrow();
  });
});

describe('batched jobs', () => {
  const run = (outboxId: string): Run => ({
    outboxId,
    payload: {} as never,
    starts: 1,
    stopping: new AbortController().signal,
  });

  it('run at once when alone, and form the next batch when they arrive during a batch', async () => {
    const sizes: number[] = [];
    let finishFirst: (() => void) | undefined;
    const batcher = new Batcher(async (runs) => {
      sizes.push(runs.length);
      await new Promise<void>((resolve) => {
        finishFirst = resolve;
        if (sizes.length > 1) resolve();
      });
      return done(runs);
    }, 1);
    const first = batcher.add(run('1'));
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    const others = ['2', '3', '4'].map((id) => batcher.add(run(id)));
    finishFirst?.();
    await Promise.all([first, ...others]);
    expect(sizes).toEqual([1, 3]);
  });

  it('JB-12: a bad job fails alone, and a job whose rows are locked runs again alone', async () => {
    const batcher = new Batcher(async (runs) => {
      if (runs.some(({ outboxId }) => outboxId === 'bad')) throw new Error('poison');
      return done(runs.filter(({ outboxId }) => runs.length === 1 || outboxId !== 'locked'));
    }, 2);
    const ids = ['a', 'bad', 'b', 'locked'];
    const results = await Promise.allSettled(ids.map((id) => batcher.add(run(id))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });
});
