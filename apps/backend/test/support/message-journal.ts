import { rows } from './queries.js';

interface RegistrationState {
  readonly id: string;
  readonly userId: string;
  readonly status: string;
  readonly endReason: string | null;
  readonly isPromoted: boolean;
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
      if (before?.status !== registration.status) this.recordChange(registration, before === undefined);
    }
    this.before = after;
  }

  /** After an edit that is announced: everybody who is in learns of it, or of the result with a later message. */
  recordEdit(version: number): void {
    for (const { userId, status } of this.before.values())
      if (status !== 'CANCELLED') this.add(userId, `COMPETITION_CHANGED ${version}`);
  }

  /** Before a job runs whose messages are about the moment: what it may say. */
  async recordMoment(kind: 'REMINDER' | 'NOT_PROMOTED', occurrence: string): Promise<void> {
    const status = kind === 'REMINDER' ? 'CONFIRMED' : 'WAITLISTED';
    for (const registration of (await this.registrations()).values())
      if (registration.status === status) this.add(registration.userId, `${kind} ${registration.id} ${occurrence}`);
  }

  /** What is wrong with the order of the messages so far; null if nothing. */
  async orderProblem(): Promise<string | null> {
    for (const [userId, messages] of await this.received()) {
      const happened = this.happened.get(userId) ?? [];
      const events = messages.map(({ event }) => event);
      if (!isSubsequence(events, happened)) return `received [${events.join(', ')}] of [${happened.join(', ')}]`;
    }
    return null;
  }

  /** With all jobs done: whether each person knows where they stand, and the present place of the competition. */
  async truthProblem(location: string): Promise<string | null> {
    const received = await this.received();
    for (const registration of await this.latestOfEach()) {
      const messages = received.get(registration.userId) ?? [];
      const latest = messages.findLast(({ kind }) => !['COMPETITION_CHANGED', 'REMINDER'].includes(kind))?.kind;
      const known = messages.findLast(({ text }) => text.includes('Where'));
      if (!expectedKinds(registration).includes(latest ?? 'nothing'))
        return `${registration.status} ${registration.endReason}, but the latest message is ${latest}`;
      if (registration.status === 'PENDING') return 'still PENDING';
      if (registration.status === 'CONFIRMED' && !known?.text.includes(location))
        return `takes place at ${location}, but the latest message says ${known?.text}`;
    }
    return null;
  }

  private recordChange({ id, userId, status, endReason, isPromoted }: RegistrationState, isNew: boolean): void {
    if (status === 'WAITLISTED') this.add(userId, `WAITING ${id}`);
    else if (status === 'PENDING') this.add(userId, `${isPromoted ? 'PROMOTED' : 'CONFIRMED'} ${id}`);
    else if (status === 'CANCELLED' && endReason === 'COMPETITION_CANCELLED') this.add(userId, 'COMPETITION_CANCELLED');
    else if (status === 'CANCELLED') this.add(userId, `${endReason} ${id}`);
    else if (isNew) throw new Error(`A new registration is ${status}.`);
  }

  private add(userId: string, event: string): void {
    this.happened.set(userId, [...(this.happened.get(userId) ?? []), event]);
  }

  private async registrations(): Promise<Map<string, RegistrationState>> {
    const found = await rows<RegistrationState>(
      `SELECT id, user_id AS "userId", status, end_reason AS "endReason", promoted_at IS NOT NULL AS "isPromoted"
       FROM registrations WHERE competition_id = $1 ORDER BY admission`,
      [this.competition.id],
    );
    return new Map(found.map((registration) => [registration.id, registration]));
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

function expectedKinds({ status, endReason, isPromoted }: RegistrationState): string[] {
  if (status === 'WAITLISTED') return ['WAITING', 'NOT_PROMOTED'];
  if (status === 'CANCELLED') return [endReason ?? ''];
  return [isPromoted ? 'PROMOTED' : 'CONFIRMED'];
}

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
