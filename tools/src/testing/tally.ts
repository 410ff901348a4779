import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A text for each failed test: its name, and the beginning of what it says. */
  readonly failures: readonly string[];
}

export const EMPTY_TALLY: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };

export const addTallies = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  failures: [...a.failures, ...b.failures],
});

const FAILURES_SHOWN = 20;

/** The end of `npm test`: the failed tests again, since thousands of lines can have followed them, and the numbers. */
export function formatTally({ passed, failed, skipped, failures }: Tally): string {
  const more = failures.length - FAILURES_SHOWN;
  return [
    ...failures.slice(0, FAILURES_SHOWN).map((failure) => `FAILED  ${failure}\n`),
    ...(more > 0 ? [`… and ${more} more\n`] : []),
    `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  ].join('\n');
}

const LINES_SHOWN = 12;

function describeFailure(file: string, test: string, message: string): string {
  const lines = stripVTControlCharacters(message).trim().split('\n').slice(0, LINES_SHOWN);
  return [`${file}${test && ` › ${test}`}`, ...lines.map((line) => `        ${line}`)].join('\n');
}

export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

/** A file that could not be loaded has no test results, so it counts as a failure itself. */
export function fromVitest(report: VitestReport): Tally {
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(({ name, message, assertionResults }) => {
      const file = relative(process.cwd(), name);
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      if (failed.length === 0) return message ? [describeFailure(file, '', message)] : [];
      return failed.map(({ fullName, failureMessages = [] }) =>
        describeFailure(file, fullName, failureMessages.join('\n')),
      );
    }),
  };
}

interface PlaywrightSuite {
  specs: {
    title: string;
    file: string;
    tests: { status: string; results: { errors: { message: string }[] }[] }[];
  }[];
  suites?: PlaywrightSuite[];
}

export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: { message?: string }[];
  suites: PlaywrightSuite[];
}

/** A flaky test, which passed on a retry, counts as failed. */
export function fromPlaywright({ stats, errors, suites }: PlaywrightReport): Tally {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [
      ...errors.map(({ message = '' }) => describeFailure('Playwright', '', message)),
      ...suites.flatMap(failuresOfSuite),
    ],
  };
}

const failuresOfSuite = ({ specs, suites = [] }: PlaywrightSuite): string[] => [
  ...specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) =>
        describeFailure(
          `e2e/${file}`,
          title,
          results.flatMap(({ errors }) => errors.map(({ message }) => message)).join('\n'),
        ),
      ),
  ),
  ...suites.flatMap(failuresOfSuite),
];

/** A runner can exit with an error although it reports no failed test, for example after a crash. */
export function withExitCode(tally: Tally, code: number | null): Tally {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
