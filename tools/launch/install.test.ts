import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isInstalled } from './install.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mini-compete-install-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const pg = { version: '8.0.0', integrity: 'sha512-a' };
const forMacs = { version: '1.0.0', integrity: 'sha512-b', optional: true };

/** `installed` is npm's record of what it installed. */
function createCheckout(locked: object, installed?: object) {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, 'apps/a': {}, ...locked } }));
  if (!installed) return;
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
}

it('installs on a fresh clone', () => {
  createCheckout({ 'node_modules/pg': pg });
  expect(isInstalled(root)).toBe(false);
});

it('does not install again, although npm left out the optional packages of other systems', () => {
  createCheckout({ 'node_modules/pg': pg, 'node_modules/for-macs': forMacs }, { 'node_modules/pg': pg });
  expect(isInstalled(root)).toBe(true);
});

it('installs when the lock file has another version', () => {
  createCheckout({ 'node_modules/pg': { ...pg, version: '8.1.0' } }, { 'node_modules/pg': pg });
  expect(isInstalled(root)).toBe(false);
});

it('installs when a package was removed', () => {
  createCheckout({ 'node_modules/pg': pg }, {});
  expect(isInstalled(root)).toBe(false);
});

it('installs again after an interrupted installation', () => {
  createCheckout({ 'node_modules/pg': pg });
  mkdirSync(join(root, 'node_modules/pg'), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});
