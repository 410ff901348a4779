import { describe, expect, it } from 'vitest';
import type { AdmissionOperation } from './admission.js';
import { type PendingRequest, RequestQueue, sharesOf } from './request-queue.js';

const pending = (userId: string, operation: AdmissionOperation = 'register'): PendingRequest =>
  ({ operation, request: { userId }, answered: false }) as PendingRequest;

function queueOf(...requests: PendingRequest[]): RequestQueue {
  const queue = new RequestQueue('competition');
  for (const request of requests) queue.add(request);
  return queue;
}

const names = (requests: readonly PendingRequest[]) =>
  requests.map(({ operation, request }) => `${operation === 'leave' ? '-' : ''}${request.userId}`);

const people = (n: number, prefix = 'p') => Array.from({ length: n }, (_, i) => pending(`${prefix}${i}`));

describe('a batch', () => {
  it('R4 is full although one account repeats itself between the requests of others', () => {
    const queue = queueOf(...people(300).flatMap((person) => [pending('noisy'), person]));
    const batch = queue.take('register', 256);
    expect(batch).toHaveLength(256);
    expect(names(batch).filter((name) => name === 'noisy')).toHaveLength(1);
  });

  it('R4 is full although people leave between the requests of others', () => {
    const queue = queueOf(...people(300).flatMap((person, i) => [pending(`l${i}`, 'leave'), person]));
    expect(queue.take('register', 256)).toHaveLength(256);
    expect(names([queue.peek()!])).toEqual(['-l0']);
  });

  it('keeps the order of one person, and of the requests that it leaves behind', () => {
    const queue = queueOf(pending('a'), pending('b', 'leave'), pending('b'), pending('a', 'leave'), pending('c'));
    const first = queue.take('register', 10);
    expect(names(first)).toEqual(['a', 'c']);
    queue.finish(first, []);
    const second = queue.take('leave', 10);
    expect(names(second)).toEqual(['-b', '-a']);
    queue.finish(second, []);
    expect(names(queue.take('register', 10))).toEqual(['b']);
    expect(queue.length).toBe(0);
  });

  it('has no request of a person who is in another batch', () => {
    const queue = queueOf(pending('a'), pending('a'), pending('b'));
    const first = queue.take('register', 1);
    expect(names(queue.take('register', 10))).toEqual(['b']);
    queue.finish(first, []);
    expect(names(queue.take('register', 10))).toEqual(['a']);
  });

  it('gives skipped requests back to their places in the order of arrival', () => {
    const [a, b, c, d] = [pending('a'), pending('b'), pending('c'), pending('d')];
    const queue = queueOf(a, b, c, d);
    const [early, late] = [queue.take('register', 2), queue.take('register', 1)];
    queue.finish(late, late);
    queue.finish(early, [b]);
    expect(names(queue.take('register', 10))).toEqual(['b', 'c', 'd']);
  });

  it('drops answered requests', () => {
    const [first, second] = [pending('a'), pending('b')];
    const queue = queueOf(first, second);
    first.answered = true;
    expect(names(queue.take('register', 10))).toEqual(['b']);
    expect(queue.length).toBe(0);
  });
});

describe('the shares of a batch', () => {
  const sizes = (lengths: readonly number[], size: number) => {
    const queues = lengths.map((length) => queueOf(...people(length)));
    const shares = sharesOf(queues, size);
    return queues.map((queue) => shares.get(queue));
  };

  it('R5 that nine quiet competitions do not use go to the busy one', () => {
    expect(sizes([1, 1, 1, 1, 1, 1, 1, 1, 1, 1_000], 256)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 247]);
  });

  it('are equal among busy competitions, and never more than the batch', () => {
    expect(sizes([1_000, 1_000, 1_000], 256)).toEqual([85, 85, 86]);
    expect(
      sizes(
        Array.from({ length: 256 }, () => 5),
        256,
      ),
    ).toEqual(Array.from({ length: 256 }, () => 1));
  });
});
