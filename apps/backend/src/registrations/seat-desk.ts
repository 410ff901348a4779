import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { DomainError } from '../common/errors.js';
import { judgeBatch, type Outcome } from './batch.js';
import { DESK_POOL, PATIENT_LANES, SHARED_LANES, TIME_BUDGET_MS } from './desk-pool.js';
import { Line, type Ticket } from './line.js';
import { SeatNews } from './seat-news.js';
import type { Act, Entrant, Seats, Verdict } from './verdict.js';

/** People in one statement. */
const BATCH = 256;
/** People waiting in this process; beyond it a declared 503. */
export const MOST_WAITING = 10_000;
/** A row that somebody else held is waited for at once for so long: asking first would be a round trip for nothing. */
const CONTENDED_MS = 1_000;
const SWEEP_MS = 50;

/**
 * Where everybody who wants a seat, or gives one back, stands in line. Per competition at most one batch is away at
 * the database; who comes meanwhile goes together in the next one. No timer: a lone request waits for nobody.
 */
@Injectable()
export class SeatDesk implements OnApplicationShutdown {
  private readonly lines = new Map<string, Line>();
  /** Lines with somebody to take and no batch away, in turn: no competition waits for another's rush. */
  private ready: Line[] = [];
  /** The same, of rows that somebody else held: they have lanes of their own to wait in. */
  private contended: Line[] = [];
  private lanes = { shared: SHARED_LANES, patient: PATIENT_LANES };
  /** Everybody without an answer, in the order of arrival. */
  private readonly waiting = new Set<Ticket>();
  private dispatching = false;
  private sweeper: NodeJS.Timeout | null = null;

  constructor(
    @Inject(DESK_POOL) private readonly pool: pg.Pool,
    private readonly news: SeatNews,
  ) {}

  ask(act: Act, entrant: Entrant): Promise<Verdict> {
    if (this.waiting.size >= MOST_WAITING) return Promise.reject(new DomainError('BUSY', { retryAfterSeconds: 2 }));
    return new Promise((resolve, reject) => {
      const expiresAt = entrant.arrival.latest + TIME_BUDGET_MS;
      const ticket: Ticket = { act, entrant, expiresAt, resolve, reject, answered: false };
      this.waiting.add(ticket);
      this.sweeper ??= setInterval(() => this.turnAwayExpired(), SWEEP_MS);

      const line = this.lineOf(entrant.competitionId);
      line.add(ticket);
      if (!line.away && line.length === 1) this.makeReady(line);
      this.dispatchSoon();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.sweeper) clearInterval(this.sweeper);
    await this.pool.end();
  }

  private lineOf(competitionId: string): Line {
    let line = this.lines.get(competitionId);
    if (line === undefined) {
      line = new Line(competitionId);
      this.lines.set(competitionId, line);
    }
    return line;
  }

  /** After what this round of the event loop has read: those who came together go together. */
  private dispatchSoon(): void {
    if (this.dispatching) return;
    this.dispatching = true;
    setImmediate(() => {
      this.dispatching = false;
      while (this.lanes.shared > 0 && this.ready.length > 0) this.sendShared();
      while (this.lanes.patient > 0 && this.contended.length > 0) this.sendPatient();
    });
  }

  /** One batch for all competitions that have somebody ready for the same act, each with its fair part of it. */
  private sendShared(): void {
    const act = this.ready.find((line) => line.skipAnswered())?.first?.act;
    const share = Math.max(1, Math.floor(BATCH / this.ready.length));
    const batch = new Map<Line, Ticket[]>();
    const later: Line[] = [];
    let room = BATCH;
    for (const line of this.ready) {
      const first = line.skipAnswered();
      if (first === undefined) this.lines.delete(line.competitionId);
      else if (first.act !== act || room === 0) later.push(line);
      else {
        const tickets = line.take(act, Math.min(share, room));
        room -= tickets.length;
        batch.set(line, tickets);
      }
    }
    this.ready = later;
    if (act !== undefined) void this.send(act, batch, 'shared');
  }

  private sendPatient(): void {
    const line = this.contended.shift() as Line;
    const first = line.skipAnswered();
    if (first === undefined) this.lines.delete(line.competitionId);
    else void this.send(first.act, new Map([[line, line.take(first.act, BATCH)]]), 'patient');
  }

  private async send(act: Act, batch: Map<Line, Ticket[]>, lane: 'shared' | 'patient'): Promise<void> {
    this.lanes[lane]--;
    for (const line of batch.keys()) line.away = true;
    const tickets = [...batch.values()].flat();
    const outcomes = await this.judge(act, tickets, lane === 'patient');
    this.lanes[lane]++;

    let n = 0;
    for (const [line, those] of batch) {
      this.land(line, those, outcomes.slice(n, n + those.length));
      n += those.length;
    }
    this.news.judged(act, outcomes, this.waiting.size);
    this.dispatchSoon();
  }

  private async judge(act: Act, tickets: Ticket[], patient: boolean): Promise<Outcome[]> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.pool.connect();
      const outcomes = await judgeBatch(client, act, tickets, patient);
      client.release();
      return outcomes;
    } catch (error) {
      // What became of them nobody knows: with the same key they find out, without one they are told if they are in.
      client?.release(true);
      const unavailable = new DomainError('UNAVAILABLE', { cause: error });
      return tickets.map(() => unavailable);
    }
  }

  /** Answers those who are decided; the others go back to the front of their line. */
  private land(line: Line, tickets: Ticket[], outcomes: Outcome[]): void {
    const undecided: Ticket[] = [];
    let seats: Seats | undefined;
    tickets.forEach((ticket, i) => {
      const outcome = outcomes[i] as Outcome;
      if (outcome instanceof DomainError) this.answer(ticket, () => ticket.reject(outcome));
      else if (outcome.kind === 'skipped') undecided.push(ticket);
      else {
        if (outcome.kind === 'done') seats = outcome.seats;
        this.answer(ticket, () => ticket.resolve(outcome));
      }
    });
    if (undecided.length > 0) {
      line.putBack(undecided);
      line.contendedUntil = performance.now() + CONTENDED_MS;
    }
    line.away = false;
    if (line.length > 0) this.makeReady(line);
    else this.lines.delete(line.competitionId);
    if (seats) this.news.seats(line.competitionId, seats);
  }

  private makeReady(line: Line): void {
    (line.contendedUntil > performance.now() ? this.contended : this.ready).push(line);
  }

  private answer(ticket: Ticket, tell: () => void): void {
    if (ticket.answered) return;
    ticket.answered = true;
    this.waiting.delete(ticket);
    tell();
  }

  private turnAwayExpired(): void {
    const now = performance.now();
    for (const ticket of this.waiting) {
      if (ticket.expiresAt > now) break;
      this.answer(ticket, () => ticket.reject(new DomainError('BUSY')));
    }
    if (this.waiting.size > 0 || this.sweeper === null) return;
    clearInterval(this.sweeper);
    this.sweeper = null;
  }
}
