import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetition, anOrganizer, type Person } from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';

let api: TestApi;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterAll(async () => {
  // After the canceled download, fetch keeps a connection without a request. As an idle one it would be closed after a minute.
  api.app.getHttpServer().closeAllConnections();
  await api.close();
});

describe('the CSV export', () => {
  it('of 100,000 registrants is never in memory as a whole, and stops when the client disconnects', async () => {
    const competition = await aCompetition({ organizer, capacity: 200_000 });
    await api.pool.query(
      `WITH person AS (
         INSERT INTO users (name, email, password_hash, role)
         SELECT 'Somebody ' || n, 'many-' || n || '@example.org', '', 'PARTICIPANT' FROM generate_series(1, 100000) AS n
         RETURNING id
       )
       INSERT INTO registrations (competition_id, user_id, status) SELECT $1, id, 'CONFIRMED' FROM person`,
      [competition.id],
    );
    await api.pool.query('UPDATE competitions SET seats_left = capacity - 100000 WHERE id = $1', [competition.id]);
    const path = `/api/competitions/${competition.id}/registrations`;
    const open = () =>
      fetch(`${api.url}${path}`, {
        headers: { accept: 'text/csv', authorization: `Bearer ${organizer.token}` },
      });

    let [rows, peak] = [0, 0];
    const before = process.memoryUsage().heapUsed;
    for await (const chunk of (await open()).body!) {
      rows += Buffer.from(chunk).toString('latin1').split('\r\n').length - 1;
      peak = Math.max(peak, process.memoryUsage().heapUsed - before);
    }
    expect(rows).toBe(100_001);
    // The file has 16 MB; the heap also contains garbage.
    expect(peak).toBeLessThan(120 * 1024 * 1024);

    const reader = (await open()).body!.getReader();
    await reader.read();
    await reader.cancel();
    const { body } = await get(api.url, `${path}?limit=1`, { token: organizer.token });
    expect(body).toMatchObject({ total: null, nextCursor: expect.any(String) });
  });
});
