import { ConfigurationError, readVariables } from './variable.js';
import { TRIAL_JWT_SECRET, VARIABLES } from './variables.js';

interface RedisAddress {
  readonly host: string;
  readonly port: number;
}
export type RedisTarget =
  | { url: string }
  | (RedisAddress & { password?: string })
  | { sentinels: RedisAddress[]; name: string; password?: string };

export type Env = ReturnType<typeof loadEnv>;

/** The only code that reads `process.env`. An invalid value makes the process exit with a sentence that names it. */
export function loadEnv(source: Readonly<Record<string, string | undefined>> = process.env) {
  const values = readVariables(VARIABLES, source);
  if (values.NODE_ENV === 'production' && values.JWT_SECRET === TRIAL_JWT_SECRET)
    throw new ConfigurationError([
      `JWT_SECRET is the publicly known default, which production refuses. Example: JWT_SECRET=${VARIABLES.JWT_SECRET.example}`,
    ]);
  if (values.BACKUP_SCHEDULE !== undefined && values.BACKUP_FOLDER === undefined)
    throw new ConfigurationError([
      `BACKUP_SCHEDULE needs BACKUP_FOLDER. Example: BACKUP_FOLDER=${VARIABLES.BACKUP_FOLDER.example}`,
    ]);
  return {
    nodeEnv: values.NODE_ENV,
    databaseUrl: values.DATABASE_URL,
    databaseDirectUrl: values.DATABASE_DIRECT_URL ?? values.DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    synchronousStandbys: values.DATABASE_SYNCHRONOUS_STANDBYS,
    redis: redisTarget(values),
    jwtSecret: values.JWT_SECRET,
    jwtExpirationSeconds: values.JWT_EXPIRATION,
    port: values.PORT,
    backendPort: values.BACKEND_PORT,
    webUrl: values.WEB_URL,
    workerPort: values.WORKER_PORT,
    host: values.HOST,
    trustedHops: values.TRUSTED_HOPS,
    frontendUrl: values.FRONTEND_URL,
    securityContact: values.SECURITY_CONTACT ?? null,
    publicApiOrigin: values.NEXT_PUBLIC_API_URL ?? '',
    workerConcurrency: values.WORKER_CONCURRENCY,
    cronReminderSchedule: values.CRON_REMINDER_SCHEDULE,
    cronCleanupSchedule: values.CRON_CLEANUP_SCHEDULE,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    requireVerifiedEmail: isRequired(values.REQUIRE_VERIFIED_EMAIL, values.SMTP_URL),
    announcementsPerDay: values.ANNOUNCEMENTS_PER_DAY,
    invitationsPerDay: values.INVITATIONS_PER_DAY,
    erasedAccountsFile: values.ERASED_ACCOUNTS_FILE ?? null,
    backupSchedule: values.BACKUP_SCHEDULE ?? null,
    backupFolder: values.BACKUP_FOLDER ?? null,
    backupKeep: values.BACKUP_KEEP,
    backupCopyCommand: values.BACKUP_COPY_COMMAND ?? null,
    retentionDays: values.RETENTION_DAYS ?? null,
    rateLimits: values.RATE_LIMITS === 'on',
    logLevel: values.LOG_LEVEL,
    otelEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
  };
}

/** Without a mail server nobody could verify an address. */
const isRequired = (setting: 'auto' | 'on' | 'off', smtpUrl?: string): boolean =>
  setting === 'auto' ? smtpUrl !== undefined : setting === 'on';

interface RedisVariables {
  readonly REDIS_URL?: string | undefined;
  readonly REDIS_HOST?: string | undefined;
  readonly REDIS_PORT: number;
  readonly REDIS_PASSWORD?: string | undefined;
  readonly REDIS_SENTINELS?: RedisAddress[] | undefined;
  readonly REDIS_MASTER_NAME: string;
}

function redisTarget(values: RedisVariables): RedisTarget | null {
  const password = values.REDIS_PASSWORD === undefined ? {} : { password: values.REDIS_PASSWORD };
  const { REDIS_SENTINELS: sentinels, REDIS_URL: url, REDIS_HOST: host } = values;
  if (sentinels !== undefined) return { sentinels, name: values.REDIS_MASTER_NAME, ...password };
  if (url !== undefined) return { url };
  return host === undefined ? null : { host, port: values.REDIS_PORT, ...password };
}
