import { explain } from '../../tools/launch/failure.mjs';
import { announcing } from './figures/announcing.js';
import { answers } from './figures/answers.js';
import { batches } from './figures/batches.js';
import { checkIn } from './figures/check-in.js';
import { confirming } from './figures/confirming.js';
import { deciding } from './figures/deciding.js';
import { draining } from './figures/draining.js';
import { earlier } from './figures/earlier.js';
import { front } from './figures/front.js';
import { pages } from './figures/pages.js';
import { reading } from './figures/reading.js';
import { registering } from './figures/registering.js';
import { renewing } from './figures/renewing.js';
import { signals } from './figures/signals.js';
import { signingIn } from './figures/signing-in.js';
import { teams } from './figures/teams.js';
import { watching } from './figures/watching.js';
import { type Options, type PARTS, readOptions } from './options.js';
import { openPage } from './performance-page.js';
import { type Figure, print, save } from './report.js';
import { Scenario } from './scenario.js';

const FIGURES = {
  registering,
  batches,
  earlier,
  answers,
  teams,
  front,
  reading,
  pages,
  'signing-in': signingIn,
  renewing,
  watching,
  signals,
  confirming,
  draining,
  deciding,
  announcing,
  'check-in': checkIn,
} satisfies Record<(typeof PARTS)[number], (scenario: Scenario) => Promise<Figure[]>>;

const options = optionsOrExit();
const page = options.write ? openPage() : undefined;
const scenario = await Scenario.open(options);
const figures: Figure[] = [];
for (const [part, measure] of Object.entries(FIGURES))
  if (options.only.length === 0 || options.only.includes(part)) figures.push(...(await measure(scenario)));
const version = await scenario.postgresVersion();
await scenario.close();
print(figures);
if (page) {
  page.write(figures, version);
  console.log('\nWritten to docs/performance.md');
}
console.log(`\nSaved to ${save(figures, scenario.measured)}`);
process.exit();

function optionsOrExit(): Options {
  try {
    return readOptions();
  } catch (error) {
    console.error(explain(error));
    process.exit(1);
  }
}
