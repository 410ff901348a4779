import { describe, expect, it } from 'vitest';
import { addTallies, EMPTY_TALLY, formatTally, fromPlaywright, fromVitest, withExitCode } from './tally.js';

const vitest = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, testResults: [] };

describe('the summary of a test run', () => {
  it('lists skipped tests only if there are any', () => {
    expect(formatTally({ ...EMPTY_TALLY, passed: 3 })).toBe('3 passed, 0 failed');
    expect(formatTally({ ...EMPTY_TALLY, passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });

  it('repeats the failed tests of both runners, with the beginning of what they say', () => {
    const failureMessages = ['\u001B[31mAssertionError: expected 1 to be 2\u001B[39m\n    at somewhere'];
    const others = fromVitest({
      ...vitest,
      testResults: [
        {
          name: `${process.cwd()}/apps/a.test.ts`,
          status: 'failed',
          assertionResults: [
            { fullName: 'an area fails', status: 'failed', failureMessages },
            { fullName: 'an area works', status: 'passed' },
          ],
        },
      ],
    });
    const inBrowser = fromPlaywright({
      stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 },
      errors: [],
      suites: [
        {
          specs: [],
          suites: [
            {
              specs: [
                {
                  title: 'a page fails',
                  file: 'b.spec.ts',
                  tests: [{ status: 'unexpected', results: [{ errors: [{ message: 'no such button' }] }] }],
                },
                { title: 'a page works', file: 'b.spec.ts', tests: [{ status: 'expected', results: [] }] },
              ],
            },
          ],
        },
      ],
    });
    expect(formatTally(addTallies(others, inBrowser)).split('\n')).toEqual([
      'FAILED  apps/a.test.ts › an area fails',
      '        AssertionError: expected 1 to be 2',
      '            at somewhere',
      '',
      'FAILED  e2e/b.spec.ts › a page fails',
      '        no such button',
      '',
      '8 passed, 2 failed',
    ]);
  });

  it('stays short when very many tests fail', () => {
    const failures = Array.from({ length: 30 }, (_, index) => `test ${index}`);
    expect(formatTally({ ...EMPTY_TALLY, failed: 30, failures })).toContain('… and 10 more');
  });

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [
      { name: '/a.test.ts', status: 'failed', message: 'it has no such export', assertionResults: [] },
      { name: '/b.test.ts', status: 'failed', assertionResults: [{ fullName: 'a test', status: 'failed' }] },
    ];
    const tally = fromVitest({ ...vitest, testResults });
    expect(tally).toMatchObject({ passed: 7, failed: 2, skipped: 0 });
    expect(formatTally(tally)).toContain('it has no such export');
  });

  it('counts a flaky test as failed', () => {
    const stats = { expected: 5, unexpected: 0, flaky: 1, skipped: 0 };
    expect(fromPlaywright({ stats, errors: [], suites: [] })).toMatchObject({ passed: 5, failed: 1 });
  });

  it('counts a runner that exits with an error, but reports no failed test, as a failure', () => {
    const passed = { ...EMPTY_TALLY, passed: 5 };
    expect(withExitCode(passed, 1)).toMatchObject({ failed: 1 });
    expect(withExitCode(passed, null)).toMatchObject({ failed: 1 });
    expect(withExitCode({ ...passed, failed: 2 }, 1)).toMatchObject({ failed: 2 });
    expect(withExitCode(passed, 0)).toMatchObject({ failed: 0 });
  });
});
