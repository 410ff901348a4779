import { spawnSync } from 'node:child_process';
import type { CheckStep } from './step.js';

/** Folders of somebody's machine, and the hosts that packages come from, mean nothing to the next reader. */
const FOREIGN = String.raw`(^|[^a-zA-Z0-9_.])/(work|tmp|root|farm|home)/[a-z]|registry\.npmjs|deb\.debian`;

export const places: CheckStep = {
  title: 'Paths and hosts of a machine',
  async run({ root }) {
    const { status, stdout, stderr } = spawnSync('git', ['grep', '-nIE', FOREIGN], { cwd: root, encoding: 'utf8' });
    if (status === 1) return { ok: true, says: 'none' };
    return { ok: false, says: (stdout || stderr).trimEnd() };
  },
};
