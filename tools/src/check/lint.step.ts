import { join } from 'node:path';
import { type CheckStep, program } from './step.js';

export const lint: CheckStep = {
  title: 'Format and lint',
  run: (house) =>
    program(house, {
      name: 'biome',
      args: [
        join(house.root, 'node_modules/@biomejs/biome/bin/biome'),
        ...['check', '.', '--error-on-warnings', '--max-diagnostics=50', '--colors=off'],
        ...(house.args.includes('--write') ? ['--write'] : []),
      ],
      cwd: house.root,
    }),
};
