import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, aPerson, employ, type Person } from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { rewriteStatements, sabotage } from '../../../test/support/sabotage.js';
import { subscribe } from '../../../test/support/seat-subscriber.js';
import { DraftViewers } from '../seats/draft-viewers.js';
import { LiveSeats } from '../seats/live-seats.service.js';

/** Removes each condition that hides a competition once, and expects it to be seen. */
let api: TestApi;
let organizer: Person;
beforeEach(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await api.close();
});

const soon = (assertion: () => unknown) => vi.waitFor(assertion, { timeout: 5_000, interval: 20 });

const withoutCondition = (condition: string, replacement: string) =>
  rewriteStatements((text) => text.replaceAll(condition, replacement));

describe('a draft', () => {
  it('VI-01: without the condition on reads, is shown to strangers, and so are its seats', async () => {
    const draft = await aCompetition({ organizer, visibility: 'DRAFT' });
    withoutCondition(`c.visibility = 'DRAFT' AS "isDraft"`, 'false AS "isDraft"');
    expect((await get(api.url, `/api/competitions/${draft.id}`)).status).toBe(200);
    const events = await subscribe(api.url, draft);
    expect(events.status).toBe(200);
    events.close();
  });

  it('VI-01: without the condition in the functions, takes registrations and is given away by leaving', async () => {
    const draft = await aCompetition({ organizer, visibility: 'DRAFT' });
    const stranger = await aPerson();
    const { register, leave } = participantClient(api.url);
    await sabotage('leave_v1', `WHEN c.visibility = 'DRAFT' THEN 'COMPETITION_NOT_FOUND'`, '');
    expect((await leave(stranger, draft)).body.code).toBe('NOT_REGISTERED');
    await sabotage('register_v2', 'c.visibility', `'PUBLIC'`);
    expect((await register(stranger, draft)).status).toBe(201);
  });

  it('VI-04: without the check of roles, the stream of a former member of the staff goes on', async () => {
    const [draft, person] = [await aCompetition({ organizer, visibility: 'DRAFT' }), await aPerson()];
    await employ(person, draft, 'MANAGER');
    const headers = { authorization: `Bearer ${person.token}` };
    const check = vi.spyOn(DraftViewers.prototype, 'endRevoked').mockResolvedValue();
    const subscriber = await subscribe(api.url, draft, { headers });
    await api.pool.query('DELETE FROM competition_staff WHERE user_id = $1', [person.id]);
    api.app.get(LiveSeats).changed(draft.id);
    await soon(() => expect(check).toHaveBeenCalled());
    expect(subscriber.ended).toBe(false);
    check.mockRestore();
    api.app.get(LiveSeats).changed(draft.id);
    await soon(() => expect(subscriber.ended).toBe(true));
  });

  it('VI-04: without the condition on seats, strangers go on watching what has become a draft', async () => {
    withoutCondition(`c.visibility = 'DRAFT' AS "isDraft"`, 'false AS "isDraft"');
    const competition = await aCompetition({ organizer });
    const subscriber = await subscribe(api.url, competition);
    await soon(() => expect(subscriber.events).toHaveLength(1));
    await organizerClient(api.url).edit(organizer, competition, { visibility: 'DRAFT' });
    await soon(() => expect(subscriber.events.at(-1)?.version).toBe(2));
    expect(subscriber.ended).toBe(false);
    subscriber.close();
  });
});

it('VI-03: without the condition on lists, they and the sitemap contain drafts and unlisted competitions', async () => {
  const hidden = [
    await aCompetition({ organizer, visibility: 'DRAFT' }),
    await aCompetition({ organizer, visibility: 'UNLISTED' }),
  ];
  withoutCondition(` AND c.visibility = 'PUBLIC'`, '');
  const list = await get(api.url, '/api/competitions');
  const sitemap = await get(api.url, '/api/sitemap');
  const page = await get(api.url, `/api/organizers/${organizer.id}`);
  for (const { id } of hidden) for (const { text } of [list, sitemap, page]) expect(text).toContain(id);
});

it('VI-08: without the condition in the trigger, words of a draft correct typos', async () => {
  await sabotage('learn_search_words', `NEW.visibility <> 'PUBLIC'`, 'false');
  await aCompetition({ title: 'Quidditchery', visibility: 'DRAFT' });
  const { rows } = await api.pool.query(`SELECT word FROM search_words WHERE word = 'quidditchery'`);
  expect(rows).toHaveLength(1);
});
