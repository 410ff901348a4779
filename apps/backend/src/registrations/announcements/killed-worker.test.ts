import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announcementClient } from '../../../test/support/announcement-client.js';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, expectNothingBroken, runJob } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';

let api: TestApi;
let workers: Awaited<ReturnType<typeof startWorker>>[];
beforeAll(async () => {
  api = await startApi();
  const env = { ...api.env, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER };
  workers = await Promise.all([startWorker(env), startWorker(env)]);
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await api.close();
});

/** Fails the batch that would write message number `position`, as a worker does that is killed in it. */
const killAfter = (position: number) =>
  rows(`
    CREATE OR REPLACE FUNCTION die_half_way() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.handled > ${position} THEN RAISE EXCEPTION 'killed'; END IF;
      RETURN NEW;
    END $$;
    CREATE OR REPLACE TRIGGER die BEFORE UPDATE ON announcements FOR EACH ROW EXECUTE FUNCTION die_half_way()`);

describe('BM-02 a worker that is killed half-way through 5,000 messages', () => {
  it('leaves one message each when others go on, even two at once, and nobody who came in between', {
    timeout: 120_000,
  }, async () => {
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer, capacity: 5_001 });
    const persons = await people(5_000);
    await registerMany(persons, competition);
    await allJobsSettled();
    const staff = announcementClient(api.url);
    const { id, response } = await staff.announce(organizer, competition);
    const actId = response.body.id as string;
    const [job] = await rows<{ id: string }>('SELECT outbox_id AS id FROM pending_acts WHERE id = $1', [actId]);
    const run = (worker = workers[0]) => runJob(worker!.app, 'announce', job!.id, { announcementId: id, actId });
    const written = () => messages(`kind = 'ANNOUNCEMENT' AND about_id = '${id}'`);

    for (const position of [1_000, 2_500]) {
      await killAfter(position);
      await expect(run()).rejects.toThrow('killed');
      expect(await written()).toHaveLength(position);
    }
    expect((await staff.read(organizer, competition, id)).body).toMatchObject({
      state: 'SENDING',
      canStop: true,
      progress: { recipients: 5_000, written: 2_500 },
    });
    expect((await organizerClient(api.url).undo(organizer, competition, actId)).body.code).toBe('TOO_LATE_TO_UNDO');
    await registerMany(await people(1), competition);
    await rows('DROP TRIGGER die ON announcements');
    await Promise.all([run(), run(workers[1])]);
    await allJobsSettled();
    const all = await written();
    expect(all).toHaveLength(5_000);
    expect(new Set(all.map(({ userId }) => userId))).toEqual(new Set(persons.map((person) => person.id)));
    await expectNothingBroken();
  });
});
