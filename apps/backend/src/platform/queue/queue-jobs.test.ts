import { describe, expect, it } from 'vitest';
import { BATCH, BatchData, jobsFor } from './queue-jobs.js';

const rowsOf = (job: string, n: number) =>
  Array.from({ length: n }, (_, i) => ({
    id: `01890000-0000-7000-8000-${String(i).padStart(12, '0')}`,
    job,
    payload: { registrationId: i },
  }));
const idsIn = (jobs: ReturnType<typeof jobsFor>) =>
  jobs.flatMap(({ name, data, opts }) =>
    name === BATCH ? BatchData.parse(data).rows.map(({ id }) => id) : [opts.jobId],
  );

describe('the jobs for rows of the outbox', () => {
  it('carry at most a hundred rows each, and every row once', () => {
    const rows = rowsOf('confirmation', 230);
    const jobs = jobsFor(rows);
    expect(jobs.map(({ name }) => name)).toEqual([BATCH, BATCH, BATCH]);
    expect(idsIn(jobs)).toEqual(rows.map(({ id }) => id));
  });

  it('carry one row each when there are few, and of jobs that run one by one', () => {
    expect(jobsFor(rowsOf('confirmation', 9)).map(({ name }) => name)).toEqual(Array(9).fill('confirmation'));
    expect(jobsFor(rowsOf('send', 50)).map(({ name }) => name)).toEqual(Array(50).fill('send'));
    expect(jobsFor(rowsOf('from-the-future', 50)).map(({ name }) => name)).toEqual(Array(50).fill('from-the-future'));
  });

  it('carry rows of one job', () => {
    const jobs = jobsFor([...rowsOf('confirmation', 12), ...rowsOf('left', 20), ...rowsOf('waiting', 3)]);
    expect(jobs.map(({ name }) => name)).toEqual([BATCH, BATCH, 'waiting', 'waiting', 'waiting']);
    expect(jobs.slice(0, 2).map(({ data }) => BatchData.parse(data).job)).toEqual(['confirmation', 'left']);
  });

  it('have ids of their own, so that a batch with other rows is not taken for the same', () => {
    const rows = rowsOf('confirmation', 20);
    const [first, second] = [jobsFor(rows), jobsFor(rows)];
    expect(first[0]?.opts.jobId).not.toBe(second[0]?.opts.jobId);
  });
});
