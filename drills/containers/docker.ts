import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/src/testing/paths.js';
import { waitFor } from '../../tools/src/testing/wait-for.js';
import { program, succeeds } from './program.js';

/** Kept between runs: building the images is most of the work. */
const FOLDER = join(ROOT, '.cache/docker');

/** The Docker engine of this machine if one runs, else one that is started for the drill. */
export class Docker {
  private constructor(
    readonly env: NodeJS.ProcessEnv,
    private readonly daemon: ChildProcess | null,
  ) {}

  static async open(): Promise<Docker> {
    if (await succeeds('docker', ['info'])) return new Docker(process.env, null);
    mkdirSync(FOLDER, { recursive: true });
    const host = `unix://${FOLDER}/docker.sock`;
    const log = openSync(join(FOLDER, 'dockerd.log'), 'a');
    const folders = ['--data-root', join(FOLDER, 'data'), '--exec-root', join(FOLDER, 'exec')];
    const daemon = spawn('dockerd', [...folders, '--pidfile', join(FOLDER, 'pid'), '-H', host], {
      stdio: ['ignore', log, log],
    });
    const docker = new Docker({ ...process.env, DOCKER_HOST: host }, daemon);
    await waitFor('dockerd answers', () => {
      if (daemon.exitCode !== null) throw new Error(`dockerd has exited: read ${FOLDER}/dockerd.log. It needs root.`);
      return succeeds('docker', ['info'], docker);
    });
    return docker;
  }

  run(...args: string[]): Promise<string> {
    return program('docker', args, this);
  }

  hasImage(name: string): Promise<boolean> {
    return succeeds('docker', ['image', 'inspect', name], this);
  }

  /** Something about a container or an image, as a Go template. */
  inspect(name: string, template: string): Promise<string> {
    return this.run('inspect', '--format', template, name);
  }

  async close(): Promise<void> {
    if (this.daemon === null) return;
    this.daemon.kill('SIGTERM');
    if (this.daemon.exitCode === null) await once(this.daemon, 'exit');
  }
}
