import { CronExpressionParser } from 'cron-parser';
import { z } from 'zod';
import { variable } from './variable.js';

export const TRIAL_JWT_SECRET = 'trial-only-secret-that-production-refuses-0000';

const integer = (min: number, max: number) =>
  z
    .string('is missing')
    .regex(/^\d+$/, `has to be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `has to be a whole number from ${min} to ${max}`);

const port = integer(0, 65_535);
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

const address = z
  .string()
  .regex(/^[^\s:,]+:\d{1,5}$/)
  .transform((text) => {
    const [host = '', digits] = text.split(':');
    return { host, port: Number(digits) };
  });

const addresses = z.string('is missing').transform((value, context) => {
  const parsed = z.array(address).safeParse(value.split(',').map((part) => part.trim()));
  if (parsed.success) return parsed.data;
  context.addIssue('has to be a list of HOST:PORT, separated by commas');
  return z.NEVER;
});

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

/** All settings. `.env.example` and the table in `docs/operations.md` are generated from this. */
export const VARIABLES = {
  NODE_ENV: variable({
    doc: '`production` refuses the default JWT_SECRET and trial data, and applies rate limits to requests from this machine too.',
    default: 'development',
    example: 'production',
    schema: oneOf(['development', 'test', 'production']),
  }),
  DATABASE_URL: variable({
    doc: 'URL of the PostgreSQL database, version 18 or later. `npm start` uses an embedded PostgreSQL when it is not set.',
    default: null,
    example: 'postgresql://mini:secret@db.example.org:5432/mini_compete',
    schema: url('postgresql:', 'postgres:'),
  }),
  DATABASE_DIRECT_URL: variable({
    doc: 'URL of the same database without PgBouncer, when DATABASE_URL is that of a PgBouncer in transaction mode: for migrations, backups, LISTEN and the queue in PostgreSQL. Default: DATABASE_URL.',
    default: null,
    example: 'postgresql://mini:secret@db.example.org:5432/mini_compete',
    schema: url('postgresql:', 'postgres:').optional(),
  }),
  DATABASE_POOL_SIZE: variable({
    doc: 'Connections to PostgreSQL that a process opens at most for ordinary queries. It has some more for other purposes: see "Connections to PostgreSQL" for the total. Raise it when requests wait for a connection (`mini_compete_database_connections`).',
    default: '10',
    example: '10',
    schema: integer(2, 500),
  }),
  DATABASE_SYNCHRONOUS_STANDBYS: variable({
    doc: 'How many standbys have to have a commit before it is confirmed. The number is not configured by this, but PostgreSQL is compared with it: at start, in `/health/ready` and in the log.',
    default: '0',
    example: '1',
    schema: integer(0, 10),
  }),
  REDIS_URL: variable({
    doc: 'URL of the Redis that carries the job queue; takes precedence over REDIS_HOST. Without either, the queue is in PostgreSQL.',
    default: null,
    example: 'redis://:secret@redis.example.org:6379',
    schema: url('redis:', 'rediss:').optional(),
  }),
  REDIS_HOST: variable({
    doc: 'Host of Redis, when REDIS_URL is not set.',
    default: null,
    example: 'redis.example.org',
    schema: z.string().optional(),
  }),
  REDIS_PORT: variable({ doc: 'Port of Redis, with REDIS_HOST.', default: '6379', example: '6379', schema: port }),
  REDIS_PASSWORD: variable({
    doc: 'Password of Redis, with REDIS_HOST or REDIS_SENTINELS.',
    default: null,
    example: 'a-long-password',
    schema: z.string().optional(),
  }),
  REDIS_SENTINELS: variable({
    doc: 'Addresses of Redis Sentinels, which know the current master; takes precedence over REDIS_URL and REDIS_HOST.',
    default: null,
    example: 'sentinel-1.example.org:26379,sentinel-2.example.org:26379,sentinel-3.example.org:26379',
    schema: addresses.optional(),
  }),
  REDIS_MASTER_NAME: variable({
    doc: 'Name of the master that the Sentinels monitor, with REDIS_SENTINELS.',
    default: 'mymaster',
    example: 'mymaster',
    schema: z.string('is missing'),
  }),
  JWT_SECRET: variable({
    doc: 'Secret that signs access tokens and links in messages, at least 32 characters. Production refuses the default.',
    default: TRIAL_JWT_SECRET,
    example: 'the-output-of-openssl-rand-base64-48-goes-here',
    schema: z.string('is missing').min(32, 'has to be at least 32 characters long'),
  }),
  JWT_EXPIRATION: variable({
    doc: 'Lifetime of an access token, from 10s to 7d. Sessions are renewed with a refresh token, so people stay signed in.',
    default: '15m',
    example: '15m',
    schema: duration,
  }),
  PORT: variable({
    doc: 'Port for browsers, on which the API process serves pages and the API.',
    default: '3000',
    example: '3000',
    schema: port,
  }),
  BACKEND_PORT: variable({
    doc: 'Port for the API and its metrics, without pages. The web app calls the API here; do not expose it to the internet.',
    default: '3001',
    example: '3001',
    schema: port,
  }),
  WEB_URL: variable({
    doc: 'URL at which the API process reaches the web app to get pages. Nothing else has to reach it.',
    default: 'http://127.0.0.1:3003',
    example: 'http://web:3000',
    schema: url('http:', 'https:').transform((value) => new URL(value).origin),
  }),
  WORKER_PORT: variable({
    doc: 'Port for the health and metrics of the worker.',
    default: '3002',
    example: '3002',
    schema: port,
  }),
  HOST: variable({
    doc: 'Address to listen on. Use 0.0.0.0 in containers.',
    default: '127.0.0.1',
    example: '0.0.0.0',
    schema: z.string().regex(/^[\w.:-]+$/, 'has to be an address or a host name'),
  }),
  TRUSTED_HOPS: variable({
    doc: 'Number of proxies in front of the API. Their X-Forwarded headers set the address, host and scheme of the client, if the proxies have private addresses.',
    default: '0',
    example: '1',
    schema: integer(0, 10),
  }),
  FRONTEND_URL: variable({
    doc: 'URL at which people open the web app. Used for links in messages and CORS; with https also for HSTS.',
    default: 'http://localhost:3000',
    example: 'https://compete.example.org',
    schema: url('http:', 'https:').transform((value) => value.replace(/\/+$/, '')),
  }),
  SECURITY_CONTACT: variable({
    doc: 'Where people report vulnerabilities of this installation, an email address or an https address: served as /.well-known/security.txt (RFC 9116). Without it, there is no such file.',
    default: null,
    example: 'security@example.org',
    schema: z
      .string()
      .transform((value) => (z.email().safeParse(value).success ? `mailto:${value}` : value))
      .refine(
        (value) => ['https:', 'mailto:'].includes(URL.parse(value)?.protocol ?? ''),
        'has to be an email address, or a URL with https: or mailto:',
      )
      .optional(),
  }),
  NEXT_PUBLIC_API_URL: variable({
    doc: 'Set it only when the API has another origin than the pages. The web app has to be built with the same value.',
    default: null,
    example: 'https://api.example.org',
    schema: url('http:', 'https:')
      .transform((value) => new URL(value).origin)
      .optional(),
  }),
  WORKER_CONCURRENCY: variable({
    doc: 'Jobs that a worker runs at the same time, per queue. Raise it when jobs wait although the worker has CPU to spare.',
    default: '5',
    example: '20',
    schema: integer(1, 1000),
  }),
  CRON_REMINDER_SCHEDULE: variable({
    doc: 'Cron schedule in UTC of the search for registrations that are due for a reminder.',
    default: '*/5 * * * *',
    example: '*/5 * * * *',
    schema: cron,
  }),
  CRON_CLEANUP_SCHEDULE: variable({
    doc: 'Cron schedule in UTC of the deletion of expired data.',
    default: '0 2 * * *',
    example: '0 2 * * *',
    schema: cron,
  }),
  SMTP_URL: variable({
    doc: 'URL of the SMTP server. Without it, messages are only in the mailbox of the web app.',
    default: null,
    example: 'smtps://user:secret@mail.example.org:465',
    schema: url('smtp:', 'smtps:').optional(),
  }),
  MAIL_FROM: variable({
    doc: 'Sender address of mails.',
    default: 'Mini Compete <no-reply@minicompete.com>',
    example: 'Mini Compete <no-reply@example.org>',
    schema: z.string().regex(/^[^\r\n]*<?[^\s@<>]+@[^\s@<>]+>?$/, 'has to be an address, or a name and an address'),
  }),
  REQUIRE_VERIFIED_EMAIL: variable({
    doc: 'Whether people have to verify their email address before they register or create competitions. `auto` is on where SMTP_URL is set. Accounts from before this rule never have to.',
    default: 'auto',
    example: 'off',
    schema: oneOf(['auto', 'on', 'off']),
  }),
  ANNOUNCEMENTS_PER_DAY: variable({
    doc: 'How many people the competitions of an organizer may send announcements to a day (UTC). An announcement to 500 people counts as 500.',
    default: '20000',
    example: '20000',
    schema: integer(0, 10_000_000),
  }),
  INVITATIONS_PER_DAY: variable({
    doc: 'How many people the competitions of an organizer may send invitations to a day (UTC), imports included. People whom an import registers at once do not count.',
    default: '2000',
    example: '2000',
    schema: integer(0, 10_000_000),
  }),
  ERASED_ACCOUNTS_FILE: variable({
    doc: 'File in which the worker keeps the ids of erased accounts, to erase them again after an older backup was restored. Keep it beside the backups.',
    default: null,
    example: '/var/backups/mini-compete/erased-accounts',
    schema: z.string().optional(),
  }),
  BACKUP_SCHEDULE: variable({
    doc: 'Cron schedule in UTC of backups by the worker, into BACKUP_FOLDER. Without it, there are none.',
    default: null,
    example: '0 2 * * *',
    schema: cron.optional(),
  }),
  BACKUP_FOLDER: variable({
    doc: 'Folder for backups whose file is not named. All workers need the same one. Copy it to another machine.',
    default: null,
    example: '/var/backups/mini-compete',
    schema: z.string().optional(),
  }),
  BACKUP_KEEP: variable({
    doc: 'How many backups of BACKUP_SCHEDULE are kept. Older ones are deleted after the next one is complete.',
    default: '14',
    example: '30',
    schema: integer(1, 10_000),
  }),
  BACKUP_COPY_COMMAND: variable({
    doc: 'Shell command that copies BACKUP_FOLDER to object storage or another machine. It runs after each backup whose file is not named; when it fails, the backup has failed.',
    default: null,
    example: 'rclone copy /var/backups/mini-compete remote:compete-backups --exclude *.part',
    schema: z.string().optional(),
  }),
  RETENTION_DAYS: variable({
    doc: 'Days after the end of a competition, after which the messages about it, the answers to its questions, the notes of reviewers and its check-ins are deleted. Without it they are kept.',
    default: null,
    example: '730',
    schema: integer(1, 36_500).optional(),
  }),
  RATE_LIMITS: variable({
    doc: 'Limits requests per address and account. Switch it off only when a proxy in front does the same.',
    default: 'on',
    example: 'on',
    schema: oneOf(['on', 'off']),
  }),
  LOG_LEVEL: variable({
    doc: 'Least severe level that is logged. `info` has a line for failed and slow requests, `debug` for every request.',
    default: 'info',
    example: 'debug',
    schema: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable({
    doc: 'URL of the collector that gets traces (OTLP over HTTP). Without it, there are no traces.',
    default: null,
    example: 'http://collector.example.org:4318',
    schema: url('http:', 'https:').optional(),
  }),
};
