import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../tools/src/free-port.js';
import { ROOT } from '../../tools/src/testing/paths.js';
import { JWT_SECRET } from '../../tools/src/testing/product-process.js';
import { waitFor } from '../../tools/src/testing/wait-for.js';
import type { Docker } from './docker.js';
import { program, succeeds } from './program.js';

const PASSWORD = 'drill';
/** docker-compose.yml for Docker Compose 1. */
const COPY = join(ROOT, '.cache/docker-compose.yml');
const HEALTH = '{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}';
const IS_NOT_HEALTHY_YET = '-e starting -e unhealthy';
const START_TIMEOUT_MS = 300_000;

/** docker-compose.yml as a trial runs it, under a project name of its own. */
export class Compose {
  private constructor(
    private readonly docker: Docker,
    private readonly command: readonly [string, ...string[]],
    private readonly env: NodeJS.ProcessEnv,
    readonly url: string,
    readonly apiUrl: string,
    readonly mailUrl: string,
  ) {}

  static async create(docker: Docker, project: string): Promise<Compose> {
    const [port, apiPort, mailPort] = [await freePort(), await freePort(), await freePort()];
    const env = {
      ...docker.env,
      ...{ PORT: String(port), BACKEND_PORT: String(apiPort), MAIL_PORT: String(mailPort) },
      ...{ JWT_SECRET, POSTGRES_PASSWORD: PASSWORD, LOG_LEVEL: 'warn' },
      RATE_LIMITS: 'off', // all requests come from one address
    };
    const url = (published: number) => `http://127.0.0.1:${published}`;
    return new Compose(docker, await commandOf(docker, project), env, url(port), url(apiPort), url(mailPort));
  }

  async up(): Promise<void> {
    await this.run('up', '-d', '--no-build');
    await this.healthy();
  }

  run(...args: string[]): Promise<string> {
    const [command, ...options] = this.command;
    return program(command, [...options, ...args], { env: this.env, cwd: ROOT });
  }

  /** Runs the first commands of a page of docs/ after this text, with other words in place of some of theirs. */
  async runDocumented(page: string, after: string, words: Readonly<Record<string, string>> = {}): Promise<void> {
    const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
    let [, commands] = /```sh\n(.*?)```/s.exec(text.slice(text.indexOf(after))) ?? [];
    if (commands === undefined || !text.includes(after))
      throw new Error(`docs/${page} has no commands after: ${after}`);
    for (const [word, other] of Object.entries(words)) commands = commands.replaceAll(word, other);
    await program('bash', ['-euc', this.forThisVersion(commands)], { env: this.env, cwd: ROOT });
  }

  /** Docker Compose 1 cannot wait. */
  private forThisVersion(commands: string): string {
    const compose = this.command.join(' ');
    const here = commands.replaceAll('docker compose', compose);
    if (this.command[0] === 'docker') return here;
    const health = `${compose} ps -q | xargs docker inspect --format '${HEALTH}' | grep -q ${IS_NOT_HEALTHY_YET}`;
    return here.replaceAll(/^(.*) --wait\b(.*)$/gm, `$1$2\nwhile ${health}; do sleep 1; done`);
  }

  /** The ids of the running containers of a service. */
  async containers(service: string): Promise<string[]> {
    const ids = (await this.run('ps', '-q', service)).split('\n').filter(Boolean);
    const states = await Promise.all(ids.map((id) => this.docker.inspect(id, '{{.State.Running}}')));
    return ids.filter((_, i) => states[i] === 'true');
  }

  async container(service: string): Promise<string> {
    const [id] = await this.containers(service);
    if (id === undefined) throw new Error(`No container of ${service} is running.`);
    return id;
  }

  /** Kills the process, not the container: only then does the engine restart it, as after a crash. Waits until it has. */
  async kill(id: string): Promise<void> {
    const restarts = () => this.docker.inspect(id, '{{.RestartCount}}');
    const before = await restarts();
    process.kill(Number(await this.docker.inspect(id, '{{.State.Pid}}')), 'SIGKILL');
    await waitFor('the engine has restarted what was killed', async () => (await restarts()) !== before);
  }

  /** Waits until all services with a health check pass it. */
  async healthy(): Promise<void> {
    await waitFor(
      'all containers are healthy',
      async () => {
        const ids = (await this.run('ps', '-q')).split('\n').filter(Boolean);
        const states = await Promise.all(ids.map((id) => this.docker.inspect(id, HEALTH)));
        return states.length >= SERVICES.length && states.every((state) => state === 'healthy' || state === 'none');
      },
      START_TIMEOUT_MS,
    );
  }

  /** From this machine, which reaches containers by their addresses. */
  async databaseUrl(): Promise<string> {
    const network = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
    return `postgresql://postgres:${PASSWORD}@${await this.docker.inspect(await this.container('postgres'), network)}:5432/mini_compete`;
  }

  async down(): Promise<void> {
    await this.run('down', '--volumes', '--timeout', '15');
  }
}

export const SERVICES = ['postgres', 'redis', 'mail', 'api', 'worker', 'web', 'proxy'] as const;
/** They have ended when the others run. */
export const RUN_ONCE = ['secrets', 'migrate'] as const;

/** Docker Compose 2, or Debian's 1.29, which refuses `name:` and needs an option to read `deploy.replicas`. */
async function commandOf({ env }: Docker, project: string): Promise<[string, ...string[]]> {
  if (await succeeds('docker', ['compose', 'version'], { env }))
    return ['docker', 'compose', '--project-name', project];
  writeFileSync(COPY, readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8').replace(/^name: .*\n/m, ''));
  const options = ['--compatibility', '--project-name', project, '--project-directory', ROOT, '--file', COPY];
  return ['docker-compose', ...options];
}
