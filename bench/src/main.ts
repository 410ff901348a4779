import { confirming } from './figures/confirming.js';
import { draining } from './figures/draining.js';
import { front } from './figures/front.js';
import { pages } from './figures/pages.js';
import { reading } from './figures/reading.js';
import { registering } from './figures/registering.js';
import { renewing } from './figures/renewing.js';
import { signals } from './figures/signals.js';
import { signingIn } from './figures/signing-in.js';
import { watching } from './figures/watching.js';
import { type PARTS, readOptions } from './options.js';
import { type Figure, keep, print } from './report.js';
import { Stage } from './stage.js';

const FIGURES = {
  registering,
  front,
  reading,
  pages,
  'signing-in': signingIn,
  renewing,
  watching,
  signals,
  confirming,
  draining,
} satisfies Record<(typeof PARTS)[number], (stage: Stage) => Promise<Figure[]>>;

const options = readOptions();
const stage = await Stage.open(options);
const figures: Figure[] = [];
for (const [part, take] of Object.entries(FIGURES))
  if (options.only.length === 0 || options.only.includes(part)) figures.push(...(await take(stage)));
await stage.close();
print(figures);
console.log(`\nKept in ${keep(figures, stage.measured)}`);
process.exit();
