import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, anOrganizer, inHours, type Person } from '../../../test/support/factories.js';
import { get, patch, post } from '../../../test/support/http-client.js';
import { lockCompetition } from '../../../test/support/locks.js';
import { rows } from '../../../test/support/queries.js';
import { RENDERER_VERSION } from './markdown.js';

let api: TestApi;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterAll(() => api.close());

interface Stored {
  renderer: number;
  html: string;
}
const storedOf = async (id: string) =>
  (await rows<Stored>('SELECT renderer, html FROM competition_descriptions WHERE competition_id = $1', [id]))[0];
const pathOf = (id: string) => `/api/competitions/${id}`;
const htmlOf = async (id: string): Promise<string> => (await get(api.url, pathOf(id))).body.descriptionHtml;
const create = (description: string) =>
  post(api.url, '/api/competitions', {
    token: organizer.token,
    body: { title: 'Chess', description, capacity: 5, regDeadline: inHours(24) },
  });
const edit = (id: string, changes: object) =>
  patch(api.url, pathOf(id), { token: organizer.token, body: changes, headers: { 'if-match': '*' } });
/** As a server of the previous version edits it. */
const editWithoutRendering = (id: string, description: string) =>
  rows('UPDATE competitions SET description = $2, version = version + 1 WHERE id = $1', [id, description]);

it('S4: a description is rendered when the competition is created and when the description is edited', async () => {
  const created = await create('*new*');
  const { id } = created.body;
  expect(created.body.descriptionHtml).toBe('<p><em>new</em></p>\n');
  expect(await storedOf(id)).toEqual({ renderer: RENDERER_VERSION, html: '<p><em>new</em></p>\n' });

  const edited = await edit(id, { description: '**edited**' });
  expect(edited.body.descriptionHtml).toBe('<p><strong>edited</strong></p>\n');
  expect((await storedOf(id))?.html).toBe('<p><strong>edited</strong></p>\n');
});

it('S4: a read returns the stored HTML, and does not render the description', async () => {
  const { id } = (await create('*typed*')).body;
  await rows('UPDATE competition_descriptions SET html = $2 WHERE competition_id = $1', [id, '<p>stored</p>']);
  expect(await htmlOf(id)).toBe('<p>stored</p>');
  expect((await edit(id, { title: 'Checkers' })).body.descriptionHtml).toBe('<p>stored</p>');
});

it('S4: what a server of the previous version wrote is rendered by the first read, and stored', async () => {
  const { id } = await aCompetition({ description: '# Old' });
  expect(await htmlOf(id)).toBe('<h2>Old</h2>\n');
  expect(await eventually(() => storedOf(id), Boolean)).toMatchObject({ html: '<h2>Old</h2>\n' });
});

it('S4: HTML of an earlier description is never shown', async () => {
  const { id } = (await create('*before*')).body;
  await editWithoutRendering(id, '*after*');
  expect(await htmlOf(id)).toBe('<p><em>after</em></p>\n');
  await eventually(
    () => storedOf(id),
    (stored) => stored?.html === '<p><em>after</em></p>\n',
  );
});

it('S4: HTML of another version of the renderer is not shown, and that of a newer one is kept', async () => {
  const { id } = (await create('text')).body;
  const store = (renderer: number) =>
    rows(`UPDATE competition_descriptions SET renderer = $2, html = 'other' WHERE competition_id = $1`, [id, renderer]);
  await store(RENDERER_VERSION - 1);
  expect(await htmlOf(id)).toBe('<p>text</p>\n');
  await eventually(
    () => storedOf(id),
    (stored) => stored?.renderer === RENDERER_VERSION,
  );

  await store(RENDERER_VERSION + 1);
  expect((await edit(id, { description: 'text again' })).body.descriptionHtml).toBe('<p>text again</p>\n');
  expect(await storedOf(id)).toEqual({ renderer: RENDERER_VERSION + 1, html: 'other' });
});

it('S4: a description is rendered for the form, for signed-in people only', async () => {
  const preview = async (token?: string) => {
    const body = { description: '<b>*a*' };
    return post(api.url, '/api/competitions/preview-description', { token, body });
  };
  expect(await preview(organizer.token)).toMatchObject({
    status: 200,
    body: { descriptionHtml: '<p>&lt;b&gt;<em>a</em></p>\n' },
  });
  expect((await preview()).status).toBe(401);
});

it('S4: reads of a competition whose row is locked do not use up the connections', async () => {
  const { id } = await aCompetition({ description: 'text' });
  const holder = await lockCompetition({ id }, 'FOR UPDATE');
  for (let read = 0; read < 50; read++) expect(await htmlOf(id)).toBe('<p>text</p>\n');
  await holder.release();
});
