import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdmissionOperation } from './admission.js';
import { type Batch, BatchScheduler } from './batch-scheduler.js';
import type { PendingRequest } from './request-queue.js';

function pending(userId: string, competitionId = 'c', operation: AdmissionOperation = 'register'): PendingRequest {
  const request = { userId, competitionId } as PendingRequest['request'];
  const needsLock = operation === 'leave';
  return { operation, request, answered: false, needsLock, sequence: 0 } as unknown as PendingRequest;
}

const namesIn = (batch: Batch | undefined) =>
  [...(batch?.requests.values() ?? [])].flat().map(({ request }) => request.userId);

function schedulerOf(...requests: PendingRequest[]): BatchScheduler {
  const scheduler = new BatchScheduler();
  for (const request of requests) scheduler.add(request);
  return scheduler;
}

/** The batch is back: the given people are skipped, everybody else is answered. */
function finish(scheduler: BatchScheduler, batch: Batch | undefined, skippedIds: readonly string[], isFull?: boolean) {
  if (batch === undefined) throw new Error('There is no batch.');
  scheduler.freeSlot(batch);
  for (const [queue, requests] of batch.requests) {
    const skipped = requests.filter(({ request }) => skippedIds.includes(request.userId));
    for (const request of requests) request.answered = !skipped.includes(request);
    scheduler.finish(queue, batch, skipped, isFull);
  }
}

describe('S11 the batches of a full competition whose row is locked', () => {
  const locked = () => {
    const scheduler = schedulerOf(pending('waitlister'), pending('plain'));
    const first = scheduler.next();
    expect([first?.lock, namesIn(first)]).toEqual(['skip', ['waitlister', 'plain']]);
    finish(scheduler, first, ['waitlister'], true);
    return scheduler;
  };

  it('let the one who joins the waitlist wait alone, and take no lock for the others meanwhile', () => {
    const scheduler = locked();
    const waiting = scheduler.next();
    expect([waiting?.lock, namesIn(waiting)]).toEqual(['wait', ['waitlister']]);
    for (const name of ['p1', 'p2']) {
      scheduler.add(pending(name));
      const others = scheduler.next();
      expect([others?.lock, namesIn(others)]).toEqual(['none', [name]]);
      finish(scheduler, others, [], true);
    }
    expect(scheduler.next()).toBeUndefined();
  });

  it('keep those who came later behind those who wait for the row', () => {
    const scheduler = locked();
    const waiting = scheduler.next();
    for (const name of ['p1', 'p2']) scheduler.add(pending(name));
    const lockFree = scheduler.next();
    scheduler.add(pending('p3'));
    finish(scheduler, waiting, [], false);
    // p3 may not take the lock before p1 and p2 are back.
    expect(scheduler.next()).toBeUndefined();
    finish(scheduler, lockFree, ['p1', 'p2'], false);
    const next = scheduler.next();
    expect([next?.lock, namesIn(next)]).toEqual(['wait', ['p1', 'p2', 'p3']]);
  });

  it('take no detour without the lock while newcomers can get seats', () => {
    const scheduler = schedulerOf(pending('a'), pending('b'));
    finish(scheduler, scheduler.next(), ['a', 'b'], false);
    scheduler.add(pending('c'));
    const batch = scheduler.next();
    expect([batch?.lock, namesIn(batch)]).toEqual(['wait', ['a', 'b', 'c']]);
  });
});

describe('any schedule', () => {
  const competitionId = fc.constantFrom('c1', 'c2');
  const step = fc.oneof(
    fc.record({
      add: fc.record({
        userId: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
        competitionId,
        operation: fc.constantFrom<AdmissionOperation>('register', 'register', 'leave'),
      }),
    }),
    fc.record({ send: fc.constant(true) }),
    fc.record({
      finish: fc.nat({ max: 4 }),
      skipped: fc.subarray(['p1', 'p2', 'p3', 'p4']),
      isFull: fc.constantFrom(true, false, undefined),
    }),
    fc.record({ expire: fc.nat({ max: 4 }) }),
  );

  it('answers every request, forgets every competition, and has two batches of a competition or person at once only as allowed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const scheduler = new BatchScheduler();
        const requests: PendingRequest[] = [];
        const inFlight: Batch[] = [];
        const send = () => {
          for (let batch = scheduler.next(); batch !== undefined; batch = scheduler.next()) {
            inFlight.push(batch);
            check(inFlight);
          }
        };
        for (const current of steps) {
          if ('add' in current) {
            const { userId, competitionId, operation } = current.add;
            const request = pending(userId, competitionId, operation);
            requests.push(request);
            scheduler.add(request);
          } else if ('expire' in current) {
            const request = requests[current.expire];
            if (request !== undefined) request.answered = true;
          } else if ('send' in current) send();
          else {
            const [batch] = inFlight.splice(current.finish, 1);
            if (batch !== undefined) finish(scheduler, batch, current.skipped, current.isFull);
          }
        }
        for (send(); inFlight.length > 0; send()) finish(scheduler, inFlight.shift(), []);
        expect(requests.filter(({ answered }) => !answered)).toEqual([]);
        expect(Reflect.get(scheduler, 'queues')).toEqual(new Map());
      }),
      { numRuns: 3_000, seed: 20_261_126 },
    );
  });

  function check(inFlight: readonly Batch[]): void {
    const locking = new Set<string>();
    const people = new Set<string>();
    for (const { lock, requests } of inFlight)
      for (const [{ competitionId }, batch] of requests) {
        if (lock !== 'none') {
          expect(locking).not.toContain(competitionId);
          locking.add(competitionId);
        }
        for (const { request } of batch) {
          const person = `${competitionId} ${request.userId}`;
          expect(people).not.toContain(person);
          people.add(person);
        }
      }
  }
});
