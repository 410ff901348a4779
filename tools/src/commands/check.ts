import { explain } from '../../launch/failure.mjs';
import { drift } from '../check/drift.step.js';
import { generated } from '../check/generated.step.js';
import { imports } from '../check/imports.step.js';
import { lint } from '../check/lint.step.js';
import { places } from '../check/places.step.js';
import type { CheckStep, Outcome } from '../check/step.js';
import { types } from '../check/types.step.js';
import { unused } from '../check/unused.step.js';
import type { CommandContext } from '../context.js';
import { build } from '../stack/build.js';

const STEPS: CheckStep[] = [lint, types, imports, unused, drift, generated, places];

/** All of them, whatever the first says, and what is wrong at the end, together. `--write` mends what can be mended. */
export async function checkCommand(context: CommandContext): Promise<number> {
  const { terminal } = context;
  await build(context, 'shared', 'backend');
  context.prepared();
  const bad: { title: string; says: string }[] = [];
  for (const { title, run } of STEPS) {
    const step = terminal.step(title);
    const { ok, says } = await outcomeOf(run, context);
    if (ok) step.done(says);
    else {
      step.failed();
      bad.push({ title, says });
    }
  }
  terminal.line();
  for (const { title, says } of bad) terminal.line(`${terminal.paint('red', title)}\n\n${says.trimEnd()}\n`);
  terminal.line(
    bad.length === 0 ? `All ${STEPS.length} checks are well.` : `${bad.length} of ${STEPS.length} checks failed.`,
  );
  return bad.length === 0 ? 0 : 1;
}

async function outcomeOf(run: CheckStep['run'], context: CommandContext): Promise<Outcome> {
  try {
    return await run(context);
  } catch (error) {
    return { ok: false, says: explain(error) };
  }
}
