import { expect, it } from 'vitest';
import { Semaphore } from './semaphore.js';

it('limits running and waiting tasks, and starts waiting ones in order', async () => {
  const semaphore = new Semaphore(2, 3);
  const order: number[] = [];
  let running = 0;
  let maxRunning = 0;
  const task = (n: number) => async () => {
    maxRunning = Math.max(maxRunning, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(n);
    running--;
  };
  const results = await Promise.allSettled([1, 2, 3, 4, 5, 6].map((n) => semaphore.run(task(n))));
  expect(maxRunning).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5]);
  expect(results[5]).toMatchObject({
    status: 'rejected',
    reason: { code: 'BUSY', options: { retryAfterSeconds: 5 } },
  });
});

it('frees a slot when a task fails', async () => {
  const semaphore = new Semaphore(1, 0);
  await expect(semaphore.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(semaphore.run(async () => 'yes')).resolves.toBe('yes');
});
