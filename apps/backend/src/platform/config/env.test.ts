import { describe, expect, it } from 'vitest';
import { loadEnv } from './env.js';
import { TRIAL_JWT_SECRET, VARIABLES } from './variables.js';

const DATABASE_URL = 'postgresql://localhost/test';
const load = (source: Record<string, string> = {}) => loadEnv({ DATABASE_URL, ...source });

describe('environment variables', () => {
  it('have a default, except the database URL', () => {
    expect(load()).toMatchObject({ backendPort: 3001, jwtExpirationSeconds: 900, redis: null, rateLimits: true });
    expect(() => loadEnv({})).toThrow('DATABASE_URL is missing. Example: DATABASE_URL=postgresql://');
  });

  it.each(Object.entries(VARIABLES).filter(([, { example }]) => example !== ''))(
    'accept the documented example and default of %s',
    (name, { schema, example, default: fallback }) => {
      expect(schema.safeParse(example).success, name).toBe(true);
      if (fallback !== null) expect(schema.safeParse(fallback).success, name).toBe(true);
    },
  );

  it.each([
    [{}, false],
    [{ SMTP_URL: 'smtp://mail.example.org' }, true],
    [{ SMTP_URL: 'smtp://mail.example.org', REQUIRE_VERIFIED_EMAIL: 'off' }, false],
    [{ SMTP_URL: '' }, false],
    [{ REQUIRE_VERIFIED_EMAIL: 'on' }, true],
  ])(
    'EV-10: verified addresses are required where mail can be sent, unless set otherwise (%o: %s)',
    (source, required) => {
      expect(load(source).requireVerifiedEmail).toBe(required);
    },
  );

  it.each([
    ['PORT', '70000', 'PORT has to be a whole number from 0 to 65535. Example: PORT=3000'],
    ['JWT_SECRET', 'short', 'JWT_SECRET has to be at least 32 characters long'],
    ['JWT_EXPIRATION', '15 minutes', 'JWT_EXPIRATION has to be a number and s, m, h or d. Example: JWT_EXPIRATION=15m'],
    ['CRON_REMINDER_SCHEDULE', 'often', 'CRON_REMINDER_SCHEDULE has to be a cron schedule'],
    ['REDIS_URL', 'http://x', 'REDIS_URL has to be a URL that starts with redis:// or rediss://'],
    ['REDIS_SENTINELS', 'a:1,b', 'REDIS_SENTINELS has to be a list of HOST:PORT, separated by commas'],
    ['FRONTEND_URL', 'localhost:3000', 'FRONTEND_URL has to be a URL'],
    [
      'SECURITY_CONTACT',
      'http://x.example',
      'SECURITY_CONTACT has to be an email address, or a URL with https: or mailto:',
    ],
    ['NODE_ENV', 'prod', 'NODE_ENV has to be one of development, test, production'],
  ])('report why %s=%s is invalid, with an example', (name, value, sentence) => {
    expect(() => load({ [name]: value })).toThrow(sentence);
  });

  it('report all errors together, without the values, which may be secrets', () => {
    const loadInvalid = () => load({ PORT: 'x', JWT_SECRET: 'planted-secret' });
    expect(loadInvalid).toThrow(/PORT .*\nJWT_SECRET |JWT_SECRET .*\nPORT /);
    expect(loadInvalid).not.toThrow('planted-secret');
  });

  it.each([
    ['security@example.org', 'mailto:security@example.org'],
    ['mailto:security@example.org', 'mailto:security@example.org'],
    ['https://example.org/report', 'https://example.org/report'],
  ])('OB-06: make a contact for vulnerabilities a URL (%s)', (value, contact) => {
    expect(load({ SECURITY_CONTACT: value }).securityContact).toBe(contact);
    expect(load({ SECURITY_CONTACT: '' }).securityContact).toBeNull();
  });

  it('refuse the default secret in production', () => {
    expect(() => load({ NODE_ENV: 'production' })).toThrow('JWT_SECRET is the publicly known default');
    expect(() => load({ NODE_ENV: 'production', JWT_SECRET: TRIAL_JWT_SECRET })).toThrow(
      'JWT_SECRET is the publicly known default',
    );
    expect(load({ NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32) }).nodeEnv).toBe('production');
  });

  it('refuse scheduled backups without a folder', () => {
    expect(() => load({ BACKUP_SCHEDULE: '0 2 * * *' })).toThrow('BACKUP_SCHEDULE needs BACKUP_FOLDER');
    expect(() => load({ BACKUP_SCHEDULE: 'daily' })).toThrow('BACKUP_SCHEDULE has to be a cron schedule');
    expect(load({ BACKUP_SCHEDULE: '0 2 * * *', BACKUP_FOLDER: '/b' })).toMatchObject({
      backupFolder: '/b',
      backupKeep: 14,
      backupCopyCommand: null,
    });
  });

  it('take the direct URL of the database to be DATABASE_URL unless there is one', () => {
    expect(load().databaseDirectUrl).toBe(DATABASE_URL);
    const direct = 'postgresql://direct/test';
    expect(load({ DATABASE_DIRECT_URL: direct })).toMatchObject({
      databaseUrl: DATABASE_URL,
      databaseDirectUrl: direct,
    });
  });

  it('prefer Sentinels to REDIS_URL', () => {
    expect(load({ REDIS_SENTINELS: 'a:1, b:2', REDIS_URL: 'redis://u', REDIS_PASSWORD: 'p' }).redis).toEqual({
      sentinels: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
      name: 'mymaster',
      password: 'p',
    });
  });

  it('prefer REDIS_URL to REDIS_HOST, and mean no Redis without either', () => {
    expect(load({ REDIS_HOST: 'r', REDIS_PORT: '7000' }).redis).toEqual({ host: 'r', port: 7000 });
    expect(load({ REDIS_HOST: 'r', REDIS_URL: 'redis://u' }).redis).toEqual({ url: 'redis://u' });
    expect(load({ REDIS_URL: ' ' }).redis).toBeNull();
  });
});
