import { describe, expect, it } from 'vitest';
import { DRILLS } from './drills.js';
import { parseRecord } from './record.js';
import { type DrillRun, hasPassed, invariantLines, renderReport } from './report.js';

const check = (id: string, rule: string, violations = 0) => JSON.stringify({ type: 'check', id, rule, violations });
const figure = (value: number) => JSON.stringify({ type: 'figure', name: 'silence', value, unit: 's' });
const event = (what: string) => JSON.stringify({ type: 'event', what });

const run = (lines: string[], tests = [{ title: 'loses nothing', hasPassed: true, failure: '' }]): DrillRun => ({
  name: 'kills',
  about: 'Kills',
  parameters: { DRILL_ROUNDS: '2' },
  machine: '2 × CPU',
  version: '1.0.0',
  startedAt: new Date('2026-01-02T03:04:05Z'),
  seconds: 61.4,
  tests,
  record: parseRecord(lines.join('\n')),
});

describe('the report of a drill', () => {
  it('has one line per invariant, in order, with the number of checks', () => {
    const record = [check('I10', 'ten'), check('I2', 'two'), check('I2', 'two')];
    expect(invariantLines(run(record))).toEqual([
      'I2   holds, checked 2 times: two',
      'I10  holds, checked 1 times: ten',
    ]);
  });

  it('has events with their number, and figures with median and maximum', () => {
    const report = renderReport(run([event('API killed'), event('API killed'), figure(1), figure(30), figure(2)]));
    expect(report).toContain('# Drill: kills passed\n\nKills. Started 2026-01-02T03:04:05.000Z, took 61 s.');
    expect(report).toContain('| API killed | 2 |');
    expect(report).toContain('| silence | 3 | 2.0 s | 30 s |');
    expect(report).toContain('| passed | loses nothing |');
  });

  it('fails when an invariant is broken once, a test has failed, or no test has run', () => {
    expect(hasPassed(run([check('I1', 'one')]))).toBe(true);
    const broken = run([check('I1', 'one', 3), check('I1', 'one')]);
    expect(hasPassed(broken)).toBe(false);
    expect(invariantLines(broken)).toEqual(['I1   BROKEN by 3 rows, checked 2 times: one']);
    expect(hasPassed(run([], []))).toBe(false);
    const failed = run([], [{ title: 'loses nothing', hasPassed: false, failure: 'expected 2 to be 1' }]);
    expect(hasPassed(failed)).toBe(false);
    expect(renderReport(failed)).toContain('## Failure: loses nothing\n\n```\nexpected 2 to be 1\n```');
  });

  it('exists for drills whose parameters the drills read, and whose options set a parameter', () => {
    for (const { parameters = {}, options = {} } of Object.values(DRILLS))
      for (const name of [...Object.keys(parameters), ...Object.values(options)])
        expect(name).toMatch(/^DRILL_[A-Z]+$/);
  });
});
