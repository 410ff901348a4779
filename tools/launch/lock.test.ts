import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { identityOf } from './identity.mjs';
import { lock, tryLock } from './lock.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mini-compete-lock-'));
  file = join(folder, 'a.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('has one holder at a time and names it to the next command', () => {
  expect(tryLock(file, 'npm start')).toMatchObject({ taken: true });
  expect(tryLock(file, 'npm test')).toMatchObject({ taken: false, holder: { pid: process.pid, about: 'npm start' } });
});

it('is free again after its holder was killed', async () => {
  const holder = spawn('sleep', ['60']);
  const pid = holder.pid as number;
  writeFileSync(file, JSON.stringify({ pid, identity: identityOf(pid), about: 'killed' }));
  expect(tryLock(file, 'too early')).toMatchObject({ taken: false });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(tryLock(file, 'after it')).toMatchObject({ taken: true });
});

it('is free when the process id of its holder was reused', () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, identity: 'another boot:1', about: 'long ago' }));
  expect(tryLock(file, 'now')).toMatchObject({ taken: true });
});

it('is free when its holder was killed while it wrote the file', () => {
  writeFileSync(file, '{"pid":');
  expect(tryLock(file, 'now')).toMatchObject({ taken: true });
});

it('can be waited for', async () => {
  const first = tryLock(file, 'first');
  const waited = lock(file, 'second', () => first.taken && first.release());
  expect(await waited).toMatchObject({ taken: true });
  expect(existsSync(file)).toBe(true);
});
