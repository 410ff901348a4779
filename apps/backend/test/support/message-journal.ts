import { rows } from './queries.js';

interface RegistrationState {
  readonly id: string;
  readonly userId: string;
  readonly status: string;
  readonly endReason: string | null;
  readonly isPromoted: boolean;
  readonly wasHeld: boolean;
  /** Null unless it was reinstated. */
  readonly reinstatedAt: string | null;
}

interface Received {
  readonly userId: string;
  readonly event: string;
  readonly kind: string;
  readonly text: string;
}

/**
 * Records what happens to each person in one competition, as events in order, from the rows before and after each action and
 * not from the code that writes messages. Compares it with the messages that the people have received.
 */
export class MessageJournal {
  private before = new Map<string, RegistrationState>();
  private readonly happened = new Map<string, string[]>();

  constructor(private readonly competition: { readonly id: string }) {}

  /** After an action. */
  async record(): Promise<void> {
    const after = await this.registrations();
    for (const registration of after.values()) {
      const before = this.before.get(registration.id);
      if (before?.status !== registration.status) this.recordChange(registration);
    }
    this.before = after;
    for (const { userId, events } of await this.invitations())
      for (const event of events) if (!this.happened.get(userId)?.includes(event)) this.add(userId, event);
  }

  /** After an edit that is announced: everybody who is in learns of it, or of the result with a later message. */
  recordEdit(version: number): void {
    for (const { userId, status } of this.before.values())
      if (status !== 'CANCELLED') this.add(userId, `COMPETITION_CHANGED ${version}`);
  }

  /** Before a job runs whose messages are about the moment: what it may say to whom. */
  async recordMoment(kind: keyof typeof ABOUT_THE_MOMENT, occurrence: string): Promise<void> {
    for (const registration of (await this.registrations()).values())
      if (registration.status === ABOUT_THE_MOMENT[kind])
        this.add(registration.userId, `${kind} ${registration.id} ${occurrence}`);
  }

  /** What is wrong with the order of the messages so far; null if nothing. */
  async orderProblem(): Promise<string | null> {
    for (const [userId, messages] of await this.received()) {
      const happened = this.happened.get(userId) ?? [];
      const events = messages.map(({ event }) => event);
      const others = events.filter((event) => !isAboutInvitation(event));
      if (!isSubsequence(others, happened) || hasEarlyInvitation(events, happened))
        return `received [${events.join(', ')}] of [${happened.join(', ')}]`;
    }
    return null;
  }

  /** With all jobs done: whether each person knows where they stand, and the present place of the competition. */
  async truthProblem(location: string): Promise<string | null> {
    const received = await this.received();
    for (const registration of await this.latestOfEach()) {
      const messages = received.get(registration.userId) ?? [];
      const latest = messages.findLast(({ kind }) => saysStatus(kind, registration))?.kind;
      const known = messages.findLast(({ text }) => text.includes('Where'));
      if (!expectedKinds(registration).includes(latest ?? 'nothing'))
        return `${registration.status} ${registration.endReason}, but the latest message is ${latest}`;
      if (registration.status === 'PENDING') return 'still PENDING';
      if (registration.status === 'CONFIRMED' && !known?.text.includes(location))
        return `takes place at ${location}, but the latest message says ${known?.text}`;
    }
    return null;
  }

  private recordChange({ userId, ...registration }: RegistrationState): void {
    const { id, status, endReason, reinstatedAt } = registration;
    if (status === 'CONFIRMED') return;
    if (endReason === 'COMPETITION_CANCELLED') this.add(userId, endReason);
    else this.add(userId, [kindOf(registration), id, reinstatedAt].filter(Boolean).join(' '));
  }

  private add(userId: string, event: string): void {
    this.happened.set(userId, [...(this.happened.get(userId) ?? []), event]);
  }

  private async registrations(): Promise<Map<string, RegistrationState>> {
    const found = await rows<RegistrationState>(
      `SELECT id, user_id AS "userId", status, end_reason AS "endReason", promoted_at IS NOT NULL AS "isPromoted",
              held_until IS NOT NULL AS "wasHeld", iso_instant(reinstated_at) AS "reinstatedAt"
       FROM registrations WHERE competition_id = $1 ORDER BY admission`,
      [this.competition.id],
    );
    return new Map(found.map((registration) => [registration.id, registration]));
  }

  /** What happened to the invitations, each with the person whose address it has. */
  private invitations(): Promise<{ userId: string; events: string[] }[]> {
    return rows(
      `SELECT u.id AS "userId", array_remove(ARRAY[
                concat_ws(' ', 'INVITED', i.id, iso_instant(i.sent_at)),
                CASE WHEN i.outcome <> 'REDEEMED' THEN concat_ws(' ', 'INVITATION_WITHDRAWN', i.id, iso_instant(i.ended_at)) END
              ], NULL) AS events
       FROM invitations i JOIN users u ON u.email = i.email WHERE i.competition_id = $1 ORDER BY i.id`,
      [this.competition.id],
    );
  }

  private async latestOfEach(): Promise<RegistrationState[]> {
    const latest = new Map<string, RegistrationState>();
    for (const registration of (await this.registrations()).values()) latest.set(registration.userId, registration);
    return [...latest.values()];
  }

  private async received(): Promise<Map<string, Received[]>> {
    const found = await rows<Received>(
      `SELECT user_id AS "userId", kind, text, CASE kind
                WHEN 'COMPETITION_CHANGED' THEN kind || ' ' || occurrence
                WHEN 'COMPETITION_CANCELLED' THEN kind::text
                ELSE concat_ws(' ', kind, about_id, nullif(occurrence, ''))
              END AS event
       FROM mailbox_messages WHERE competition_id = $1 ORDER BY id`,
      [this.competition.id],
    );
    return groupBy(found, ({ userId }) => userId);
  }
}

const isAboutInvitation = (event: string) => event.startsWith('INVIT');

/**
 * Whether something is told after an invitation, or its end, that happened before it. It may be told late, if it is still
 * true, and has no order with news of the date or place.
 */
const hasEarlyInvitation = (events: readonly string[], happened: readonly string[]): boolean =>
  events.some((event, n) => {
    const since = happened.indexOf(event);
    const after = events.slice(n + 1).filter((later) => !later.startsWith('COMPETITION_CHANGED'));
    return isAboutInvitation(event) && (since < 0 || after.some((later) => happened.lastIndexOf(later) < since));
  });

/** Messages that may be written at a time, and not after a change: whom they are for. */
const ABOUT_THE_MOMENT = {
  REMINDER: 'CONFIRMED',
  NOT_PROMOTED: 'WAITLISTED',
  HOLD_ENDING: 'HELD',
  DECISIONS_LATE: 'APPLIED',
} as const;
const SAYS_NOTHING_ABOUT_STATUS = ['COMPETITION_CHANGED', 'REMINDER', 'HOLD_ENDING', 'DECISIONS_LATE'];

/** Who has a seat and reads of an invitation afterwards would doubt the seat. */
const saysStatus = (kind: string, { status }: Standing): boolean =>
  !SAYS_NOTHING_ABOUT_STATUS.includes(kind) &&
  (!isAboutInvitation(kind) || ['PENDING', 'CONFIRMED', 'HELD'].includes(status));

type Standing = Omit<RegistrationState, 'id' | 'userId' | 'reinstatedAt'>;

/** The message about the latest change. */
function kindOf({ status, endReason, isPromoted, wasHeld }: Standing): string {
  switch (status) {
    case 'CANCELLED':
      return endReason ?? '';
    case 'WAITLISTED':
      return 'WAITING';
    case 'PENDING':
    case 'CONFIRMED':
      return isPromoted && !wasHeld ? 'PROMOTED' : 'CONFIRMED';
    default:
      return status;
  }
}

const expectedKinds = (standing: Standing): string[] =>
  standing.status === 'WAITLISTED' ? ['WAITING', 'NOT_PROMOTED'] : [kindOf(standing)];

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let found = 0;
  for (const item of whole) if (item === part[found]) found++;
  return found === part.length;
}

/** `Map.groupBy` of newer versions of Node.js. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
