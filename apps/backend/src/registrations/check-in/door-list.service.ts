import type { DoorQuery, DoorSnapshot } from '@mini-compete/shared/check-ins';
import { fromUuid } from '@mini-compete/shared/tickets';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { doorStatus, TEAM_NAME } from '../tickets/people.sql.js';
import { TicketKeys } from '../tickets/ticket-keys.js';
import { openDoor } from './doors.js';

/** As many as an `int` of the database has. */
const MAX_INSTANT_SECONDS = 2_147_483_647;

interface Row {
  readonly registrationId: string;
  readonly userId: string;
  readonly name: string;
  readonly status: string;
  readonly team: string | null;
  readonly enteredAt: number | null;
  readonly door: string | null;
}

/** What a door needs to work without a network. */
@Injectable()
export class DoorLists {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly keys: TicketKeys,
  ) {}

  async open(competitionId: string, { door, name }: DoorQuery, { userId }: Principal): Promise<DoorSnapshot> {
    // Without a ticket there may be no key yet, and a door must know the key of the first one.
    await this.keys.signingKey();
    const keys = (await this.keys.list()).map(({ id, state, publicKey }) => ({
      id,
      state,
      publicKey: Buffer.from(publicKey).toString('base64'),
    }));
    return inTransaction(this.pool, async (tx) => {
      await openDoor(tx, { competitionId, door, name, scannerId: userId });
      const competition = await readCompetition(tx, competitionId);
      const { rows } = await tx.query<Row>({ name: 'door_list', text: PEOPLE, values: [competitionId] });
      const { takenAt, ...shown } = competition;
      return { competition: shown, takenAt, keys, list: inColumns(rows) };
    });
  }
}

type ShownCompetition = DoorSnapshot['competition'] & Pick<DoorSnapshot, 'takenAt'>;

/** `takenAt` is before the list is read: a scan is never from before the list that it was checked against. */
async function readCompetition(tx: Queryable, competitionId: string): Promise<ShownCompetition> {
  const { rows } = await tx.query<ShownCompetition>(
    `SELECT id, title, location, iso_instant(start_date) AS "startDate", iso_instant(end_date) AS "endDate",
            iso_instant(clock_timestamp()) AS "takenAt"
     FROM competitions WHERE id = $1`,
    [competitionId],
  );
  const [competition] = rows;
  if (competition === undefined) throw new DomainError('COMPETITION_NOT_FOUND');
  return competition;
}

function inColumns(rows: readonly Row[]): DoorSnapshot['list'] {
  const [teams, doors] = [new Numbering(), new Numbering()];
  const enteredFrom = rows.reduce((first, { enteredAt }) => Math.min(first, enteredAt ?? first), MAX_INSTANT_SECONDS);
  return {
    ids: Buffer.concat(
      rows.flatMap(({ registrationId, userId }) => [fromUuid(registrationId), fromUuid(userId)]),
    ).toString('base64'),
    names: rows.map(({ name }) => name),
    statuses: rows.map(({ status }) => status).join(''),
    teamOf: rows.some(({ team }) => team !== null)
      ? rows.map(({ team }) => (team === null ? null : teams.of(team)))
      : [],
    teams: teams.values,
    entries: entriesOf(rows, enteredFrom, doors),
    enteredFrom,
    doors: doors.values,
  };
}

/** See `DoorList`. */
function entriesOf(rows: readonly Row[], enteredFrom: number, doors: Numbering): number[] {
  let last = 0;
  return rows.flatMap(({ enteredAt, door }, at) => {
    if (enteredAt === null) return [];
    const gap = at - last;
    last = at;
    return [gap, enteredAt - enteredFrom, doors.of(door ?? '')];
  });
}

/** Numbers texts in the order in which they first appear. */
class Numbering {
  readonly values: string[] = [];
  private readonly numbers = new Map<string, number>();

  of(value: string): number {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    this.numbers.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}

/** Also people who have left after they may have got a ticket, alone or out of a team: the door can say so. */
const PEOPLE = `
  SELECT p.registration_id AS "registrationId", p.user_id AS "userId", u.name, ${doorStatus('p.user_id')} AS status,
         ${TEAM_NAME} AS team, extract(epoch FROM e.at)::int AS "enteredAt", d.name AS door
  FROM (
    SELECT registration_id, user_id FROM registration_people WHERE competition_id = $1
    UNION
    SELECT r.id, m.user_id FROM registrations r JOIN team_members m ON m.team_id = r.team_id
    WHERE r.competition_id = $1 AND m.left_at > r.registered_at AND m.joined_at < coalesce(r.ended_at, 'infinity')
  ) p
  JOIN registrations r ON r.id = p.registration_id
  JOIN users u ON u.id = p.user_id
  LEFT JOIN check_ins e ON e.registration_id = p.registration_id AND e.user_id = p.user_id AND e.result = 'WELCOME'
  LEFT JOIN check_in_doors d ON d.competition_id = e.competition_id AND d.id = e.door_id
  WHERE u.erased_at IS NULL AND (r.status <> 'CANCELLED' OR r.end_reason IN ('LEFT', 'REMOVED', 'NO_SHOW', 'TEAM_TOO_SMALL'))
  ORDER BY u.name, p.registration_id, p.user_id`;
