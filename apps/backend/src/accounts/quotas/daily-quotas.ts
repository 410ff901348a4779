import type { DailyQuota } from '@mini-compete/shared/common';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';

/** What an organizer may do to other people's mailboxes a day. */
export type Quota = 'ANNOUNCEMENTS' | 'INVITATIONS';

interface QuotaUse {
  readonly userId: string;
  readonly quota: Quota;
  /** How many people are concerned. All of them or none count. */
  readonly count: number;
  readonly limit: number;
}

/**
 * Counts, or throws QUOTA_EXCEEDED. The row of the day is locked until the commit, so two requests at once cannot both
 * take what is left.
 */
export async function takeQuota(tx: Tx, { userId, quota, count, limit }: QuotaUse): Promise<void> {
  const taken =
    count <= limit
      ? await tx.$executeRaw`
          INSERT INTO daily_quotas AS q (user_id, quota, day, used)
          VALUES (${userId}::uuid, ${quota}, (now() AT TIME ZONE 'UTC')::date, ${count})
          ON CONFLICT (user_id, quota, day) DO UPDATE SET used = q.used + excluded.used
            WHERE q.used + excluded.used <= ${limit}`
      : 0;
  if (taken === 1) return;
  const { resetsInSeconds, ...rest } = await quotaLeft(tx, { userId, quota, limit });
  throw new DomainError('QUOTA_EXCEEDED', {
    extra: { quota: rest },
    // More than a whole day's quota is possible on no day: a retry would be refused again.
    ...(count > limit
      ? { detail: { key: 'quotaPerDay', count: limit } }
      : { detail: { key: 'quotaLeft', count: rest.left }, retryAfterSeconds: resetsInSeconds }),
  });
}

/** Of what was taken at `at` and then undone. */
export async function refundQuota(
  tx: Tx,
  { userId, quota, count, at }: Omit<QuotaUse, 'limit'> & { readonly at: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE daily_quotas SET used = greatest(0, used - ${count})
    WHERE user_id = ${userId}::uuid AND quota = ${quota} AND day = (${at}::timestamptz AT TIME ZONE 'UTC')::date`;
}

/** It is reset at the next midnight in UTC, by the clock of the database. */
export async function quotaLeft(
  tx: Tx,
  { userId, quota, limit }: Omit<QuotaUse, 'count'>,
): Promise<DailyQuota & { readonly resetsInSeconds: number }> {
  const [row] = await tx.$queryRaw<[{ used: number; resetsAt: string; resetsInSeconds: number }]>`
    SELECT coalesce((
             SELECT used FROM daily_quotas
             WHERE user_id = ${userId}::uuid AND quota = ${quota} AND day = (now() AT TIME ZONE 'UTC')::date
           ), 0) AS used,
           iso_instant(reset) AS "resetsAt", ceil(extract(epoch FROM reset - now()))::int AS "resetsInSeconds"
    FROM (SELECT ((now() AT TIME ZONE 'UTC')::date + 1) AT TIME ZONE 'UTC' AS reset) r`;
  const { used, ...reset } = row;
  return { limit, left: Math.max(0, limit - used), ...reset };
}
