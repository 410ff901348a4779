import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadEnv } from './env.js';
import { VARIABLES } from './variables.js';

const path = (name: string) => fileURLToPath(new URL(`../../../../../${name}`, import.meta.url));
const compose = readFileSync(path('docker-compose.yml'), 'utf8');

/** What follows from how the containers are connected, so that it is not configurable. */
const FIXED = ['HOST', 'PORT', 'BACKEND_PORT', 'WORKER_PORT', 'WEB_URL'];

function environmentOf(file: string): Map<string, string> {
  const [, block = ''] = /environment: &environment\n((?: {4}.*\n)+)/.exec(file) ?? [];
  return new Map([...block.matchAll(/^ {4}(\w+): (.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
}

describe('docker-compose.yml', () => {
  const environment = environmentOf(compose);

  it.each(Object.keys(VARIABLES).filter((name) => !FIXED.includes(name)))(
    'R14: passes %s from .env to API, worker and migrations',
    (name) => {
      expect(environment.get(name)).toMatch(new RegExp(`^\\$\\{${name}:-.*\\}$`));
    },
  );

  it('R14: names no setting that does not exist', () => {
    expect([...environment.keys()].filter((name) => !(name in VARIABLES))).toEqual([
      'POSTGRES_PASSWORD',
      'PUBLISHED_PORT',
    ]);
  });

  it('R14: names exact versions of all images', () => {
    const dockerfile = readFileSync(path('docker/Dockerfile'), 'utf8');
    const images = [...compose.matchAll(/image: (\S+)/g), ...dockerfile.matchAll(/^FROM (\S+)/gm)].map(
      ([, name = '']) => name,
    );
    const foreign = images.filter((name) => !name.startsWith('mini-compete-'));
    expect(foreign.length).toBeGreaterThan(5);
    for (const image of foreign) expect(image).toMatch(/:v?\d+\.\d+\.\d+(-|$)|postgres:\d+\.\d+-/);
  });
});

describe('docker/pin-images.sh', () => {
  /** With a stand-in for the registries, in which an image has its own name as digest. */
  const pin = (...args: string[]) => {
    const bin = mkdtempSync(join(tmpdir(), 'mini-compete-docker-'));
    onTestFinished(() => rmSync(bin, { recursive: true }));
    writeFileSync(join(bin, 'docker'), '#!/bin/sh\necho "digest-of-$6"\n', { mode: 0o755 });
    const env = { PATH: `${bin}:${process.env.PATH}` };
    return spawnSync('sh', [path('docker/pin-images.sh'), ...args], { encoding: 'utf8', env }).stdout;
  };
  const pinned = [...compose.matchAll(/^ {2}(\w+):\n {4}image: (\S+)$/gm)].map(
    ([, service, image]) => `  ${service}: { image: '${image}@digest-of-${image}' }\n`,
  );

  it('R14: pins the images of others by the digest that their registry has', () => {
    expect(pinned).toHaveLength(4);
    expect(pin()).toBe(`services:\n${pinned.join('')}`);
  });

  it('R14: names the images of a release', () => {
    const own = ['secrets', 'migrate', 'api', 'worker'].map((service) => `  ${service}: { image: 'b@1' }\n`);
    expect(pin('b@1', 'w@2')).toBe(`services:\n${pinned.join('')}${own.join('')}  web: { image: 'w@2' }\n`);
    for (const service of ['secrets', 'migrate', 'api', 'worker', 'web'])
      expect(compose).toMatch(new RegExp(`^  ${service}:\\n    (<<: \\*backend|build:)`, 'm'));
  });
});

describe('the secrets of a trial', () => {
  const secrets = mkdtempSync(join(tmpdir(), 'mini-compete-secrets-'));
  afterAll(() => rmSync(secrets, { recursive: true }));
  const make = (env = {}) =>
    spawnSync('sh', [path('docker/make-secrets.sh')], {
      env: { PATH: process.env.PATH, MADE_SECRETS: secrets, ...env },
    });
  const read = (name: string) => readFileSync(join(secrets, name), 'utf8');

  it('are made once, and every container can read them', () => {
    expect(make({ POSTGRES_PASSWORD: 'chosen' }).status).toBe(0);
    const key = read('jwt-secret');
    expect([read('postgres-password'), key]).toEqual(['chosen', expect.stringMatching(/^[0-9a-f]{64}$/)]);
    for (const name of ['postgres-password', 'jwt-secret'])
      expect(statSync(join(secrets, name)).mode & 0o777).toBe(0o444);
    expect(make().status).toBe(0);
    expect([read('postgres-password'), read('jwt-secret')]).toEqual(['chosen', key]);
  });
});

describe('the entry point of the image', () => {
  const secrets = mkdtempSync(join(tmpdir(), 'mini-compete-secrets-'));
  writeFileSync(join(secrets, 'postgres-password'), 'generated');
  writeFileSync(join(secrets, 'jwt-secret'), 'a-generated-secret-of-at-least-32-characters');
  afterAll(() => rmSync(secrets, { recursive: true }));

  /** The settings that a process of the container reads. */
  const settings = (configured: Record<string, string>) => {
    const { stdout } = spawnSync('sh', [path('docker/entrypoint.sh'), 'env'], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, MADE_SECRETS: secrets, ...configured },
    });
    return loadEnv(Object.fromEntries(stdout.split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2))));
  };
  const PRODUCTION = { NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32) };

  it('R14: sends the mails of a trial to the mail catcher, and none in production without SMTP_URL', () => {
    expect(settings({ SMTP_URL: '' }).smtpUrl).toBe('smtp://mail:1025');
    expect(settings({ ...PRODUCTION, SMTP_URL: '' }).smtpUrl).toBeNull();
    const smtpUrl = 'smtps://mail.example.org';
    expect(settings({ ...PRODUCTION, SMTP_URL: smtpUrl }).smtpUrl).toBe(smtpUrl);
  });

  it('R14: connects to the Redis of the file, unless another one is configured', () => {
    expect(settings({ REDIS_URL: '', REDIS_HOST: '' }).redis).toEqual({ url: 'redis://redis:6379' });
    expect(settings({ REDIS_URL: '', REDIS_HOST: 'own' }).redis).toEqual({ host: 'own', port: 6379 });
    expect(settings({ REDIS_URL: 'redis://own' }).redis).toEqual({ url: 'redis://own' });
  });

  it('puts the published port into links, unless the address is configured', () => {
    expect(settings({ FRONTEND_URL: '', PUBLISHED_PORT: '8080' }).frontendUrl).toBe('http://localhost:8080');
    const FRONTEND_URL = 'https://compete.example.org';
    expect(settings({ FRONTEND_URL, PUBLISHED_PORT: '8080' }).frontendUrl).toBe(FRONTEND_URL);
  });

  it('uses the generated secrets, but in production no generated key', () => {
    expect(settings({})).toMatchObject({
      databaseUrl: 'postgresql://postgres:generated@postgres:5432/mini_compete',
      jwtSecret: 'a-generated-secret-of-at-least-32-characters',
    });
    expect(() => settings({ NODE_ENV: 'production' })).toThrow('JWT_SECRET');
    expect(settings({ POSTGRES_PASSWORD: 'chosen' }).databaseUrl).toContain(':chosen@');
  });
});
