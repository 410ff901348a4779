import { CronExpressionParser } from 'cron-parser';
import { z } from 'zod';
import { variable } from './variable.js';

export const TRIAL_JWT_SECRET = 'trial-only-secret-that-production-refuses-0000';

const whole = (min: number, max: number) =>
  z
    .string('is missing')
    .regex(/^\d+$/, `has to be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `has to be a whole number from ${min} to ${max}`);

const port = whole(0, 65_535);
const oneOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.enum(choices, `has to be one of ${choices.join(', ')}`);

const url = (...protocols: string[]) =>
  z.string('is missing').refine(
    (value) => {
      const parsed = URL.parse(value);
      return parsed !== null && protocols.includes(parsed.protocol);
    },
    `has to be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );

const cron = z.string('is missing').refine((value) => {
  try {
    CronExpressionParser.parse(value, { tz: 'UTC' });
    return value.split(/\s+/).length === 5;
  } catch {
    return false;
  }
}, 'has to be a cron schedule of five fields, in UTC');

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

const duration = z
  .string('is missing')
  .regex(/^[1-9]\d{0,5}[smhd]$/, 'has to be a number and s, m, h or d')
  .transform((value) => Number.parseInt(value, 10) * UNITS[value.at(-1) as keyof typeof UNITS])
  .refine((seconds) => seconds >= 10 && seconds <= 7 * 86_400, 'has to be between 10 seconds and 7 days');

/** All there is to configure. `.env.example` and the table in the documents are made from this. */
export const VARIABLES = {
  NODE_ENV: variable({
    doc: 'Which house rules hold; production refuses what is for trials only.',
    default: 'development',
    example: 'production',
    schema: oneOf(['development', 'test', 'production']),
  }),
  DATABASE_URL: variable({
    doc: 'PostgreSQL 18 or later. `npm start` fills in the embedded one.',
    default: null,
    example: 'postgresql://mini:secret@db.example.org:5432/mini_compete',
    schema: url('postgresql:', 'postgres:'),
  }),
  DATABASE_POOL_SIZE: variable({
    doc: 'Connections of one process to PostgreSQL.',
    default: '10',
    example: '10',
    schema: whole(2, 500),
  }),
  REDIS_URL: variable({
    doc: 'Redis for the queue; wins over REDIS_HOST. Without either, the queue is on PostgreSQL.',
    default: null,
    example: 'redis://:secret@redis.example.org:6379',
    schema: url('redis:', 'rediss:').optional(),
  }),
  REDIS_HOST: variable({
    doc: "Redis' host, where there is no REDIS_URL.",
    default: null,
    example: 'redis.example.org',
    schema: z.string().optional(),
  }),
  REDIS_PORT: variable({ doc: "Redis' port, with REDIS_HOST.", default: '6379', example: '6379', schema: port }),
  REDIS_PASSWORD: variable({
    doc: "Redis' password, with REDIS_HOST.",
    default: null,
    example: 'a-long-password',
    schema: z.string().optional(),
  }),
  JWT_SECRET: variable({
    doc: 'Signs access tokens and links in messages. The trial one is refused in production.',
    default: TRIAL_JWT_SECRET,
    example: 'the-output-of-openssl-rand-base64-48-goes-here',
    schema: z.string('is missing').min(32, 'has to be at least 32 characters long'),
  }),
  JWT_EXPIRATION: variable({
    doc: 'How long an access token is good for.',
    default: '15m',
    example: '15m',
    schema: duration,
  }),
  PORT: variable({
    doc: 'The address for browsers: pages, and the API beside them. The API process listens here.',
    default: '3000',
    example: '3000',
    schema: port,
  }),
  BACKEND_PORT: variable({
    doc: 'The API alone, with its metrics. The web app calls it here.',
    default: '3001',
    example: '3001',
    schema: port,
  }),
  WEB_URL: variable({
    doc: 'Where the API process gets pages from: the web app, which nobody else has to reach.',
    default: 'http://127.0.0.1:3003',
    example: 'http://web:3000',
    schema: url('http:', 'https:').transform((value) => new URL(value).origin),
  }),
  WORKER_PORT: variable({
    doc: "Where the worker's health and metrics are.",
    default: '3002',
    example: '3002',
    schema: port,
  }),
  HOST: variable({
    doc: 'The address to listen on; in containers 0.0.0.0.',
    default: '127.0.0.1',
    example: '0.0.0.0',
    schema: z.string().regex(/^[\w.:-]+$/, 'has to be an address or a host name'),
  }),
  TRUSTED_HOPS: variable({
    doc: "How many proxies stand before the API and may name the client's address, host and scheme; only those with a private address are believed.",
    default: '0',
    example: '1',
    schema: whole(0, 10),
  }),
  FRONTEND_URL: variable({
    doc: 'Where people reach the web app: links in messages, CORS, HSTS when it is https.',
    default: 'http://localhost:3000',
    example: 'https://compete.example.org',
    schema: url('http:', 'https:').transform((value) => value.replace(/\/+$/, '')),
  }),
  NEXT_PUBLIC_API_URL: variable({
    doc: 'Only for an API on another origin than the pages; the build of the web app has to know it too.',
    default: null,
    example: 'https://api.example.org',
    schema: url('http:', 'https:')
      .transform((value) => new URL(value).origin)
      .optional(),
  }),
  WORKER_CONCURRENCY: variable({
    doc: 'Jobs at a time, per queue and worker.',
    default: '5',
    example: '20',
    schema: whole(1, 1000),
  }),
  CRON_REMINDER_SCHEDULE: variable({
    doc: 'When reminders are looked for, in UTC.',
    default: '*/5 * * * *',
    example: '*/5 * * * *',
    schema: cron,
  }),
  CRON_CLEANUP_SCHEDULE: variable({
    doc: 'When what has expired is cleaned up, in UTC.',
    default: '0 2 * * *',
    example: '0 2 * * *',
    schema: cron,
  }),
  SMTP_URL: variable({
    doc: 'Sends messages by mail too. Without it they are in the mailbox only.',
    default: null,
    example: 'smtps://user:secret@mail.example.org:465',
    schema: url('smtp:', 'smtps:').optional(),
  }),
  MAIL_FROM: variable({
    doc: 'The sender of mails.',
    default: 'Mini Compete <no-reply@minicompete.com>',
    example: 'Mini Compete <no-reply@example.org>',
    schema: z.string().regex(/^[^\r\n]*<?[^\s@<>]+@[^\s@<>]+>?$/, 'has to be an address, or a name and an address'),
  }),
  RATE_LIMITS: variable({
    doc: 'Whether too many attempts from one address or account are put off; off only where something in front does it.',
    default: 'on',
    example: 'on',
    schema: oneOf(['on', 'off']),
  }),
  LOG_LEVEL: variable({
    doc: 'How much is logged; debug has a line for every request.',
    default: 'info',
    example: 'debug',
    schema: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable({
    doc: 'Where traces are sent (OTLP over HTTP).',
    default: null,
    example: 'http://collector.example.org:4318',
    schema: url('http:', 'https:').optional(),
  }),
};
