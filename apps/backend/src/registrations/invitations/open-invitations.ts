import type { SentInvitations, WithdrawnInvitations } from '@mini-compete/shared/invitations';
import type { Tx } from '../../platform/database/prisma.service.js';

const RESEND_SECONDS = 60;

interface Row {
  readonly id: string;
  readonly code: NonNullable<WithdrawnInvitations['items'][number]['code']> | null;
  readonly sentRecently: boolean;
}

/** In the given order. The caller holds the lock of the competition. */
const findObstacles = (tx: Tx, competitionId: string, ids: readonly string[]): Promise<Row[]> =>
  tx.$queryRaw<Row[]>`
    SELECT given.id,
           CASE
             WHEN i.id IS NULL THEN 'INVITATION_NOT_FOUND'
             WHEN i.outcome = 'REDEEMED' THEN 'INVITATION_USED'
             WHEN i.outcome = 'COMPETITION_CANCELLED' THEN 'COMPETITION_CANCELLED'
             WHEN i.outcome = 'WITHDRAWN' THEN 'INVITATION_WITHDRAWN'
             WHEN i.outcome = 'EXPIRED' OR i.expires_at <= clock_timestamp() THEN 'INVITATION_EXPIRED'
           END AS code,
           coalesce(i.sent_at > clock_timestamp() - make_interval(secs => ${RESEND_SECONDS}), false) AS "sentRecently"
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS given (id, n)
    LEFT JOIN LATERAL (
      SELECT * FROM invitations WHERE id = given.id AND competition_id = ${competitionId}::uuid LIMIT 1
    ) i ON true
    ORDER BY given.n`;

/** One that has expired and is not ended yet stays as it is: a request that came in time may still be on its way. */
export async function withdraw(
  tx: Tx,
  competitionId: string,
  ids: readonly string[],
  actorId: string,
): Promise<WithdrawnInvitations['items']> {
  const rows = await findObstacles(tx, competitionId, ids);
  const open = rows.filter(({ code }) => code === null).map(({ id }) => id);
  if (open.length > 0) {
    await tx.$executeRaw`
      SELECT end_invitations_v1(${competitionId}::uuid, ${open}::uuid[], 'WITHDRAWN', ${actorId}::uuid)`;
    await tx.$executeRaw`SELECT promote_v1(${competitionId}::uuid), set_next_expiry_v1(${competitionId}::uuid)`;
  }
  return rows.map(({ id, code }) => (code === null ? { id, result: 'WITHDRAWN' } : { id, code }));
}

/** Not within a minute: nobody's mailbox is flooded with one invitation. */
export async function sendAgain(
  tx: Tx,
  competitionId: string,
  ids: readonly string[],
): Promise<SentInvitations['items']> {
  const seen = new Set<string>();
  const items = (await findObstacles(tx, competitionId, ids)).map(({ id, code, sentRecently }) => {
    const isRepeated = seen.has(id);
    seen.add(id);
    if (code !== null) return { id, code };
    return sentRecently || isRepeated ? { id, code: 'TOO_MANY_REQUESTS' as const } : { id, result: 'SENT' as const };
  });
  const open = items.filter((item) => 'result' in item).map(({ id }) => id);
  await tx.$executeRaw`
    WITH sent AS (
      UPDATE invitations SET sent_at = date_trunc('milliseconds', clock_timestamp())
      WHERE id = ANY (${open}::uuid[])
      RETURNING id, sent_at
    )
    INSERT INTO outbox (queue, job, payload)
    SELECT 'competition', 'invited', jsonb_build_object('invitationId', id, 'at', iso_instant(sent_at)) FROM sent`;
  return items;
}
