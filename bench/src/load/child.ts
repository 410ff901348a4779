import { run as textbook } from '../opponents/textbook.js';
import { run as load } from './load.js';
import type { Orders } from './process.js';
import { watch } from './watch.js';

/** The far side of `process.ts`. */
process.on('message', async (orders: Orders) => {
  process.send?.(await obey(orders));
});
process.on('disconnect', () => process.exit());

function obey(orders: Orders) {
  switch (orders.kind) {
    case 'load':
      return load(orders.plan);
    case 'textbook':
      return textbook(orders.plan);
    case 'watch':
      return watch(orders.plan);
  }
}
