import { join } from 'node:path';
import { type CheckStep, runProgram } from './step.js';

export const lint: CheckStep = {
  title: 'Format and lint',
  run: (context) =>
    runProgram(context, {
      name: 'biome',
      args: [
        join(context.root, 'node_modules/@biomejs/biome/bin/biome'),
        ...['check', '.', '--error-on-warnings', '--max-diagnostics=50', '--colors=off'],
        ...(context.args.includes('--write') ? ['--write'] : []),
      ],
      cwd: context.root,
    }),
};
