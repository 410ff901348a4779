// Starts all child processes of the tool, each in a process group of its own, and registers them with the watchdog.
import { spawn } from 'node:child_process';
import { closeSync, constants, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Failure } from './failure.mjs';

/**
 * @typedef {object} ProcessOptions
 * @property {string} name shown to the user
 * @property {string} command
 * @property {string[]} args
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {{ uid: number, gid: number } | undefined} [account] runs as this user
 * @property {string} [log] writes the output to this file, which keeps working when the tool is killed
 * @property {(line: string) => void} [onLine] receives each line of the output
 * @property {boolean} [inheritOutput] prints straight to the terminal
 * @property {boolean} [interactive] may read from the terminal
 * @property {number} [tier] 1 by default, stopped first; 0 for servers that the others use
 * @property {NodeJS.Signals} [stopSignal]
 * @property {number} [graceMs] the time it has to stop
 * @property {NodeJS.Signals} [killSignal] sent after that time
 *
 * @typedef {object} Child
 * @property {string} name
 * @property {number} pid
 * @property {string | undefined} log the file with its output
 * @property {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} ended rejects when it could not be started
 * @property {() => boolean} running
 * @property {(lines?: number) => string[]} tail the last lines of its output
 */

const MAX_LOG_LINES = 200;
const WATCHDOG = fileURLToPath(new URL('./watchdog.mjs', import.meta.url));

export class Processes {
  #watchdog = spawn(process.execPath, [WATCHDOG], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
  #watchdogEnded = new Promise((resolve) => this.#watchdog.once('exit', resolve));
  /** @type {Set<Child>} */
  #children = new Set();
  /** The log files of this run. @type {Set<string>} */
  #logs = new Set();
  #stopping = false;

  constructor() {
    this.#watchdog.unref();
    // A child may exit after stopAll() closed the pipe, or after the watchdog was killed. Its "remove" is not needed then,
    // but without a listener the failed write would be thrown.
    this.#watchdog.stdin.on('error', () => {});
  }

  /** @param {object} message */
  #notifyWatchdog(message) {
    this.#watchdog.stdin.write(`${JSON.stringify(message)}\n`);
  }

  /** Whether everything is being stopped, so that nothing may be started. */
  get stopping() {
    return this.#stopping;
  }

  /** @param {ProcessOptions} options @returns {Child} */
  start(options) {
    if (this.#stopping) throw new Failure(`${options.name} was not started, because the command is stopping.`);
    const { name, command, args, account, log, onLine, inheritOutput, interactive } = options;
    const file = log ? this.#openLog(log) : undefined;
    const output = inheritOutput ? 'inherit' : (file ?? 'pipe');
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: [interactive ? 'inherit' : 'ignore', output, output],
      // A group of its own does not get the terminal's Ctrl-C, so the watchdog decides the order of stopping. It may not
      // read from the terminal either.
      detached: process.platform !== 'win32' && !interactive,
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
          if (kept.length > MAX_LOG_LINES) kept.shift();
          onLine?.(line);
        });

    const pid = child.pid ?? 0;
    if (pid) {
      const { tier = 1, stopSignal = 'SIGTERM', graceMs = 10_000, killSignal = 'SIGKILL' } = options;
      this.#notifyWatchdog({ add: { pid, tier, stopSignal, graceMs, killSignal } });
    }
    let running = true;
    /** @type {Child['ended']} */
    const ended = new Promise((resolve, reject) => {
      child.once('error', (error) => reject(new Failure(`${name} could not be started: ${error.message}`)));
      // With pipes 'close' instead of 'exit': output may still arrive after 'exit'.
      child.once(output === 'pipe' ? 'close' : 'exit', (code, signal) => resolve({ code, signal }));
    });
    /** @type {Child} */
    const handle = {
      name,
      pid,
      log,
      ended,
      running: () => running,
      tail: (lines = 12) => (log ? endOf(log) : kept).slice(-lines),
    };
    this.#children.add(handle);
    const onEnd = () => {
      running = false;
      this.#children.delete(handle);
      if (!pid) return;
      if (process.platform !== 'win32') killGroup(pid);
      this.#notifyWatchdog({ remove: pid });
    };
    child.once('exit', onEnd);
    ended.catch(onEnd); // 'exit' does not fire when the start failed; the caller gets the error from `ended`
    return handle;
  }

  /**
   * Runs a program to its end; throws with its last lines unless the exit code is 0.
   * @param {ProcessOptions} options
   */
  async run(options) {
    const child = this.start(options);
    const { code, signal } = await child.ended;
    if (code !== 0) throw new Failure(`${options.name} failed (${signal ?? `exit code ${code}`}).`, child.tail(40));
    return child;
  }

  /**
   * The first process with this log file empties it; a process that replaces it later appends, because the log says why
   * the earlier one ended. Appending also frees the space at once when someone empties the file of a running process.
   * @param {string} path
   */
  #openLog(path) {
    mkdirSync(dirname(path), { recursive: true });
    const { O_WRONLY, O_CREAT, O_APPEND, O_TRUNC } = constants;
    const file = openSync(path, O_WRONLY | O_CREAT | O_APPEND | (this.#logs.has(path) ? 0 : O_TRUNC), 0o600);
    this.#logs.add(path);
    return file;
  }

  /** The names of the running processes. */
  names() {
    return [...this.#children].map((child) => child.name);
  }

  /** Stops everything in order, the same way as after a kill of the tool: by closing the watchdog's pipe. */
  async stopAll() {
    this.#stopping = true;
    this.#watchdog.ref();
    this.#watchdog.stdin.end();
    await this.#watchdogEnded;
  }

  /** Skips the grace periods of a stop that is under way. */
  killAll() {
    this.#watchdog.kill('SIGTERM');
  }
}

const MAX_TAIL_BYTES = 64 * 1024;

/** The lines at the end of a log, which may be too large to be read as a whole. @param {string} path */
function endOf(path) {
  try {
    const file = openSync(path, 'r');
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, MAX_TAIL_BYTES));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    closeSync(file);
    return bytes.toString().trimEnd().split('\n');
  } catch {
    return []; // someone removed it
  }
}

/** Kills what a process left running in its group when it exited. @param {number} pid */
function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: the group is empty, as it should be
  }
}
