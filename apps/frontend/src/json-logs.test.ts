import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PRELOAD = new URL('../json-logs.mjs', import.meta.url).href;
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

type Line = Record<string, unknown> & { err: Record<string, unknown> };

function start(
  script: string,
  env: Record<string, string> = {},
  stdout: 'pipe' | number = 'pipe',
  prefix: string[] = [],
) {
  const [command = '', ...args] = [
    ...prefix,
    process.execPath,
    '--import',
    PRELOAD,
    '--input-type=module',
    '-e',
    script,
  ];
  return spawn(command, args, {
    env: { NODE_ENV: 'test', PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', stdout, 'pipe', 'ipc'],
  });
}

/** The output of a process with this script; fails unless each line is JSON. */
async function run(script: string, env: Record<string, string> = {}) {
  const child = start(script, env);
  let out = '';
  let raw = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    raw += chunk;
  });
  const [code] = await once(child, 'close');
  const lines = out.split('\n').filter(Boolean);
  return { code, raw, text: out, lines: lines.map((line): Line => JSON.parse(line)) };
}

describe('the log of the web app', () => {
  it('has a JSON line for each console call, in the format of the other processes', async () => {
    const { lines, raw } = await run(`
      console.log('listening on %s', 'port', 3000);
      console.info('\\u001b[32m✓\\u001b[39m Ready in 0ms');
      console.log('- Local:         http://127.0.0.1:3000');
      console.warn('careful', { seats: 3 });
      console.error('over\\ntwo lines');
      console.log('');
      console.debug('only on demand');
    `);
    expect(raw).toBe('');
    expect(lines).toEqual(
      [
        { level: 'info', msg: 'listening on port 3000' },
        { level: 'info', msg: 'Ready in 0ms' },
        { level: 'info', msg: 'Local:         http://127.0.0.1:3000' },
        { level: 'warn', msg: 'careful { seats: 3 }' },
        { level: 'error', msg: 'over\ntwo lines' },
      ].map((line) => ({ ...line, process: 'web', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) })),
    );
  });

  it('respects LOG_LEVEL', async () => {
    const script = `for (const method of ['debug', 'info', 'warn', 'error']) console[method](method);`;
    const levels = async (level: string) => (await run(script, { LOG_LEVEL: level })).lines.map(({ msg }) => msg);
    expect(await levels('debug')).toEqual(['debug', 'info', 'warn', 'error']);
    expect(await levels('warn')).toEqual(['warn', 'error']);
    expect(await levels('silent')).toEqual([]);
  });

  it('contains errors in the format of the other processes, with the digest that the error page shows', async () => {
    const { lines } = await run(`
      const cause = new TypeError('no answer', { cause: 'asleep' });
      const error = Object.assign(new Error('The page failed', { cause }), { digest: '4711', code: 'NO_RESPONSE' });
      console.error('\\u001b[31m⨯\\u001b[39m', error);
      console.error(error);
      console.error('unhandledRejection:', error);
      console.error('%o while rendering', error);
    `);
    expect(lines.map(({ msg }) => msg)).toEqual([
      'The page failed',
      'The page failed',
      'unhandledRejection: The page failed',
      "'The page failed' while rendering",
    ]);
    for (const { level, err } of lines) {
      expect(level).toBe('error');
      expect(err).toEqual({
        name: 'Error',
        message: 'The page failed',
        code: 'NO_RESPONSE',
        digest: '4711',
        stack: expect.stringMatching(/^Error: The page failed\n {4}at /),
        cause: { name: 'TypeError', message: 'no answer', stack: expect.any(String), cause: 'asleep' },
      });
    }
  });

  it('handles an error from another VM context, and one that is its own cause', async () => {
    const { lines } = await run(`
      import vm from 'node:vm';
      console.error(vm.runInNewContext('new RangeError("elsewhere")'));
      const error = new Error('round');
      error.cause = error;
      console.error(error);
    `);
    expect(lines).toMatchObject([{ err: { name: 'RangeError', message: 'elsewhere' } }, { err: { message: 'round' } }]);
  });

  it('contains no secrets in messages, objects, errors or warnings', async () => {
    const { text, lines } = await run(`
      console.log('Bearer ${JWT}', 'mc_access=hunter22; mc_refresh=hunter22', '/reset-password#token=hunter22');
      console.log({ password: 'hunter22', headers: { authorization: 'hunter22', Cookie: "it's hunter22" } });
      console.error(new Error('postgresql://mini:hunter22@db/mini: ${JWT}', { cause: new Error('secret=hunter22') }));
      process.emitWarning('key=hunter22');
    `);
    expect(lines).toHaveLength(4);
    expect(text.replaceAll(/at [^"]*/g, '')).not.toMatch(/hunter22|eyJ/);
    expect(text).toContain('postgresql://mini:***@db/mini');
  });

  it('contains Node warnings and the error that ends the process', async () => {
    const { code, raw, lines } = await run(`
      process.emitWarning('planted', 'DeprecationWarning', 'DEP9999');
      setTimeout(() => Promise.reject(new Error('nobody caught this')), 50);
    `);
    expect(raw).toBe('');
    expect(code).toBe(1);
    expect(lines).toMatchObject([
      { level: 'warn', msg: 'planted', err: { name: 'DeprecationWarning', code: 'DEP9999' } },
      { level: 'fatal', msg: 'nobody caught this', err: { stack: expect.stringContaining('at ') } },
    ]);
  });

  it('leaves an uncaught error to a listener of the server, such as that of Next', async () => {
    const { code, lines } = await run(`
      process.on('uncaughtException', (error) => console.error(error));
      setTimeout(() => { throw new Error('survived'); }, 10);
      setTimeout(() => console.log('still there'), 100);
    `);
    expect(code).toBe(0);
    expect(lines).toMatchObject([{ level: 'error', msg: 'survived' }, { msg: 'still there' }]);
  });

  const REPORT_AFTER_WRITING = `
    process.send('ready');
    process.on('message', () => {
      for (let n = 0; n < 50; n++) console.error(new Error('x'.repeat(10_000)));
      setTimeout(() => { process.send('still there'); process.disconnect(); }, 200);
    });
  `;

  it('keeps the process running when its pipe is closed', async () => {
    const child = start(REPORT_AFTER_WRITING);
    await once(child, 'message');
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.send('write');
    expect(await once(child, 'message')).toContain('still there');
    expect((await once(child, 'exit'))[0]).toBe(0);
  });

  it.runIf(process.platform === 'linux')('keeps the process running when the disk is full', async () => {
    const child = start(REPORT_AFTER_WRITING, {}, openSync('/dev/full', 'w'));
    await once(child, 'message');
    child.send('write');
    expect(await once(child, 'message')).toContain('still there');
    expect((await once(child, 'exit'))[0]).toBe(0);
  });

  it.runIf(process.platform === 'linux')(
    'S2: writes again when there is room, and logs how many lines were lost',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'mini-compete-json-logs-'));
      const log = join(folder, 'web.log');
      // The largest size of a file is 512 bytes: a disk that is full until the file is emptied.
      const limited = ['sh', '-c', 'ulimit -f 1; exec "$@"', 'sh'];
      const script = `
        process.on('message', (count) => {
          for (let n = 1; n <= count; n++) console.log('line', n);
          process.send('written');
        });
      `;
      const child = start(script, {}, openSync(log, 'a'), limited);
      const write = async (count: number) => {
        child.send(count);
        await once(child, 'message');
        const text = readFileSync(log, 'utf8');
        truncateSync(log);
        return text;
      };
      const before = await write(50);
      expect(before).toHaveLength(512);
      const lines = `${before}${await write(1)}`.trimEnd().split('\n');
      child.disconnect();
      rmSync(folder, { recursive: true });
      const entries = lines.map((line): Line => JSON.parse(line));
      const kept = entries.length - 2;
      expect(entries.map(({ msg }) => msg)).toEqual([
        ...Array.from({ length: kept }, (_, n) => `line ${n + 1}`),
        `${50 - kept} log lines could not be written`,
        'line 1',
      ]);
      expect(entries.at(-2)).toMatchObject({ level: 'warn', process: 'web', lost: 50 - kept, code: 'EFBIG' });
    },
  );
});
