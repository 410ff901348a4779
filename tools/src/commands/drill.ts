import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import type { CommandContext } from '../context.js';
import { DRILLS, type Drill } from '../drill/drills.js';
import { readRecord } from '../drill/record.js';
import { type DrillRun, hasPassed, invariantLines, renderReport, type TestOutcome } from '../drill/report.js';
import { findProgram, REDIS } from '../fetch/programs.js';
import { which } from '../fetch/which.js';
import { build, NO_TELEMETRY } from '../stack/build.js';
import { dataFolder } from '../stack/data-folder.js';
import { inheritedEnv } from '../testing/product-process.js';
import { runTests } from '../testing/runner.js';
import { fromVitest, type VitestReport } from '../testing/tally.js';
import { reportFile } from '../testing/vitest.js';

/** Without arguments lists the drills; with a name runs that drill and writes a report. */
export async function drillCommand(context: CommandContext): Promise<number> {
  const [name, ...options] = context.args.filter((arg) => arg !== '--');
  if (name === undefined) return listDrills(context);
  const drill = DRILLS[name];
  if (!drill) throw new Failure(`Unknown drill "${name}". Available drills: ${Object.keys(DRILLS).join(', ')}.`);
  const parameters = { ...drill.parameters, ...parseOptions(name, drill, options) };
  ensurePrograms(name, drill);
  await build(context, 'shared', 'backend');
  context.releasePrepareLock();

  const startedAt = new Date();
  const folder = join(dataFolder(context.root), 'drills');
  const file = join(folder, `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}-${name}.md`);
  mkdirSync(folder, { recursive: true });
  const record = `${file}.record`;
  const tests = await runDrill(context, drill, { ...parameters, DRILL_RECORD: record });
  const run: DrillRun = {
    ...{ name, about: drill.about, parameters, startedAt, tests },
    machine: describeMachine(),
    version: JSON.parse(readFileSync(join(context.root, 'package.json'), 'utf8')).version,
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    record: readRecord(record),
  };
  writeFileSync(file, renderReport(run));
  rmSync(record, { force: true });

  const { terminal } = context;
  terminal.line();
  for (const line of invariantLines(run)) terminal.line(line);
  const passed = hasPassed(run);
  terminal.line(`\nThe drill ${name} has ${passed ? 'passed' : 'failed'}. Report: ${relative(context.root, file)}`);
  return passed ? 0 : 1;
}

function listDrills({ terminal }: CommandContext): number {
  terminal.line(
    'Drills break a real installation under load and check that nothing is lost. They use servers of their own.\n',
  );
  const width = Math.max(...Object.keys(DRILLS).map((name) => name.length));
  for (const [name, { about }] of Object.entries(DRILLS)) terminal.line(`  ${name.padEnd(width)}  ${about}`);
  terminal.line('\nRun one: npm run drill -- NAME. Its report is a file in .data/drills.');
  return 0;
}

function parseOptions(name: string, { options = {} }: Drill, args: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (let i = 0; i < args.length; i += 2) {
    const parameter = options[args[i] as string];
    const value = args[i + 1];
    if (parameter === undefined || !/^[1-9]\d*$/.test(value ?? '')) {
      const usage = Object.keys(options).map((option) => ` [${option} N]`);
      throw new Failure(`Usage: npm run drill -- ${name}${usage.length > 0 ? ` --${usage.join('')}` : ''}`);
    }
    parameters[parameter] = value as string;
  }
  return parameters;
}

function ensurePrograms(name: string, { needs = {} }: Drill): void {
  const missing = Object.entries(needs).filter(([program]) => which(program) === undefined);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(([, debianPackage]) => debianPackage))].join(' ');
  throw new Failure(
    `The drill ${name} needs ${missing.map(([program]) => program).join(', ')}. On Debian and Ubuntu: apt-get install ${packages}`,
  );
}

async function runDrill(
  context: CommandContext,
  { file, only }: Drill,
  env: Record<string, string>,
): Promise<TestOutcome[]> {
  const redis = await findProgram(context, REDIS);
  const report = reportFile(context, 'drill');
  let tests: TestOutcome[] = [];
  context.terminal.line();
  await runTests(context, {
    name: 'vitest',
    args: [
      join(context.root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--project=*drills', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...(only ? ['--testNamePattern', only] : []),
      file,
    ],
    env: {
      ...inheritedEnv(),
      ...NO_TELEMETRY,
      ...(redis && { PATH: `${dirname(redis)}${delimiter}${process.env.PATH}`, REDIS_SERVER: redis }),
      ...env,
    },
    report,
    read: (json: VitestReport) => {
      tests = outcomesOf(json);
      return fromVitest(json);
    },
  });
  return tests;
}

/** A file that could not be loaded, or whose set-up failed, has no outcomes of its own. */
const outcomesOf = ({ testResults }: VitestReport): TestOutcome[] =>
  testResults.flatMap(({ status, message = '', assertionResults }) => {
    const run = assertionResults.filter((result) => result.status === 'passed' || result.status === 'failed');
    if (status === 'failed' && run.every((result) => result.status === 'passed'))
      return [{ title: 'the drill starts', hasPassed: false, failure: message }];
    return run.map(({ fullName, status: result, failureMessages = [] }) => ({
      title: fullName,
      hasPassed: result === 'passed',
      failure: failureMessages.join('\n'),
    }));
  });

function describeMachine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpu?.model.trim()}, ${memory} GiB, ${process.platform} ${release()}, Node.js ${process.versions.node}`;
}
