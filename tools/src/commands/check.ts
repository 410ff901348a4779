import { explain } from '../../launch/failure.mjs';
import { cases } from '../check/cases.step.js';
import { drift } from '../check/drift.step.js';
import { functions } from '../check/functions.step.js';
import { generated } from '../check/generated.step.js';
import { imports } from '../check/imports.step.js';
import { links } from '../check/links.step.js';
import { lint } from '../check/lint.step.js';
import { literals } from '../check/literals.step.js';
import { machinePaths } from '../check/machine-paths.step.js';
import { messages } from '../check/messages.step.js';
import { migrations } from '../check/migrations.step.js';
import type { CheckStep, Outcome } from '../check/step.js';
import { types } from '../check/types.step.js';
import { unused } from '../check/unused.step.js';
import { words } from '../check/words.step.js';
import type { CommandContext } from '../context.js';
import { build } from '../stack/build.js';

const STEPS: CheckStep[] = [
  lint,
  types,
  imports,
  unused,
  drift,
  migrations,
  functions,
  generated,
  messages,
  literals,
  machinePaths,
  words,
  cases,
  links,
];

/** Runs every step, even after a failure, and prints all problems at the end. `--write` fixes what can be fixed. */
export async function checkCommand(context: CommandContext): Promise<number> {
  const { terminal } = context;
  await build(context, 'shared', 'backend');
  context.releasePrepareLock();
  const failed: { title: string; summary: string }[] = [];
  for (const { title, run } of STEPS) {
    const step = terminal.step(title);
    const { ok, summary } = await outcomeOf(run, context);
    if (ok) step.done(summary);
    else {
      step.failed();
      failed.push({ title, summary });
    }
  }
  terminal.line();
  for (const { title, summary } of failed) terminal.line(`${terminal.paint('red', title)}\n\n${summary.trimEnd()}\n`);
  terminal.line(
    failed.length === 0 ? `All ${STEPS.length} checks passed.` : `${failed.length} of ${STEPS.length} checks failed.`,
  );
  return failed.length === 0 ? 0 : 1;
}

async function outcomeOf(run: CheckStep['run'], context: CommandContext): Promise<Outcome> {
  try {
    return await run(context);
  } catch (error) {
    return { ok: false, summary: explain(error) };
  }
}
