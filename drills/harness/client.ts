import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '../../bench/src/house/process.js';
import type { Person } from '../../bench/src/house/world.js';
import { Connection } from '../../bench/src/load/connection.js';
import { registerRequest } from '../../bench/src/load/requests.js';
import { type Heard, type History, nameOf } from './history.js';

export interface Asked {
  readonly person: Person;
  readonly competitionId: string;
  readonly key: string;
  readonly body?: string;
}

const GIVES_UP_AFTER_MS = 60_000;
const TO_REPEAT = new Set(['unknown', 'BUSY', 'UNAVAILABLE', 'IDEMPOTENCY_IN_PROGRESS']);

/** A client as they should be: the same key until there is an answer that means something. */
export class Client {
  private readonly connections: Connection[];
  private turn: number;

  /** With several servers, it goes to the next when one does not answer. */
  constructor(
    servers: readonly Pick<Program, 'url'>[],
    private readonly history: History,
    startAt = 0,
  ) {
    this.connections = servers.map(({ url }) => new Connection(new URL(url).hostname, Number(new URL(url).port)));
    this.turn = startAt;
  }

  async once({ person, competitionId, key, body }: Asked): Promise<Heard> {
    const connection = this.connections[this.turn % this.connections.length] as Connection;
    const asked = { person, competitionId, key, sentAt: Date.now() };
    try {
      const answer = await connection.send(registerRequest(competitionId, person, key, body));
      return this.history.add({ ...asked, ...answer, heardAt: Date.now() });
    } catch {
      this.turn++;
      return this.history.add({ ...asked, status: 'unknown', head: '', body: '', heardAt: Date.now() });
    }
  }

  async untilSure(asked: Asked): Promise<Heard> {
    const end = performance.now() + GIVES_UP_AFTER_MS;
    for (;;) {
      const heard = await this.once(asked);
      if (!TO_REPEAT.has(nameOf(heard)) || performance.now() > end) return heard;
      await pause(20 + Math.random() * 80);
    }
  }

  close(): void {
    for (const connection of this.connections) connection.close();
  }
}

/** All of these, over so many connections, each connection one after the other. */
export async function rush(
  asked: readonly Asked[],
  servers: readonly Pick<Program, 'url'>[],
  history: History,
  connections = 32,
): Promise<void> {
  const waiting = asked.values();
  await Promise.all(
    Array.from({ length: connections }, async (_, i) => {
      const client = new Client(servers, history, i);
      for (const one of waiting) await client.untilSure(one);
      client.close();
    }),
  );
}

/** Everybody asks for a seat in the one competition, each with a key of their own. */
export const everybody = (people: readonly Person[], competitionId: string): Asked[] =>
  people.map((person) => ({ person, competitionId, key: crypto.randomUUID() }));
