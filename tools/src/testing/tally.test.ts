import { describe, expect, it } from 'vitest';
import { formatTally, fromPlaywright, fromVitest, withExitCode } from './tally.js';

const vitest = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, testResults: [] };

describe('the summary of a test run', () => {
  it('lists skipped tests only if there are any', () => {
    expect(formatTally({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(formatTally({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ fullName: 'a test', status: 'failed' }] },
    ];
    expect(fromVitest({ ...vitest, testResults })).toEqual({ passed: 7, failed: 2, skipped: 0 });
  });

  it('counts a flaky test as failed', () => {
    expect(fromPlaywright({ stats: { expected: 5, unexpected: 0, flaky: 1, skipped: 0 }, errors: [] })).toMatchObject({
      passed: 5,
      failed: 1,
    });
  });

  it('counts a runner that exits with an error, but reports no failed test, as a failure', () => {
    expect(withExitCode({ passed: 5, failed: 0, skipped: 0 }, 1)).toMatchObject({ failed: 1 });
    expect(withExitCode({ passed: 5, failed: 0, skipped: 0 }, null)).toMatchObject({ failed: 1 });
    expect(withExitCode({ passed: 5, failed: 2, skipped: 0 }, 1)).toMatchObject({ failed: 2 });
    expect(withExitCode({ passed: 5, failed: 0, skipped: 0 }, 0)).toMatchObject({ failed: 0 });
  });
});
