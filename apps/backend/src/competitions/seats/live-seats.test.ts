import { setTimeout as pause } from 'node:timers/promises';
import { SeatsEvent } from '@mini-compete/shared/seats';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/app.js';
import { get } from '../../../test/client.js';
import { watch } from '../../../test/event-stream.js';
import { aCompetition, inHours, people } from '../../../test/factories.js';
import { clientOf } from '../../../test/registering.js';
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

/** What comes within a second on an idle machine; others may be at work on this one. */
const soon = (assertion: () => unknown) => vi.waitFor(assertion, { timeout: 5_000, interval: 10 });

describe('watching', () => {
  it('tells the present state at once, as a stream that nobody keeps or holds back', async () => {
    const competition = await aCompetition({ capacity: 7 });
    const onlooker = await watch(api.url, competition, { headers: { origin: api.env.frontendUrl } });
    await soon(() => expect(onlooker.events).toHaveLength(1));
    expect(onlooker.events[0]).toMatchObject({ seatsLeft: 7, waiting: 0, status: 'open' });
    expect(SeatsEvent.parse(onlooker.events[0])).toBeTruthy();
    expect(onlooker.text()).toMatch(/^retry: \d{4}\n\n/);
    expect(onlooker.status).toBe(200);
    expect(onlooker.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'access-control-allow-origin': api.env.frontendUrl,
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    });
    onlooker.close();
  });

  it('hears 404 of an unknown or deleted competition and 400 of no id at all', async () => {
    const path = (id: string) => `/api/competitions/${id}/events`;
    expect((await get(api.url, path('01890000-0000-7000-8000-000000000000'))).body.code).toBe('COMPETITION_NOT_FOUND');
    expect((await get(api.url, path('nonsense'))).body.code).toBe('VALIDATION_FAILED');
    const deleted = await aCompetition();
    await api.pool.query('UPDATE competitions SET deleted_at = now() WHERE id = $1', [deleted.id]);
    expect((await get(api.url, path(deleted.id))).status).toBe(404);
  });

  it('takes the id in any letter case', async () => {
    const competition = await aCompetition({ capacity: 3 });
    const onlooker = await watch(api.url, { id: competition.id.toUpperCase() });
    const [person] = await people(1);
    await clientOf(api.url).register(person!, competition);
    await soon(() => expect(onlooker.events.at(-1)?.seatsLeft).toBe(2));
    onlooker.close();
  });

  it('answers a HEAD with the headers and ends', async () => {
    const onlooker = await watch(api.url, await aCompetition(), { method: 'HEAD' });
    expect(onlooker.headers['content-type']).toBe('text/event-stream');
    await soon(() => expect(onlooker.ended).toBe(true));
    expect(onlooker.text()).toBe('');
  });

  it('tells of a seat taken, of the line and of a seat given back, on this server and on the other', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const { register, join } = clientOf(api.url);
    const { leave } = clientOf(second.url);
    const onlookers = [await watch(api.url, competition), await watch(second.url, competition)];
    const [seated, waiting] = await people(2);
    const lastOf = () => onlookers.map(({ events }) => events.at(-1));
    const all = (state: object) => onlookers.map(() => expect.objectContaining(state));

    await register(seated!, competition);
    await soon(() => expect(lastOf()).toEqual(all({ seatsLeft: 0, waiting: 0, status: 'full' })));
    await join(waiting!, competition);
    await soon(() => expect(lastOf()).toEqual(all({ seatsLeft: 0, waiting: 1, status: 'full' })));
    await leave(seated!, competition);
    await leave(waiting!, competition);
    await soon(() => expect(lastOf()).toEqual(all({ seatsLeft: 1, waiting: 0, status: 'open' })));
    for (const onlooker of onlookers) onlooker.close();
  });

  it('tells the latest state, not everything that happened, and ends with the truth of two servers at once', async () => {
    const competition = await aCompetition({ capacity: 400 });
    const onlookers = [await watch(api.url, competition), await watch(second.url, competition)];
    const servers = [clientOf(api.url), clientOf(second.url)] as const;
    await Promise.all((await people(300)).map((person, i) => servers[i % 2 ? 1 : 0].register(person, competition)));
    for (const { events } of onlookers) {
      await soon(() => expect(events.at(-1)?.seatsLeft).toBe(100));
      expect(events.length).toBeLessThan(100);
    }
    // What was said last stays true: nothing older comes after it.
    api.app.get(LiveSeats).heartbeat();
    await soon(() => expect(onlookers[0]?.text()).toMatch(/:\n\n$/));
    for (const { events } of onlookers) expect(events.at(-1)?.seatsLeft).toBe(100);
    for (const onlooker of onlookers) onlooker.close();
  });

  it('reads anew what others have changed', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const onlookers = [await watch(api.url, competition), await watch(second.url, competition)];
    await api.pool.query('UPDATE competitions SET cancelled_at = now() WHERE id = $1', [competition.id]);
    api.app.get(LiveSeats).changed(competition.id);
    for (const onlooker of onlookers) await soon(() => expect(onlooker.events.at(-1)?.status).toBe('cancelled'));
    await api.pool.query('UPDATE competitions SET deleted_at = now() WHERE id = $1', [competition.id]);
    second.app.get(LiveSeats).changed(competition.id);
    for (const onlooker of onlookers) await soon(() => expect(onlooker.ended).toBe(true));
  });

  it('tells of opening and closing, which nobody does', async () => {
    const { rows } = await api.pool.query<{ opens: Date; closes: Date }>(
      `SELECT now() + interval '300 ms' AS opens, now() + interval '700 ms' AS closes`,
    );
    const [{ opens, closes }] = rows as [(typeof rows)[0]];
    const competition = await aCompetition({ regOpensAt: opens, regDeadline: closes });
    const onlooker = await watch(api.url, competition);
    await vi.waitFor(
      () => expect(onlooker.events.map(({ status }) => status)).toEqual(['upcoming', 'open', 'closed']),
      {
        timeout: 3_000,
      },
    );
    const [, opened, closed] = onlooker.events;
    expect(Date.parse(opened!.serverTime)).toBeGreaterThanOrEqual(opens.getTime());
    expect(Date.parse(opened!.serverTime)).toBeLessThan(closes.getTime());
    expect(Date.parse(closed!.serverTime)).toBeGreaterThanOrEqual(closes.getTime());
    onlooker.close();
  });

  it('goes by the clock of the database, not by its own', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 7_200_000 });
    try {
      const competition = await aCompetition({ regDeadline: inHours(-1), startDate: null });
      const onlooker = await watch(api.url, competition);
      await soon(() => expect(onlooker.events[0]?.status).toBe('open'));
      onlooker.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('gives signs of life', async () => {
    const onlooker = await watch(api.url, await aCompetition());
    await soon(() => expect(onlooker.events).toHaveLength(1));
    api.app.get(LiveSeats).heartbeat();
    await soon(() => expect(onlooker.text()).toMatch(/\n\n:\n\n$/));
    expect(onlooker.events).toHaveLength(1);
    onlooker.close();
  });

  it('resumes: who comes back hears the latest, and nothing older than they have seen', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const before = await watch(api.url, competition);
    await soon(() => expect(before.events).toHaveLength(1));
    const { id } = before.events[0]!;
    before.close();
    // Somebody still watches here, so a state is known; and it is old, since nobody was told of this change.
    const other = await watch(api.url, competition);
    await soon(() => expect(other.events).toHaveLength(1));
    await api.pool.query('UPDATE competitions SET seats_left = 3 WHERE id = $1', [competition.id]);
    const later = String(other.events[0]!.id + 60_000);
    const back = await watch(api.url, competition, { headers: { 'last-event-id': later } });
    await soon(() => expect(back.events[0]?.seatsLeft).toBe(3));
    expect(back.events[0]!.id).toBeGreaterThan(id);
    for (const nonsense of ['', 'x', '-1', '9'.repeat(400)]) {
      const onlooker = await watch(api.url, competition, { headers: { 'last-event-id': nonsense } });
      expect(onlooker.status).toBe(200);
      onlooker.close();
    }
    for (const onlooker of [other, back]) onlooker.close();
  });

  it('goes on when the connection on which servers tell each other was cut', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const onlooker = await watch(second.url, competition);
    await soon(() => expect(onlooker.events).toHaveLength(1));
    const cut = await api.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'mini-compete live' AND datname = current_database()`,
    );
    expect(cut.rowCount).toBe(2);
    const [person] = await people(1);
    await clientOf(api.url).register(person!, competition);
    await vi.waitFor(() => expect(onlooker.events.at(-1)?.seatsLeft).toBe(4), { timeout: 5_000 });
    onlooker.close();
  });
});

describe('a thousand who watch one competition', () => {
  it('all hear of a change within two seconds, and get their connections back at the end', async () => {
    const competition = await aCompetition({ capacity: 50 });
    const before = await connections(api);
    const onlookers = await Promise.all(Array.from({ length: 1_000 }, () => watch(api.url, competition)));
    await soon(() => expect(onlookers.every(({ events }) => events.length === 1)).toBe(true));
    const [person] = await people(1);
    await clientOf(second.url).register(person!, competition);
    await vi.waitFor(() => expect(onlookers.every(({ events }) => events.at(-1)?.seatsLeft === 49)).toBe(true), {
      timeout: 2_000,
    });
    for (const onlooker of onlookers) onlooker.close();
    await vi.waitFor(() => expect(connections(api)).resolves.toBeLessThanOrEqual(before), { timeout: 5_000 });
  });
});

describe('eight servers, one watcher on each', () => {
  const SERVERS = 8;
  const CHANGES_EACH = 30;
  const EVERY_MS = 100;
  let servers: TestApi[] = [];
  beforeAll(async () => {
    const { databaseUrl } = api.env;
    servers = await Promise.all(Array.from({ length: SERVERS }, () => startApi({ databaseUrl })));
  });
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  it('read fewer than 90 times a second when each changes the seats ten times a second, and all end on the truth', async () => {
    const competition = await aCompetition({ capacity: 1_000 });
    const crowd = await people(SERVERS * CHANGES_EACH);
    const onlookers = await Promise.all(servers.map(({ url }) => watch(url, competition)));
    for (const { events } of onlookers) await soon(() => expect(events).toHaveLength(1));

    const reads = servers.map(({ pool }) => countReads(pool));
    const began = performance.now();
    await Promise.all(
      servers.flatMap(({ url }, server) =>
        Array.from({ length: CHANGES_EACH }, async (_, n) => {
          // Spread out: signals of servers that speak at the same moment would be heard as one.
          await pause(n * EVERY_MS + (server * EVERY_MS) / SERVERS);
          const { status } = await clientOf(url).register(crowd[server * CHANGES_EACH + n]!, competition);
          expect(status).toBe(201);
        }),
      ),
    );
    const seconds = (performance.now() - began) / 1_000;
    const perSecond = reads.reduce((sum, count) => sum + count(), 0) / seconds;
    expect(perSecond).toBeLessThan(90);
    // Nor does anybody see much less for it.
    expect(perSecond).toBeGreaterThan(SERVERS);

    for (const { events } of onlookers)
      await soon(() => expect(events.at(-1)?.seatsLeft).toBe(1_000 - SERVERS * CHANGES_EACH));
    for (const onlooker of onlookers) onlooker.close();
  });
});

describe('a change that comes while a read is under way', () => {
  it('is told: that read may not have seen it', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const onlooker = await watch(api.url, competition);
    await soon(() => expect(onlooker.events).toHaveLength(1));
    const { heard, answer } = holdNextRead(api.pool);
    const change = async (seatsLeft: number) => {
      await api.pool.query('UPDATE competitions SET seats_left = $2 WHERE id = $1', [competition.id, seatsLeft]);
      second.app.get(LiveSeats).changed(competition.id);
    };
    await change(4);
    await heard;
    await change(3);
    // Long enough for the signal to be heard, and for a read that did not wait for the one under way.
    await pause(300);
    expect(onlooker.events.at(-1)?.seatsLeft).toBe(5);
    answer();
    await soon(() => expect(onlooker.events.at(-1)?.seatsLeft).toBe(3));
    onlooker.close();
  });

  it('is told to the first watcher too, whose read it is', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const { heard, answer } = holdNextRead(api.pool);
    const watching = watch(api.url, competition);
    await heard;
    await api.pool.query('UPDATE competitions SET seats_left = 4 WHERE id = $1', [competition.id]);
    second.app.get(LiveSeats).changed(competition.id);
    await pause(300);
    answer();
    const onlooker = await watching;
    await soon(() => expect(onlooker.events.map(({ seatsLeft }) => seatsLeft)).toEqual([5, 4]));
    onlooker.close();
  });

  it('is told after a read that failed as well, without waiting for the next heartbeat', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const onlooker = await watch(api.url, competition);
    await soon(() => expect(onlooker.events).toHaveLength(1));
    const query = vi.spyOn(api.pool, 'query');
    query.mockImplementationOnce(() => Promise.reject(new Error('timeout exceeded when trying to connect')));
    await second.pool.query('UPDATE competitions SET seats_left = 2 WHERE id = $1', [competition.id]);
    second.app.get(LiveSeats).changed(competition.id);
    await soon(() => expect(onlooker.events.at(-1)?.seatsLeft).toBe(2));
    query.mockRestore();
    onlooker.close();
  });
});

describe('the end of a server', () => {
  it('ends the streams before the server drains, and refuses new ones from then on', async () => {
    const third = await startApi({ databaseUrl: api.env.databaseUrl });
    const competition = await aCompetition();
    const onlooker = await watch(third.url, competition);
    third.app.get(LiveSeats).onModuleDestroy();
    await soon(() => expect(onlooker.ended).toBe(true));
    const refused = await get(third.url, `/api/competitions/${competition.id}/events`);
    expect(refused.body.code).toBe('UNAVAILABLE');
    await third.close();
  });

  it('tells the other servers of its last change', async () => {
    const third = await startApi({ databaseUrl: api.env.databaseUrl });
    const competition = await aCompetition({ capacity: 5 });
    const onlooker = await watch(api.url, competition);
    const live = third.app.get(LiveSeats);
    live.changed(competition.id);
    await pause(20);
    await api.pool.query('UPDATE competitions SET seats_left = 1 WHERE id = $1', [competition.id]);
    // Too soon after the last signal for one of its own: it is still to be sent when the server ends.
    live.changed(competition.id);
    await third.close();
    await soon(() => expect(onlooker.events.at(-1)?.seatsLeft).toBe(1));
    onlooker.close();
  });

  it('ends the streams, closes at once and takes nobody new', async () => {
    const third = await startApi({ databaseUrl: api.env.databaseUrl });
    const competition = await aCompetition();
    const onlookers = await Promise.all(Array.from({ length: 20 }, () => watch(third.url, competition)));
    const began = performance.now();
    await Promise.race([third.close(), pause(9_000).then(() => Promise.reject(new Error('still open')))]);
    expect(performance.now() - began).toBeLessThan(3_000);
    await soon(() => expect(onlookers.every(({ ended }) => ended)).toBe(true));
  });
});

function connections({ app }: TestApi): Promise<number> {
  return new Promise((resolve, reject) =>
    app.getHttpServer().getConnections((error: Error | null, n: number) => (error ? reject(error) : resolve(n))),
  );
}

const isRead = (query: unknown): boolean => (query as { name?: string } | undefined)?.name === 'live_seats';

/** Counts from now on how often the seats are read through this pool. */
function countReads(pool: pg.Pool): () => number {
  const query = vi.spyOn(pool, 'query');
  return () => query.mock.calls.filter(([first]) => isRead(first)).length;
}

/** The next read of seats through this pool has seen the database when `heard` resolves, and says so after `answer()`. */
function holdNextRead(pool: pg.Pool): { heard: Promise<void>; answer: () => void } {
  const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<unknown>;
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const heard = new Promise<void>((resolve) => {
    const spy = vi.spyOn(pool, 'query').mockImplementation((async (...given: unknown[]) => {
      if (!isRead(given[0])) return query(...given);
      spy.mockRestore();
      const rows = await query(...given);
      resolve();
      await answered;
      return rows;
    }) as never);
  });
  return { heard, answer: () => answer() };
}
