import { run as textbook } from '../opponents/textbook.js';
import { run as load } from './load.js';
import type { Orders } from './process.js';

/** The far side of `process.ts`. */
process.on('message', async (orders: Orders) => {
  const outcome = orders.kind === 'load' ? await load(orders.plan) : await textbook(orders.plan);
  process.send?.(outcome);
});
process.on('disconnect', () => process.exit());
