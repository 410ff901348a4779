import type { Act, Entrant, Verdict } from './verdict.js';

/** An entrant on the way: what is asked, and who waits for the answer. */
export interface Ticket {
  readonly act: Act;
  readonly entrant: Entrant;
  /** By the process's monotonic clock: later than this nobody waits for the answer any more. */
  readonly expiresAt: number;
  readonly resolve: (verdict: Verdict) => void;
  readonly reject: (error: unknown) => void;
  answered: boolean;
}

/** Those who wait in this process for one competition, in the order of arrival. At most one batch of them is away. */
export class Line {
  private tickets: Ticket[] = [];
  /** Index of the first: taking from the front must not move thousands. */
  private head = 0;
  away = false;
  /** Until when its row is waited for at once: somebody else held it a moment ago. */
  contendedUntil = 0;

  constructor(readonly competitionId: string) {}

  get length(): number {
    return this.tickets.length - this.head;
  }

  get first(): Ticket | undefined {
    return this.tickets[this.head];
  }

  add(ticket: Ticket): void {
    this.tickets.push(ticket);
  }

  /** Back to the front, in their old order. */
  putBack(tickets: readonly Ticket[]): void {
    this.tickets = [...tickets, ...this.tickets.slice(this.head)];
    this.head = 0;
  }

  /**
   * The next up to `most` who ask for the same act. Each person once: the database decides a batch as a whole and
   * has to know everybody in it by person. Who gave up waiting is left out.
   */
  take(act: Act, most: number): Ticket[] {
    const taken: Ticket[] = [];
    const persons = new Set<string>();
    while (taken.length < most) {
      const ticket = this.first;
      if (ticket === undefined) break;
      if (!ticket.answered) {
        if (ticket.act !== act || persons.has(ticket.entrant.userId)) break;
        persons.add(ticket.entrant.userId);
        taken.push(ticket);
      }
      this.head++;
    }
    if (this.head > 1024 && this.head * 2 > this.tickets.length) {
      this.tickets = this.tickets.slice(this.head);
      this.head = 0;
    }
    return taken;
  }

  /** The first who still waits for an answer. */
  skipAnswered(): Ticket | undefined {
    while (this.first?.answered) this.head++;
    return this.first;
  }
}
