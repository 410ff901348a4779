import { join } from 'node:path';
import { type CheckStep, runProgram } from './step.js';

export const unused: CheckStep = {
  title: 'Unused code and dependencies',
  run: (context) =>
    runProgram(context, {
      name: 'knip',
      args: [join(context.root, 'node_modules/knip/bin/knip.js'), '--no-progress'],
      cwd: context.root,
    }),
};
