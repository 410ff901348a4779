import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../test/app.js';
import { watch } from '../../test/event-stream.js';
import { aCompetition, anOrganizer, people } from '../../test/factories.js';
import { organizerOf } from '../../test/organizing.js';
import { clientOf, registrationsOf } from '../../test/registering.js';
import { NEVER, startWorker } from '../../test/worker.js';
import { checkInvariants } from '../registrations/invariants.js';

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  api = await startApi();
  worker = await startWorker({ ...api.env, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

describe('a cancelled competition', () => {
  it('is wound up by the worker: everybody is out, told once, and whoever watches sees it', async () => {
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer, capacity: 3 });
    const persons = await people(5);
    for (const person of persons) await clientOf(api.url).join(person, competition);
    const onlooker = await watch(api.url, competition);
    await vi.waitFor(() => expect(onlooker.events.at(-1)).toMatchObject({ seatsLeft: 0, waiting: 2 }));

    const { cancel } = organizerOf(api.url);
    await Promise.all([cancel(organizer, competition), cancel(organizer, competition)]);
    await vi.waitFor(
      () => expect(onlooker.events.at(-1)).toMatchObject({ seatsLeft: 3, waiting: 0, status: 'cancelled' }),
      { timeout: 10_000 },
    );
    expect((await registrationsOf(competition)).map(({ status }) => status)).toEqual(Array(5).fill('CANCELLED'));
    const { rows } = await api.pool.query(
      `SELECT user_id AS id FROM mailbox_messages WHERE kind = 'COMPETITION_CANCELLED' AND about_id = $1`,
      [competition.id],
    );
    expect(rows.map(({ id }) => id).sort()).toEqual(persons.map(({ id }) => id).sort());
    await vi.waitFor(async () => expect(await checkInvariants(api.pool)).toEqual([]), { timeout: 10_000 });
    onlooker.close();
  });
});
