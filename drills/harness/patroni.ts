import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../tools/src/free-port.js';
import { type Account, serverAccount } from '../../tools/src/postgres/account.js';
import { findBinaries } from '../../tools/src/postgres/binaries.js';
import { createTempFolder } from '../../tools/src/testing/temp-folder.js';
import { waitFor } from '../../tools/src/testing/wait-for.js';

const COPY_DATA = fileURLToPath(new URL('./copy-data.mjs', import.meta.url));
/** Debian's PostgreSQL, of which Patroni calls pg_isready and pg_controldata. */
const DEBIAN_BINARIES = '/usr/lib/postgresql';
const START_TIMEOUT_MS = 180_000;
/** Patroni answers each question with a thread of its own. */
const POLL_INTERVAL_MS = 200;

interface Node {
  readonly name: string;
  readonly port: number;
  readonly restPort: number;
  readonly data: string;
  readonly config: string;
  patroni: ChildProcess;
}

interface Member {
  readonly name: string;
  readonly role: string;
  readonly state: string;
}

/** Three PostgreSQL servers under Patroni with one strictly synchronous standby, etcd, and HAProxy in front of them. */
export class PatroniCluster {
  private readonly nodes: Node[] = [];
  private readonly others: ChildProcess[] = [];

  private constructor(
    private readonly folder: string,
    private readonly account: Account | undefined,
    private readonly etcdPort: number,
    private readonly proxyPort: number,
  ) {}

  static async start(): Promise<PatroniCluster> {
    const folder = createTempFolder('patroni');
    const cluster = new PatroniCluster(folder, serverAccount(), await freePort(), await freePort());
    try {
      await cluster.startAll();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  private async startAll(): Promise<void> {
    if (this.account) chownSync(this.folder, this.account.uid, this.account.gid);
    await this.linkBinaries();
    await this.startEtcd();
    for (const name of ['node1', 'node2', 'node3']) await this.addNode(name);
    this.startProxy();
    await this.isWhole();
  }

  /** Through HAProxy, which knows the leader. */
  url(database: string): string {
    return `postgresql://postgres:secret@127.0.0.1:${this.proxyPort}/${database}`;
  }

  /** A leader, a synchronous standby that streams, and a third one. */
  async isWhole(): Promise<void> {
    await waitFor(
      'the cluster is whole',
      async () => {
        const members = await this.members();
        const running = members.filter(({ state }) => state === 'running' || state === 'streaming');
        const roles = running.map(({ role }) => role);
        return running.length === this.nodes.length && roles.includes('leader') && roles.includes('sync_standby');
      },
      START_TIMEOUT_MS,
    ).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.logs()}`);
    });
  }

  async killPostgres(): Promise<void> {
    killServer(await this.leader());
  }

  /** As when the machine of the leader fails. Patroni starts again once another one leads. */
  async killLeaderAndPatroni(): Promise<void> {
    const leader = await this.leader();
    leader.patroni.kill('SIGKILL');
    killServer(leader);
    await waitFor('another one leads', async () => (await this.leader().catch(() => leader)) !== leader, 120_000);
    leader.patroni = this.spawn('patroni', [leader.config], leader.name);
  }

  async switchOver(): Promise<void> {
    const leader = await this.leader();
    const candidate = (await this.members()).find(({ role }) => role === 'sync_standby')?.name as string;
    const args = ['switchover', '--leader', leader.name, '--candidate', candidate, '--force', 'drill'];
    const { status, stdout, stderr } = spawnSync('patronictl', ['-c', leader.config, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`The switchover failed: ${stdout}${stderr}`);
  }

  async stop(): Promise<void> {
    // Patroni first: it would start PostgreSQL again.
    for (const { patroni } of this.nodes) await stopProcess(patroni);
    for (const node of this.nodes) if (existsSync(join(node.data, 'postmaster.pid'))) killServer(node);
    for (const child of this.others) await stopProcess(child);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20 });
  }

  private async leader(): Promise<Node> {
    const leader = (await this.members()).find(({ role, state }) => role === 'leader' && state === 'running');
    const node = this.nodes.find(({ name }) => name === leader?.name);
    if (node === undefined) throw new Error('The cluster has no leader.');
    return node;
  }

  /** As the first node knows them that answers. */
  private async members(): Promise<Member[]> {
    for (const { restPort } of this.nodes) {
      await sleep(POLL_INTERVAL_MS);
      const signal = AbortSignal.timeout(1_000);
      const response = await fetch(`http://127.0.0.1:${restPort}/cluster`, { signal }).catch(() => undefined);
      if (response?.ok) return ((await response.json()) as { members: Member[] }).members;
    }
    return [];
  }

  /** The package with PostgreSQL has three programs; Patroni needs some more, of any version. */
  private async linkBinaries(): Promise<void> {
    const bin = join(this.folder, 'bin');
    mkdirSync(bin);
    const { postgres, initdb } = await findBinaries(this.account);
    const own = { postgres, initdb, pg_ctl: initdb.replace(/initdb$/, 'pg_ctl') };
    for (const [name, path] of Object.entries(own)) symlinkSync(path, join(bin, name));
    const version = existsSync(DEBIAN_BINARIES) ? readdirSync(DEBIAN_BINARIES)[0] : undefined;
    for (const name of ['pg_isready', 'pg_controldata']) {
      const path = join(DEBIAN_BINARIES, String(version), 'bin', name);
      if (!existsSync(path))
        throw new Error(`The drill needs ${name}. On Debian and Ubuntu: apt-get install postgresql`);
      symlinkSync(path, join(bin, name));
    }
  }

  private async startEtcd(): Promise<void> {
    const client = `http://127.0.0.1:${this.etcdPort}`;
    const peer = `http://127.0.0.1:${await freePort()}`;
    this.others.push(
      this.spawn(
        'etcd',
        [
          ...['--name', 'etcd', '--data-dir', join(this.folder, 'etcd')],
          ...['--listen-client-urls', client, '--advertise-client-urls', client],
          ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `etcd=${peer}`],
        ],
        'etcd',
      ),
    );
    await waitFor('etcd is healthy', async () => (await fetch(`${client}/health`).catch(() => undefined))?.ok === true);
  }

  private async addNode(name: string): Promise<void> {
    const [port, restPort] = await Promise.all([freePort(), freePort()]);
    const data = join(this.folder, name);
    const config = join(this.folder, `${name}.yml`);
    // YAML is a superset of JSON.
    writeFileSync(config, JSON.stringify(this.nodeConfig(name, port, restPort, data)));
    const patroni = this.spawn('patroni', [config], name);
    this.nodes.push({ name, port, restPort, data, config, patroni });
  }

  private nodeConfig(name: string, port: number, restPort: number, data: string): object {
    const account = (username: string) => ({ username, password: 'secret' });
    return {
      scope: 'drill',
      name,
      restapi: { listen: `127.0.0.1:${restPort}`, connect_address: `127.0.0.1:${restPort}` },
      etcd3: { hosts: [`127.0.0.1:${this.etcdPort}`] },
      bootstrap: {
        dcs: {
          ttl: 20,
          loop_wait: 2,
          retry_timeout: 5,
          synchronous_mode: true,
          synchronous_mode_strict: true,
          postgresql: {
            use_pg_rewind: false,
            use_slots: true,
            parameters: { max_connections: 200, jit: 'off', random_page_cost: '1.1' },
          },
        },
        initdb: [{ encoding: 'UTF8' }, { 'locale-provider': 'builtin' }, { locale: 'C.UTF-8' }],
        pg_hba: ['host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust', 'local all all trust'],
      },
      postgresql: {
        listen: `127.0.0.1:${port}`,
        connect_address: `127.0.0.1:${port}`,
        data_dir: data,
        bin_dir: join(this.folder, 'bin'),
        pgpass: join(this.folder, `${name}.pgpass`),
        authentication: { superuser: account('postgres'), replication: account('replicator') },
        parameters: { unix_socket_directories: this.folder },
        create_replica_methods: ['copy'],
        copy: { command: `${process.execPath} ${COPY_DATA}` },
        // A former leader may have what nobody confirmed: it becomes a new copy.
        remove_data_directory_on_diverged_timelines: true,
        remove_data_directory_on_rewind_failure: true,
      },
    };
  }

  private startProxy(): void {
    const file = join(this.folder, 'haproxy.cfg');
    const servers = this.nodes.map(
      ({ name, port, restPort }) => `  server ${name} 127.0.0.1:${port} check port ${restPort}`,
    );
    const lines = [
      'defaults',
      '  mode tcp',
      '  timeout connect 2s',
      '  timeout client 30m',
      '  timeout server 30m',
      'listen primary',
      `  bind 127.0.0.1:${this.proxyPort}`,
      '  option httpchk GET /primary',
      '  http-check expect status 200',
      '  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions',
      ...servers,
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    this.others.push(this.spawn('haproxy', ['-db', '-f', file], 'haproxy'));
  }

  private spawn(command: string, args: string[], name: string): ChildProcess {
    // Without a log, nobody learns why a cluster does not start.
    const redirect = `exec "$0" "$@" >> '${join(this.folder, `${name}.log`)}' 2>&1`;
    const child = spawn('/bin/sh', ['-c', redirect, command, ...args], {
      cwd: this.folder,
      stdio: 'ignore',
      ...(this.account && { uid: this.account.uid, gid: this.account.gid }),
    });
    process.on('exit', () => child.kill('SIGKILL'));
    return child;
  }

  private logs(): string {
    return readdirSync(this.folder)
      .filter((file) => file.endsWith('.log'))
      .map((file) => `${file}:\n${readFileSync(join(this.folder, file), 'utf8').split('\n').slice(-15).join('\n')}`)
      .join('\n');
  }
}

function killServer({ data }: Node): void {
  const [pid] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n', 1);
  process.kill(Number(pid), 'SIGKILL');
}

async function stopProcess(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await exited;
}
