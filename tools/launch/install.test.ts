import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fingerprint, isInstalled } from './install.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mini-compete-install-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const pg = { version: '8.0.0', integrity: 'sha512-a' };
const forMacs = { version: '1.0.0', integrity: 'sha512-b', optional: true };

function checkout(locked: object, installed?: object, stamp?: (root: string) => string) {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, 'apps/a': {}, ...locked } }));
  if (!installed) return;
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
  if (stamp) writeFileSync(join(root, 'node_modules/.installed-for'), stamp(root));
}

it('installs on a fresh clone', () => {
  checkout({ 'node_modules/pg': pg });
  expect(isInstalled(root)).toBe(false);
});

it('leaves alone what it installed for this lock file', () => {
  checkout({ 'node_modules/pg': pg }, {}, fingerprint);
  expect(isInstalled(root)).toBe(true);
});

it('leaves alone what somebody installed by hand, without the packages of other systems', () => {
  checkout({ 'node_modules/pg': pg, 'node_modules/for-macs': forMacs }, { 'node_modules/pg': pg });
  expect(isInstalled(root)).toBe(true);
});

it('installs when the lock file has another version', () => {
  checkout(
    { 'node_modules/pg': { ...pg, version: '8.1.0' } },
    { 'node_modules/pg': pg },
    () => 'for another lock file',
  );
  expect(isInstalled(root)).toBe(false);
});

it('installs when an earlier installation was cut off', () => {
  checkout({ 'node_modules/pg': pg });
  mkdirSync(join(root, 'node_modules/pg'), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});
