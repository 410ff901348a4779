import { join } from 'node:path';
import { type CheckStep, program } from './step.js';

export const unused: CheckStep = {
  title: 'Unused code and packages',
  run: (house) =>
    program(house, {
      name: 'knip',
      args: [join(house.root, 'node_modules/knip/bin/knip.js'), '--no-progress'],
      cwd: house.root,
    }),
};
