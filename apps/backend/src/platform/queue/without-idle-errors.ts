import type pg from 'pg';

/**
 * The pool as each of BullMQ's queues and workers gets it. Each listens for errors of idle connections and never stops,
 * not even when it is closed: on the pool itself, twelve of them are above Node's limit of ten listeners, and a queue
 * that is created again each time the database is away leaves one listener more. Nobody misses what they would hear: the
 * pool replaces such a connection by itself.
 */
export function withoutIdleErrors(pool: pg.Pool): pg.Pool {
  const view = Object.create(pool) as pg.Pool;
  return Object.assign(view, {
    // On the pool: it counts its connections in fields of its own.
    connect: pool.connect.bind(pool),
    query: pool.query.bind(pool),
    on: (...[event, listener]: Parameters<pg.Pool['on']>) => {
      if ((event as string) !== 'error') pool.on(event, listener);
      return view;
    },
  });
}
