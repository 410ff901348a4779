import { join } from 'node:path';
import { type CheckStep, program } from './step.js';

export const unused: CheckStep = {
  title: 'Unused code and packages',
  run: (context) =>
    program(context, {
      name: 'knip',
      args: [join(context.root, 'node_modules/knip/bin/knip.js'), '--no-progress'],
      cwd: context.root,
    }),
};
