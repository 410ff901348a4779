// Every process that the tool starts, each in a group of its own, known to the warden.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Failure } from './failure.mjs';

/**
 * @typedef {object} Order what to run and how
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {{ uid: number, gid: number } | undefined} [account] run as this user instead
 * @property {string} [log] a file for what it prints; it goes on being written when the tool is killed
 * @property {(line: string) => void} [onLine] or a function that hears each line
 * @property {boolean} [shown] or straight to the terminal
 * @property {boolean} [asks] it may ask the person something
 * @property {number} [tier] 1 (ended first) unless told: servers that others talk to are 0
 * @property {NodeJS.Signals} [signal] how it is asked to end
 * @property {number} [graceMs] how long it may take for that
 * @property {NodeJS.Signals} [last] and what comes then
 *
 * @typedef {object} Child
 * @property {string} name
 * @property {number} pid
 * @property {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} ended
 * @property {() => boolean} running
 * @property {(lines?: number) => string[]} tail what it printed last
 */

const KEPT_LINES = 200;
const WARDEN = fileURLToPath(new URL('./warden.mjs', import.meta.url));

export class Processes {
  #warden = spawn(process.execPath, [WARDEN], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
  #wardenEnded = new Promise((resolve) => this.#warden.once('exit', resolve));
  /** @type {Set<Child>} */
  #children = new Set();
  ending = false;

  constructor() {
    this.#warden.unref();
    this.#warden.stdin.on('error', () => {}); // the warden is gone: nothing to tell any more
  }

  /** @param {object} message */
  #tell(message) {
    this.#warden.stdin.write(`${JSON.stringify(message)}\n`);
  }

  /** @param {Order} order @returns {Child} */
  start(order) {
    if (this.ending) throw new Failure('stopping');
    const { name, command, args, account, log, onLine, shown } = order;
    const file = log ? openLog(log) : undefined;
    const out = shown ? 'inherit' : (file ?? 'pipe');
    const child = spawn(command, args, {
      cwd: order.cwd,
      env: order.env ?? process.env,
      stdio: [order.asks ? 'inherit' : 'ignore', out, out],
      // In a group of its own it hears no Ctrl-C, and may not read from the terminal either.
      detached: process.platform !== 'win32' && !order.asks,
      windowsHide: true,
      ...account,
    });
    if (file !== undefined) closeSync(file);

    /** @type {string[]} */
    const kept = [];
    for (const stream of [child.stdout, child.stderr])
      if (stream)
        createInterface({ input: stream }).on('line', (line) => {
          kept.push(line);
          if (kept.length > KEPT_LINES) kept.shift();
          onLine?.(line);
        });

    const pid = child.pid ?? 0;
    if (pid) {
      const { tier = 1, signal = 'SIGTERM', graceMs = 10_000, last = 'SIGKILL' } = order;
      this.#tell({ add: { pid, tier, signal, graceMs, last } });
    }
    let running = true;
    /** @type {Child['ended']} */
    const ended = new Promise((resolve, reject) => {
      child.once('error', (error) => reject(new Failure(`${name} could not be started: ${error.message}`)));
      // 'close', not 'exit': only then has everything been read that it printed.
      child.once(shown || file !== undefined ? 'exit' : 'close', (code, signal) => resolve({ code, signal }));
    });
    /** @type {Child} */
    const handle = {
      name,
      pid,
      ended,
      running: () => running,
      tail: (lines = 12) => (log ? readFileSync(log, 'utf8').trimEnd().split('\n') : kept).slice(-lines),
    };
    this.#children.add(handle);
    const gone = () => {
      running = false;
      this.#children.delete(handle);
      if (!pid) return;
      if (process.platform !== 'win32') killGroup(pid);
      this.#tell({ remove: pid });
    };
    child.once('exit', gone);
    ended.catch(gone);
    return handle;
  }

  /**
   * Runs something to its end; a bad end is a failure with its last lines.
   * @param {Order} order
   */
  async run(order) {
    const child = this.start(order);
    const { code, signal } = await child.ended;
    if (code !== 0) throw new Failure(`${order.name} failed (${signal ?? `exit code ${code}`}).`, child.tail(40));
    return child;
  }

  /** Whoever is still there, to be told while they are being waited for. */
  names() {
    return [...this.#children].map((child) => child.name);
  }

  /** Ends everything in good order, exactly as if the tool had been killed: by closing the warden's pipe. */
  async endAll() {
    this.ending = true;
    this.#warden.ref();
    this.#warden.stdin.end();
    await this.#wardenEnded;
  }

  /** Somebody is in a hurry. */
  killAll() {
    this.#warden.kill('SIGTERM');
  }
}

/** What a process left behind in its group when it ended. @param {number} pid */
function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // nobody: as it should be
  }
}

/** @param {string} path */
function openLog(path) {
  mkdirSync(dirname(path), { recursive: true });
  return openSync(path, 'w', 0o600);
}
