import { expect, it } from 'vitest';
import { Semaphore } from './semaphore.js';

it('lets only so many work and only so many wait, in the order in which they came', async () => {
  const slots = new Semaphore(2, 3);
  const order: number[] = [];
  let working = 0;
  let most = 0;
  const work = (n: number) => async () => {
    most = Math.max(most, ++working);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(n);
    working--;
  };
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5, 6].map((n) => slots.run(work(n))));
  expect(most).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5]);
  expect(outcomes[5]).toMatchObject({
    status: 'rejected',
    reason: { code: 'BUSY', options: { retryAfterSeconds: 5 } },
  });
});

it('frees a slot when the work fails', async () => {
  const slots = new Semaphore(1, 0);
  await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(slots.run(async () => 'yes')).resolves.toBe('yes');
});
