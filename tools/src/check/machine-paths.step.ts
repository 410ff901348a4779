import { spawnSync } from 'node:child_process';
import type { CheckStep } from './step.js';

/** Home and work folders of a developer's machine, and hosts of package registries. */
const PATTERN = String.raw`(^|[^a-zA-Z0-9_.])/(work|tmp|root|farm|home)/[a-z]|registry\.npmjs|deb\.debian`;

export const machinePaths: CheckStep = {
  title: 'Machine-specific paths and hosts',
  async run({ root }) {
    const { status, stdout, stderr } = spawnSync('git', ['grep', '-nIE', PATTERN], { cwd: root, encoding: 'utf8' });
    if (status === 1) return { ok: true, summary: 'none' };
    return { ok: false, summary: (stdout || stderr).trimEnd() };
  },
};
