// npm keeps packages that are development dependencies here and also optional peers of something else (`devOptional` in the
// lock file): the Prisma CLI, its studio, TypeScript and all that they need. That was more than half of the image.
import { readFileSync, rmSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const [path, { devOptional }] of Object.entries(packages))
  if (devOptional) rmSync(path, { recursive: true, force: true });
