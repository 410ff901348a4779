import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type ReceivedMail, startSmtp } from '../../apps/backend/test/support/smtp.js';
import { parseVerificationMail, type VerificationMail } from '../../apps/backend/test/support/verification-mail.js';
import { freePort } from '../../tools/src/free-port.js';
import { WEB_APP } from '../../tools/src/testing/paths.js';
import {
  inheritedEnv,
  localUrl,
  migrate,
  ProductProcess,
  spawnProduct,
} from '../../tools/src/testing/product-process.js';
import { waitFor } from '../../tools/src/testing/wait-for.js';

/** An installation of its own that sends mail, so addresses have to be verified. The other browser tests run without. */
export interface MailStack {
  /** For browsers. */
  readonly url: string;
  readonly databaseUrl: string;
  /** Waits for the `count`th mail to an address. */
  mailTo(address: string, count?: number): Promise<VerificationMail>;
  /** Waits for a mail with this subject. */
  mailAbout(address: string, subject: string): Promise<VerificationMail>;
  /** The mail server responds to no recipient until `resumeMail`, so mails are on their way. */
  holdMail(): void;
  resumeMail(): void;
  query(sql: string, values?: unknown[]): Promise<unknown[]>;
  stop(): Promise<void>;
}

export async function startMailStack(): Promise<MailStack> {
  const smtp = await startSmtp();
  const name = `mail_${randomBytes(4).toString('hex')}`;
  const server = process.env.E2E_DATABASE_URL ?? '';
  await inDatabase(server, `CREATE DATABASE ${name}`);
  const databaseUrl = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  await migrate(databaseUrl);
  const [webPort, browserPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${browserPort}`;
  const env = { SMTP_URL: smtp.url, FRONTEND_URL: url, WEB_URL: localUrl(webPort), PORT: String(browserPort) };
  const api = await spawnProduct('api', { databaseUrl, env });
  const worker = await spawnProduct('worker', { databaseUrl, env });
  const web = spawnWebApp(webPort, api.url);
  await Promise.all([api.ready(), worker.ready(), web.live()]);
  return {
    url,
    databaseUrl,
    async mailTo(address, count = 1) {
      const mails = () => smtp.received.filter(({ to }) => to === address);
      await waitFor(`mail ${count} to ${address}`, async () => mails().length >= count);
      return parseVerificationMail((mails()[count - 1] as ReceivedMail).raw);
    },
    async mailAbout(address, subject) {
      const find = () => smtp.received.find(({ to, raw }) => to === address && raw.includes(`Subject: ${subject}`));
      await waitFor(`"${subject}" to ${address}`, async () => find() !== undefined);
      return parseVerificationMail((find() as ReceivedMail).raw);
    },
    holdMail() {
      smtp.fault = { at: 'rcpt', action: 'hang' };
    },
    resumeMail() {
      smtp.fault = null;
      smtp.release();
    },
    query: (sql, values) => inDatabase(databaseUrl, sql, values),
    async stop() {
      await Promise.all([api, worker, web].map((process) => process.stop()));
      await smtp.close();
      await inDatabase(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

function spawnWebApp(port: number, apiUrl: string): ProductProcess {
  const env = { NODE_ENV: 'production', HOSTNAME: '127.0.0.1', PORT: String(port), BACKEND_URL: apiUrl } as const;
  const child = spawn(process.execPath, [WEB_APP], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inheritedEnv(), NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  return new ProductProcess(localUrl(port), child);
}

async function inDatabase(connectionString: string, sql: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}
