import { setTimeout as pause } from 'node:timers/promises';
import { SeatsEvent } from '@mini-compete/shared/seats';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, inHours, people } from '../../../test/support/factories.js';
import { get, untilServed } from '../../../test/support/http-client.js';
import { subscribe } from '../../../test/support/seat-subscriber.js';
import { LiveSeats } from './live-seats.service.js';

let api: TestApi;
let second: TestApi;
beforeAll(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
});
afterAll(async () => {
  await second.close();
  await api.close();
});

/** A second is enough on an idle machine; tests may run in parallel. */
const soon = (assertion: () => unknown) => vi.waitFor(assertion, { timeout: 5_000, interval: 10 });

describe('the event stream of a competition', () => {
  it('begins with the current state, and is neither cached nor buffered', async () => {
    const competition = await aCompetition({ capacity: 7 });
    const subscriber = await subscribe(api.url, competition, { headers: { origin: api.env.frontendUrl } });
    await soon(() => expect(subscriber.events).toHaveLength(1));
    expect(subscriber.events[0]).toMatchObject({ seatsLeft: 7, waiting: 0, status: 'open' });
    expect(SeatsEvent.parse(subscriber.events[0])).toBeTruthy();
    expect(subscriber.text()).toMatch(/^retry: \d{4}\n\n/);
    expect(subscriber.status).toBe(200);
    expect(subscriber.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'access-control-allow-origin': api.env.frontendUrl,
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    });
    subscriber.close();
  });

  it('returns 404 for an unknown or deleted competition and 400 for a malformed id', async () => {
    const path = (id: string) => `/api/competitions/${id}/events`;
    expect((await get(api.url, path('01890000-0000-7000-8000-000000000000'))).body.code).toBe('COMPETITION_NOT_FOUND');
    expect((await get(api.url, path('nonsense'))).body.code).toBe('VALIDATION_FAILED');
    const deleted = await aCompetition();
    await api.pool.query('UPDATE competitions SET deleted_at = now() WHERE id = $1', [deleted.id]);
    expect((await get(api.url, path(deleted.id))).status).toBe(404);
  });

  it('accepts the id in any letter case', async () => {
    const competition = await aCompetition({ capacity: 3 });
    const subscriber = await subscribe(api.url, { id: competition.id.toUpperCase() });
    const [person] = await people(1);
    await participantClient(api.url).register(person!, competition);
    await soon(() => expect(subscriber.events.at(-1)?.seatsLeft).toBe(2));
    subscriber.close();
  });

  it('answers HEAD with the headers and ends', async () => {
    const subscriber = await subscribe(api.url, await aCompetition(), { method: 'HEAD' });
    expect(subscriber.headers['content-type']).toBe('text/event-stream');
    await soon(() => expect(subscriber.ended).toBe(true));
    expect(subscriber.text()).toBe('');
  });

  it('sends taken seats, the waitlist and freed seats, on this server and on another', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const { register, join } = participantClient(api.url);
    const { leave } = participantClient(second.url);
    const subscribers = [await subscribe(api.url, competition), await subscribe(second.url, competition)];
    const [seated, waiting] = await people(2);
    const lastEvents = () => subscribers.map(({ events }) => events.at(-1));
    const all = (state: object) => subscribers.map(() => expect.objectContaining(state));

    await register(seated!, competition);
    await soon(() => expect(lastEvents()).toEqual(all({ seatsLeft: 0, waiting: 0, status: 'full' })));
    await join(waiting!, competition);
    await soon(() => expect(lastEvents()).toEqual(all({ seatsLeft: 0, waiting: 1, status: 'full' })));
    await leave(seated!, competition);
    await leave(waiting!, competition);
    await soon(() => expect(lastEvents()).toEqual(all({ seatsLeft: 1, waiting: 0, status: 'open' })));
    for (const subscriber of subscribers) subscriber.close();
  });

  it('coalesces changes on two servers into the latest state, and ends with the correct one', async () => {
    const competition = await aCompetition({ capacity: 400 });
    const subscribers = [await subscribe(api.url, competition), await subscribe(second.url, competition)];
    const servers = [participantClient(api.url), participantClient(second.url)] as const;
    await Promise.all((await people(300)).map((person, i) => servers[i % 2 ? 1 : 0].register(person, competition)));
    for (const { events } of subscribers) {
      await soon(() => expect(events.at(-1)?.seatsLeft).toBe(100));
      expect(events.length).toBeLessThan(100);
    }
    // No older state follows.
    api.app.get(LiveSeats).heartbeat();
    await soon(() => expect(subscribers[0]?.text()).toMatch(/event: heartbeat\ndata: 1\n\n$/));
    for (const { events } of subscribers) expect(events.at(-1)?.seatsLeft).toBe(100);
    for (const subscriber of subscribers) subscriber.close();
  });

  it('reads the competition again after a notification', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const subscribers = [await subscribe(api.url, competition), await subscribe(second.url, competition)];
    await api.pool.query('UPDATE competitions SET cancelled_at = now() WHERE id = $1', [competition.id]);
    api.app.get(LiveSeats).changed(competition.id);
    for (const subscriber of subscribers) await soon(() => expect(subscriber.events.at(-1)?.status).toBe('cancelled'));
    await api.pool.query('UPDATE competitions SET deleted_at = now() WHERE id = $1', [competition.id]);
    second.app.get(LiveSeats).changed(competition.id);
    for (const subscriber of subscribers) await soon(() => expect(subscriber.ended).toBe(true));
  });

  it('R22: sends the new version after an edit that changes neither seats nor status, on this server and on another', async () => {
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer });
    const subscribers = [await subscribe(api.url, competition), await subscribe(second.url, competition)];
    for (const { events } of subscribers) await soon(() => expect(events.map(({ version }) => version)).toEqual([1]));
    const edited = await organizerClient(api.url).edit(organizer, competition, { title: 'Another title' });
    expect(edited.body.version).toBe(2);
    for (const { events } of subscribers) await soon(() => expect(events.at(-1)?.version).toBe(2));
    for (const subscriber of subscribers) subscriber.close();
  });

  it('sends the opening and the closing of registration, without any change in the database', async () => {
    const { rows } = await api.pool.query<{ opens: Date; closes: Date }>(
      `SELECT now() + interval '300 ms' AS opens, now() + interval '700 ms' AS closes`,
    );
    const [{ opens, closes }] = rows as [(typeof rows)[0]];
    const competition = await aCompetition({ regOpensAt: opens, regDeadline: closes });
    const subscriber = await subscribe(api.url, competition);
    await vi.waitFor(
      () => expect(subscriber.events.map(({ status }) => status)).toEqual(['upcoming', 'open', 'closed']),
      {
        timeout: 3_000,
      },
    );
    const [, opened, closed] = subscriber.events;
    expect(Date.parse(opened!.serverTime)).toBeGreaterThanOrEqual(opens.getTime());
    expect(Date.parse(opened!.serverTime)).toBeLessThan(closes.getTime());
    expect(Date.parse(closed!.serverTime)).toBeGreaterThanOrEqual(closes.getTime());
    subscriber.close();
  });

  it('uses the clock of the database', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 7_200_000 });
    try {
      const competition = await aCompetition({ regDeadline: inHours(-1), startDate: null });
      const subscriber = await subscribe(api.url, competition);
      await soon(() => expect(subscriber.events[0]?.status).toBe('open'));
      subscriber.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('U4: sends heartbeats as events, which a page can see', async () => {
    const subscriber = await subscribe(api.url, await aCompetition());
    await soon(() => expect(subscriber.events).toHaveLength(1));
    api.app.get(LiveSeats).heartbeat();
    await soon(() => expect(subscriber.text()).toMatch(/\n\nevent: heartbeat\ndata: 1\n\n$/));
    expect(subscriber.events).toHaveLength(1);
    subscriber.close();
  });

  it('resumes with the latest state, never with an older one than the subscriber has seen', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const before = await subscribe(api.url, competition);
    await soon(() => expect(before.events).toHaveLength(1));
    const { id } = before.events[0]!;
    before.close();
    // With another subscriber the process has a snapshot, which is old: there was no notification of this change.
    const other = await subscribe(api.url, competition);
    await soon(() => expect(other.events).toHaveLength(1));
    await api.pool.query('UPDATE competitions SET seats_left = 3 WHERE id = $1', [competition.id]);
    const later = String(other.events[0]!.id + 60_000);
    const back = await subscribe(api.url, competition, { headers: { 'last-event-id': later } });
    await soon(() => expect(back.events[0]?.seatsLeft).toBe(3));
    expect(back.events[0]!.id).toBeGreaterThan(id);
    for (const nonsense of ['', 'x', '-1', '9'.repeat(400)]) {
      const subscriber = await subscribe(api.url, competition, { headers: { 'last-event-id': nonsense } });
      expect(subscriber.status).toBe(200);
      subscriber.close();
    }
    for (const subscriber of [other, back]) subscriber.close();
  });

  it('continues after the connection of the listener was cut', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const subscriber = await subscribe(second.url, competition);
    await soon(() => expect(subscriber.events).toHaveLength(1));
    const cut = await api.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name LIKE 'mini-compete% live' AND datname = current_database()`,
    );
    expect(cut.rowCount).toBe(2);
    const [person] = await people(1);
    await participantClient(api.url).register(person!, competition);
    await vi.waitFor(() => expect(subscriber.events.at(-1)?.seatsLeft).toBe(4), { timeout: 5_000 });
    subscriber.close();
  });
});

describe('a thousand subscribers of one competition', () => {
  it('all get a change within two seconds, and leave no connection open', async () => {
    const competition = await aCompetition({ capacity: 50 });
    const before = await connections(api);
    const subscribers = await Promise.all(Array.from({ length: 1_000 }, () => subscribe(api.url, competition)));
    await soon(() => expect(subscribers.every(({ events }) => events.length === 1)).toBe(true));
    const [person] = await people(1);
    await participantClient(second.url).register(person!, competition);
    await vi.waitFor(() => expect(subscribers.every(({ events }) => events.at(-1)?.seatsLeft === 49)).toBe(true), {
      timeout: 2_000,
    });
    for (const subscriber of subscribers) subscriber.close();
    await vi.waitFor(() => expect(connections(api)).resolves.toBeLessThanOrEqual(before), { timeout: 5_000 });
  });
});

describe('eight servers with one subscriber each', () => {
  const SERVERS = 8;
  const CHANGES_EACH = 30;
  const EVERY_MS = 100;
  let servers: TestApi[] = [];
  beforeAll(async () => {
    const { databaseUrl } = api.env;
    servers = await Promise.all(Array.from({ length: SERVERS }, () => startApi({ databaseUrl })));
  });
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  it('read fewer than 90 times a second when each changes the seats ten times a second, and all end with the correct state', async () => {
    const competition = await aCompetition({ capacity: 1_000 });
    const persons = await people(SERVERS * CHANGES_EACH);
    const subscribers = await Promise.all(servers.map(({ url }) => subscribe(url, competition)));
    for (const { events } of subscribers) await soon(() => expect(events).toHaveLength(1));

    const reads = servers.map(({ pool }) => countReads(pool));
    const startedAt = performance.now();
    await Promise.all(
      servers.flatMap(({ url }, server) =>
        Array.from({ length: CHANGES_EACH }, async (_, n) => {
          // Spread out: notifications that arrive at the same time would be coalesced into one read.
          await pause(n * EVERY_MS + (server * EVERY_MS) / SERVERS);
          const person = persons[server * CHANGES_EACH + n]!;
          const { status } = await untilServed(() => participantClient(url).register(person, competition));
          expect(status).toBe(201);
        }),
      ),
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    const total = reads.reduce((sum, count) => sum + count(), 0);
    expect(total / seconds).toBeLessThan(90);
    // Each server has read; how often within the interval depends on the speed of the machine.
    expect(total).toBeGreaterThanOrEqual(SERVERS);

    for (const { events } of subscribers)
      await soon(() => expect(events.at(-1)?.seatsLeft).toBe(1_000 - SERVERS * CHANGES_EACH));
    for (const subscriber of subscribers) subscriber.close();
  });
});

describe('a change during a read', () => {
  it('is sent, although that read did not see it', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const subscriber = await subscribe(api.url, competition);
    await soon(() => expect(subscriber.events).toHaveLength(1));
    const { hasRead, release } = holdNextRead(api.pool);
    const change = async (seatsLeft: number) => {
      await api.pool.query('UPDATE competitions SET seats_left = $2 WHERE id = $1', [competition.id, seatsLeft]);
      second.app.get(LiveSeats).changed(competition.id);
    };
    await change(4);
    await hasRead;
    await change(3);
    // Long enough for the notification, and for a second read if it did not wait for the first one.
    await pause(300);
    expect(subscriber.events.at(-1)?.seatsLeft).toBe(5);
    release();
    await soon(() => expect(subscriber.events.at(-1)?.seatsLeft).toBe(3));
    subscriber.close();
  });

  it('is sent to the first subscriber when its own first read missed it', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const { hasRead, release } = holdNextRead(api.pool);
    const opening = subscribe(api.url, competition);
    await hasRead;
    await api.pool.query('UPDATE competitions SET seats_left = 4 WHERE id = $1', [competition.id]);
    second.app.get(LiveSeats).changed(competition.id);
    await pause(300);
    release();
    const subscriber = await opening;
    await soon(() => expect(subscriber.events.map(({ seatsLeft }) => seatsLeft)).toEqual([5, 4]));
    subscriber.close();
  });

  it('is sent after a failed read, without waiting for the next heartbeat', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const subscriber = await subscribe(api.url, competition);
    await soon(() => expect(subscriber.events).toHaveLength(1));
    const query = vi.spyOn(api.pool, 'query');
    query.mockImplementationOnce(() => Promise.reject(new Error('timeout exceeded when trying to connect')));
    await second.pool.query('UPDATE competitions SET seats_left = 2 WHERE id = $1', [competition.id]);
    second.app.get(LiveSeats).changed(competition.id);
    await soon(() => expect(subscriber.events.at(-1)?.seatsLeft).toBe(2));
    query.mockRestore();
    subscriber.close();
  });
});

describe('shutting a server down', () => {
  it('ends the streams before the server drains, and refuses new ones', async () => {
    const third = await startApi({ databaseUrl: api.env.databaseUrl });
    const competition = await aCompetition();
    const subscriber = await subscribe(third.url, competition);
    third.app.get(LiveSeats).onModuleDestroy();
    await soon(() => expect(subscriber.ended).toBe(true));
    const refused = await get(third.url, `/api/competitions/${competition.id}/events`);
    expect(refused.body.code).toBe('UNAVAILABLE');
    await third.close();
  });

  it('notifies the other servers of the last change', async () => {
    const third = await startApi({ databaseUrl: api.env.databaseUrl });
    const competition = await aCompetition({ capacity: 5 });
    const subscriber = await subscribe(api.url, competition);
    const live = third.app.get(LiveSeats);
    live.changed(competition.id);
    await pause(20);
    await api.pool.query('UPDATE competitions SET seats_left = 1 WHERE id = $1', [competition.id]);
    // Throttled after the last notification, so it is still pending when the server shuts down.
    live.changed(competition.id);
    await third.close();
    await soon(() => expect(subscriber.events.at(-1)?.seatsLeft).toBe(1));
    subscriber.close();
  });

  it('ends the streams and closes at once', async () => {
    const third = await startApi({ databaseUrl: api.env.databaseUrl });
    const competition = await aCompetition();
    const subscribers = await Promise.all(Array.from({ length: 20 }, () => subscribe(third.url, competition)));
    const startedAt = performance.now();
    await Promise.race([third.close(), pause(9_000).then(() => Promise.reject(new Error('still open')))]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    await soon(() => expect(subscribers.every(({ ended }) => ended)).toBe(true));
  });
});

function connections({ app }: TestApi): Promise<number> {
  return new Promise((resolve, reject) =>
    app.getHttpServer().getConnections((error: Error | null, n: number) => (error ? reject(error) : resolve(n))),
  );
}

const isRead = (query: unknown): boolean => (query as { name?: string } | undefined)?.name === 'live_seats';

/** Counts the reads of seats through this pool from now on. */
function countReads(pool: pg.Pool): () => number {
  const query = vi.spyOn(pool, 'query');
  return () => query.mock.calls.filter(([first]) => isRead(first)).length;
}

/** Holds the next read of seats: it has its rows when `hasRead` resolves, and returns them after `release()`. */
function holdNextRead(pool: pg.Pool): { hasRead: Promise<void>; release: () => void } {
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const hasRead = new Promise<void>((resolve) => {
    const spy = vi.spyOn(pool, 'query').mockImplementation((async (...args: unknown[]) => {
      if (!isRead(args[0])) return query(...args);
      spy.mockRestore();
      const rows = await query(...args);
      resolve();
      await released;
      return rows;
    }) as never);
  });
  return { hasRead, release: () => release() };
}
