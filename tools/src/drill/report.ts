import { eventsOf, figuresOf, invariantsOf, type RecordLine } from './record.js';

export interface TestOutcome {
  readonly title: string;
  readonly hasPassed: boolean;
  readonly failure: string;
}

export interface DrillRun {
  readonly name: string;
  readonly about: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly machine: string;
  readonly version: string;
  readonly startedAt: Date;
  readonly seconds: number;
  readonly tests: readonly TestOutcome[];
  readonly record: readonly RecordLine[];
}

/** A run without a test proves nothing, so it has failed. */
export const hasPassed = ({ tests, record }: DrillRun): boolean =>
  tests.length > 0 &&
  tests.every((test) => test.hasPassed) &&
  invariantsOf(record).every(({ violations }) => violations === 0);

/** One line per invariant, for the terminal. */
export const invariantLines = ({ record }: DrillRun): string[] =>
  invariantsOf(record).map(({ id, rule, checks, violations }) => {
    const result = violations === 0 ? 'holds' : `BROKEN by ${violations} rows`;
    return `${id.padEnd(4)} ${result}, checked ${checks} times: ${rule}`;
  });

/** A report in Markdown for a reader who does not know the drill. */
export function renderReport(run: DrillRun): string {
  const { name, about, parameters, machine, version, startedAt, seconds, tests, record } = run;
  const failures = tests.filter((test) => !test.hasPassed);
  const sections = [
    `# Drill: ${name} ${hasPassed(run) ? 'passed' : 'FAILED'}`,
    `${about}. Started ${startedAt.toISOString()}, took ${Math.round(seconds)} s.`,
    table(
      ['', ''],
      [
        ['Version', version],
        ['Machine', machine],
        ...Object.entries(parameters).map(([parameter, value]) => [`\`${parameter}\``, value]),
      ],
    ),
    section(
      'What happened',
      ['event', 'times'],
      eventsOf(record).map(([what, times]) => [what, String(times)]),
    ),
    section(
      'What was measured',
      ['figure', 'times', 'median', 'max'],
      figuresOf(record).map(({ name: figure, unit, count, median, max }) => [
        figure,
        String(count),
        `${round(median)} ${unit}`,
        `${round(max)} ${unit}`,
      ]),
    ),
    section(
      'What was verified',
      ['', 'test'],
      tests.map((test) => [test.hasPassed ? 'passed' : 'FAILED', test.title]),
    ),
    section(
      'Invariants',
      ['id', 'invariant', 'checked', 'rows that break it'],
      invariantsOf(record).map(({ id, rule, checks, violations }) => [id, rule, `${checks} ×`, String(violations)]),
    ),
    ...failures.map(({ title, failure }) => `## Failure: ${title}\n\n\`\`\`\n${failure}\n\`\`\``),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

const section = (title: string, head: string[], rows: string[][]): string =>
  rows.length === 0 ? '' : `## ${title}\n\n${table(head, rows)}`;

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`).join('\n');

/** A pipe would begin a new cell. */
const escapeCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const round = (value: number) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'));
