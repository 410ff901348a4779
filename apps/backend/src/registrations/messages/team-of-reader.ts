import type { MessageContent, TeamOfReader } from '../../messaging/templates/render-message.js';
import type { Queryable } from '../../platform/database/transaction.js';
import type { Recipient } from './recipient.js';

/** What messages say about a team. */
export interface StoredTeam {
  readonly id: string;
  readonly name: string;
  readonly captainId: string;
  readonly captain: string;
}

/** Of the registration `r`; null for a person's. */
export const TEAM_OF_REGISTRATION = `(
    SELECT jsonb_build_object('id', t.id, 'name', t.name, 'captainId', t.captain_id, 'captain', captain.name)
    FROM teams t JOIN users captain ON captain.id = t.captain_id
    WHERE t.id = r.team_id
  )`;

/** The team as the reader is told of it. Null as the captain's name: the reader is the captain. */
export const teamFor = ({ name, captain, captainId }: StoredTeam, userId: string): TeamOfReader => ({
  name,
  captain: captainId === userId ? null : captain,
});

/**
 * The content for each recipient: people share one, and so do the members of a team, except for its captain. Rendering the
 * same content again would take longer than writing it.
 */
export async function contentsFor(
  tx: Queryable,
  recipients: readonly Recipient[],
  contentOf: (team: TeamOfReader | null) => MessageContent,
): Promise<(recipient: Recipient) => MessageContent> {
  const teams = await teamsOf(tx, recipients);
  const contents = new Map<string, MessageContent>();
  return ({ registrationId, userId }) => {
    const stored = teams.get(registrationId ?? '');
    const key = stored === undefined ? '' : `${stored.id} ${stored.captainId === userId}`;
    const content = contents.get(key) ?? contentOf(stored === undefined ? null : teamFor(stored, userId));
    contents.set(key, content);
    return content;
  };
}

/** By registration. Without a query when nobody is in a team. */
async function teamsOf(tx: Queryable, recipients: readonly Recipient[]): Promise<Map<string, StoredTeam>> {
  const ofTeams = recipients.filter(({ memberId }) => memberId !== null);
  if (ofTeams.length === 0) return new Map();
  const { rows } = await tx.query<{ id: string; team: StoredTeam }>({
    name: 'teams_of_registrations',
    text: `SELECT r.id, ${TEAM_OF_REGISTRATION} AS team FROM registrations r WHERE r.id = ANY ($1::uuid[]) AND r.team_id IS NOT NULL`,
    values: [[...new Set(ofTeams.map(({ registrationId }) => registrationId))]],
  });
  return new Map(rows.map(({ id, team }) => [id, team]));
}

/** How many registrations a transaction writes to, so that in teams it is no more people than without. */
export const registrationsIn = (people: number, teamMax: number | null): number => Math.ceil(people / (teamMax ?? 1));
