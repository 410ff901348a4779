import { describe, expect, it } from 'vitest';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AdmissionOutcome } from './admission-batch.js';
import { AdmissionLatency } from './admission-latency.js';
import { RequestQueue } from './request-queue.js';

const BATCH = { operation: 'register', lock: 'skip', requests: new Map([[new RequestQueue('one'), []]]) } as const;
const REGISTERED: AdmissionOutcome = { kind: 'done', status: 'PENDING', body: '', seats: { seatsLeft: 1, waiting: 0 } };
const FULL: AdmissionOutcome = { kind: 'refused', code: 'COMPETITION_FULL' };

let now = 0;
/** Forty batches a second, with durations that vary by a fifth. */
function run(
  latency: AdmissionLatency,
  durationMs: number,
  seconds: number,
  outcome = REGISTERED,
  requests = 200,
): void {
  const outcomes = Array.from({ length: requests }, () => outcome);
  for (let i = 0; i < seconds * 40; i++) {
    now += 25;
    latency.record(BATCH, outcomes, durationMs * (0.8 + 0.4 * ((i * 7) % 10) * 0.1), now);
  }
}

describe('the latency of admission', () => {
  it('R16 is slow within a second of taking three times as long, and normal within two seconds after it', () => {
    const latency = new AdmissionLatency();
    run(latency, 15, 10);
    expect(latency.isSlow).toBe(false);
    run(latency, 45, 1);
    expect(latency.isSlow).toBe(true);
    run(latency, 15, 2);
    expect(latency.isSlow).toBe(false);
  });

  it('R16 is compared between batches of the same shape: those that are large or write take longer without being slow', () => {
    const latency = new AdmissionLatency();
    run(latency, 2, 10, REGISTERED, 2);
    run(latency, 3, 10, FULL);
    run(latency, 30, 10);
    expect(latency.isSlow).toBe(false);
  });

  it('R16 is not compared with batches that failed or skipped a row', () => {
    const latency = new AdmissionLatency();
    run(latency, 15, 10, FULL);
    run(latency, 1, 10, new DomainError('UNAVAILABLE'));
    run(latency, 1, 10, { kind: 'skipped' });
    run(latency, 15, 1, FULL);
    expect(latency.isSlow).toBe(false);
  });

  it('R16 is slow after three batches when the database stalls', () => {
    const latency = new AdmissionLatency();
    run(latency, 15, 10);
    for (let i = 1; i <= 3; i++) latency.record(BATCH, Array(200).fill(REGISTERED), 1_500, now + i * 1_500);
    expect(latency.isSlow).toBe(true);
  });

  it('does not become slow because of one stall', () => {
    const latency = new AdmissionLatency();
    run(latency, 15, 10);
    latency.record(BATCH, Array(200).fill(REGISTERED), 5_000, now + 25);
    expect(latency.isSlow).toBe(false);
  });

  it('takes a database that has become slower for good as normal after some minutes', () => {
    const latency = new AdmissionLatency();
    run(latency, 15, 10);
    run(latency, 60, 180);
    expect(latency.isSlow).toBe(false);
  });
});
