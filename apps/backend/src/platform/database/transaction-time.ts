import type { Tx } from './prisma.service.js';

/**
 * When the transaction began, by the clock of the database, which all servers share. Prisma fills `@default(now())` by
 * the clock of this server, so a row that Prisma creates needs this time.
 */
export async function transactionTime(tx: Tx): Promise<Date> {
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT now()`;
  return now;
}
