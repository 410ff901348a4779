import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTempFolder } from '../testing/temp-folder.js';
import { promtool } from './promtool.js';

const MONITORING = fileURLToPath(new URL('../../../deploy/monitoring', import.meta.url));

const run = (folder: string, ...args: string[]) => {
  const { status, stdout, stderr, error } = spawnSync(promtool(), args, { cwd: folder, encoding: 'utf8' });
  if (error) throw error;
  return { status, output: stdout + stderr };
};

/** The rules and their tests, with one text replaced. */
function copyWith(from: string, to: string): string {
  const folder = createTempFolder('alerts');
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const file of ['alerts.yml', 'alerts.test.yml']) {
    const text = readFileSync(join(MONITORING, file), 'utf8');
    writeFileSync(join(folder, file), file === 'alerts.yml' ? text.replace(from, to) : text);
  }
  return folder;
}

describe('OB-05: the alerts of Prometheus', () => {
  it('are valid, as is the example of a configuration', () => {
    expect(run(MONITORING, 'check', 'config', 'prometheus.yml')).toMatchObject({ status: 0 });
  });

  it('fire on their conditions and on nothing else', () => {
    expect(run(MONITORING, 'test', 'rules', 'alerts.test.yml')).toMatchObject({ status: 0 });
  });

  it.each([
    ['a broken row that is ignored', 'mini_compete_invariant_breaches) > 0', 'mini_compete_invariant_breaches) > 5'],
    [
      'an alert on each moment without a free connection',
      'min_over_time(mini_compete_database',
      'max_over_time(mini_compete_database',
    ],
    ['a name that nothing exports', 'mini_compete_failed_jobs', 'mini_compete_dead_jobs'],
  ])('have tests that fail for %s', (_, from, to) => {
    const folder = copyWith(from, to);
    expect(run(folder, 'test', 'rules', 'alerts.test.yml')).toMatchObject({
      status: 1,
      output: expect.stringContaining('FAILED'),
    });
  });
});
