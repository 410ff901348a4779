import type { Fixtures } from '../../tools/src/testing/fixtures.js';

/** A line of the history. Lines of one competition are numbered under its lock, in the order of the changes. */
interface Line {
  readonly action: string;
  readonly at: Date;
  readonly details: {
    readonly registrationId?: string;
    readonly status?: Status;
    readonly admission?: number;
    readonly heldUntil?: string;
    readonly was?: Status;
    readonly changes?: { readonly capacity?: { readonly to: number } };
  };
}

type Status = 'APPLIED' | 'PENDING' | 'CONFIRMED' | 'HELD' | 'WAITLISTED' | 'CANCELLED';

interface Registration {
  status: Status;
  admission: number;
  heldUntil: number;
  isAccepted: boolean;
  /** The kinds of message that tell what happened, in order. */
  readonly informed: string[][];
  /** The number of the last line about it. */
  changedAt: number;
}

interface Row {
  readonly id: string;
  readonly userId: string;
  readonly status: Status;
  readonly kinds: readonly string[];
}

/** What a message about the new status may be called. */
const KINDS: Record<Status, string[]> = {
  APPLIED: ['APPLIED'],
  PENDING: ['CONFIRMED', 'PROMOTED'],
  CONFIRMED: ['CONFIRMED', 'PROMOTED'],
  HELD: ['HELD'],
  WAITLISTED: ['WAITING'],
  CANCELLED: [],
};

/** Reminders of what was informed before. */
const REMINDERS = new Set(['HOLD_ENDING', 'DECISIONS_LATE', 'COMPETITION_CHANGED', 'REMINDER']);

/**
 * A pure model of one competition, which reads its history line by line: whether each line is allowed by the rules after
 * the lines before it, and whether seats, registrations and messages at the end are what the lines say.
 */
export class AdmissionJournal {
  readonly problems: string[] = [];
  private readonly registrations = new Map<string, Registration>();
  private reserved = 0;
  private lines = 0;

  private constructor(private capacity: number) {}

  /** The differences between the model and the database. */
  static async check({ pool }: Fixtures, competitionId: string, capacity: number): Promise<string[]> {
    const journal = new AdmissionJournal(capacity);
    const { rows: lines } = await pool.query<Line>(
      'SELECT action, at, details FROM audit_entries WHERE subject_id = $1 ORDER BY id',
      [competitionId],
    );
    for (const line of lines) journal.read(line);
    const { rows } = await pool.query<Row>(
      `SELECT r.id, r.user_id AS "userId", r.status, ARRAY(
         SELECT m.kind::text FROM mailbox_messages m WHERE m.about_id = r.id AND m.user_id = r.user_id ORDER BY m.id
       ) AS kinds
       FROM registrations r WHERE r.competition_id = $1`,
      [competitionId],
    );
    const lastOf = new Map<string, number>();
    for (const { id, userId } of rows)
      lastOf.set(userId, Math.max(lastOf.get(userId) ?? 0, journal.registrations.get(id)?.changedAt ?? 0));
    for (const row of rows) journal.compareRow(row, lastOf.get(row.userId) ?? 0);
    const { rows: counters } = await pool.query<{ text: string }>(
      `SELECT seats_left || ' left, ' || waiting || ' waiting, ' || reserved || ' reserved' AS text
       FROM competitions WHERE id = $1`,
      [competitionId],
    );
    const expected = `${journal.free} left, ${journal.waitlist.length} waiting, ${journal.reserved} reserved`;
    if (counters[0]?.text !== expected) journal.problems.push(`${counters[0]?.text} instead of ${expected}`);
    if (rows.length !== journal.registrations.size)
      journal.problems.push(`${rows.length} registrations instead of ${journal.registrations.size}`);
    return journal.problems;
  }

  private get free(): number {
    const held = [...this.registrations.values()].filter(({ status }) => status === 'PENDING' || status === 'HELD');
    return this.capacity - held.length - this.reserved;
  }

  private get waitlist(): Registration[] {
    return [...this.registrations.values()]
      .filter(({ status }) => status === 'WAITLISTED')
      .sort((a, b) => a.admission - b.admission);
  }

  private read(line: Line): void {
    const { action, details } = line;
    const [subject, what = ''] = action.split('.');
    if (action === 'competition.edited') this.capacity = details.changes?.capacity?.to ?? this.capacity;
    if (action === 'invitation.sent') {
      this.expect(line, this.waitlist.length === 0 && this.free > 0, 'reserves a seat that is not free');
      this.reserved++;
    } else if (subject === 'invitation') this.reserved--;
    if (subject === 'registration') this.readRegistration(line, what);
    this.expect(line, this.free >= 0, 'takes more seats than there are');
  }

  private readRegistration(line: Line, what: string): void {
    const { details } = line;
    const id = details.registrationId as string;
    const before = this.registrations.get(id);
    const registration = before ?? {
      status: 'CANCELLED',
      admission: 0,
      heldUntil: 0,
      isAccepted: false,
      informed: [],
      changedAt: 0,
    };
    this.registrations.set(id, registration);
    registration.changedAt = ++this.lines;
    registration.admission = details.admission ?? registration.admission;
    const statusIs = (...statuses: Status[]) =>
      this.expect(line, statuses.includes(registration.status), `of one that is ${registration.status}`);
    switch (what) {
      case 'applied':
        this.expect(line, before === undefined, 'twice');
        this.become(registration, 'APPLIED', line);
        break;
      case 'accepted': {
        statusIs('APPLIED');
        const seated = this.free > this.waitlist.length;
        this.expect(line, (details.status === 'WAITLISTED') === !seated, `as ${details.status}`);
        registration.isAccepted = true;
        this.become(registration, details.status as Status, line);
        break;
      }
      case 'promoted':
        statusIs('WAITLISTED');
        this.expect(line, this.waitlist[0] === registration && this.free > 0, 'past somebody or without a seat');
        this.become(registration, details.heldUntil === undefined ? 'PENDING' : 'HELD', line);
        break;
      case 'confirmed':
        statusIs('HELD');
        this.become(registration, 'PENDING', line);
        break;
      case 'redeemed':
        statusIs('CANCELLED', 'WAITLISTED', 'APPLIED');
        this.reserved--;
        registration.isAccepted = true;
        this.become(registration, 'PENDING', line);
        break;
      case 'reinstated': {
        statusIs('CANCELLED');
        const isNext = this.free > 0 && !this.waitlist.some(({ admission }) => admission < registration.admission);
        const status = registration.isAccepted ? (isNext ? 'HELD' : 'WAITLISTED') : 'APPLIED';
        this.expect(line, details.status === status, `as ${details.status} instead of ${status}`);
        this.become(registration, details.status as Status, line);
        break;
      }
      case 'expired':
        statusIs('HELD');
        this.expect(line, line.at.getTime() >= registration.heldUntil + 3_000, 'early');
        this.end(registration, 'EXPIRED');
        break;
      case 'rejected':
        registration.isAccepted = false;
        this.expect(line, registration.status !== 'CANCELLED', 'of one that has ended');
        this.end(registration, 'REJECTED');
        break;
      case 'left':
      case 'removed':
        this.expect(line, registration.status !== 'CANCELLED', 'of one that has ended');
        this.end(registration, what.toUpperCase());
        break;
      default:
        this.expect(line, false, 'is not known to the model');
    }
  }

  private become(registration: Registration, status: Status, { details }: Line): void {
    registration.status = status === 'CONFIRMED' ? 'PENDING' : status;
    registration.heldUntil = details.heldUntil === undefined ? 0 : Date.parse(details.heldUntil);
    registration.informed.push(KINDS[status]);
  }

  private end(registration: Registration, kind: string): void {
    registration.status = 'CANCELLED';
    registration.informed.push([kind]);
  }

  /**
   * Messages tell a subsequence of what happened, in order, and the last one is true: that of a registration after which
   * nothing has happened to the same person.
   */
  private compareRow({ id, status, kinds }: Row, lastOfPerson: number): void {
    const registration = this.registrations.get(id);
    const expected = registration?.status;
    const actual = status === 'CONFIRMED' ? 'PENDING' : status;
    if (actual !== expected) this.problems.push(`${id} is ${actual} instead of ${expected}`);
    const sent = kinds.filter((kind) => !REMINDERS.has(kind));
    const happened = registration?.informed ?? [];
    let next = 0;
    for (const kind of sent) {
      while (next < happened.length && !happened[next]?.includes(kind)) next++;
      next++;
    }
    const isOrdered = next <= happened.length;
    const isOvertaken = registration !== undefined && registration.changedAt < lastOfPerson;
    const isTrue = isOvertaken || (happened.at(-1)?.includes(sent.at(-1) ?? '') ?? false);
    if (!isOrdered || !isTrue) this.problems.push(`${id} was sent ${sent} about ${happened.join(' → ')}`);
  }

  private expect({ action, details }: Line, holds: boolean, problem: string): void {
    if (!holds) this.problems.push(`${action} ${problem}: ${JSON.stringify(details)}`);
  }
}
