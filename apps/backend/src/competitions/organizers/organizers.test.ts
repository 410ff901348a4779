import { OrganizerPage } from '@mini-compete/shared/organizers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetition, anOrganizer, aPerson, inHours, type Person } from '../../../test/support/factories.js';
import { call, get } from '../../../test/support/http-client.js';
import { rows } from '../../../test/support/queries.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const read = (id: string, query = '') => get(api.url, `/api/organizers/${id}${query}`);
const save = ({ token }: Person, body: object) => call('PUT', api.url, '/api/organizers/me', { token, body });
const profile = { text: 'We play **chess**.', links: [{ label: 'Our club', url: 'https://chess.example.org/' }] };

describe('the page of an organizer', () => {
  it('OG-01: shows name, text, links and public competitions, and nothing else about the person', async () => {
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer });
    await aCompetition({ organizer, visibility: 'UNLISTED' });
    await aCompetition({ organizer, visibility: 'DRAFT' });
    await aCompetition();
    await save(organizer, profile);
    const { status, body, text } = await read(organizer.id);
    expect(status).toBe(200);
    expect(OrganizerPage.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      id: organizer.id,
      name: organizer.name,
      textHtml: '<p>We play <strong>chess</strong>.</p>\n',
      links: profile.links,
      competitions: { items: [{ id: competition.id }], nextCursor: null, total: 1 },
    });
    expect(Object.keys(body).toSorted()).toEqual(['competitions', 'id', 'links', 'name', 'textHtml']);
    expect(text).not.toContain(organizer.email);
  });

  it('OG-02: lists what is ahead, soonest first, then what is past, latest first, in pages as in one', async () => {
    const organizer = await anOrganizer();
    const dates: [number, number | null][] = [
      [-50, -48],
      [10, null],
      [1, 90],
      [-2, 5],
      [-99, null],
    ];
    for (const [deadline, start] of dates)
      await aCompetition({
        organizer,
        title: String(start ?? deadline),
        regDeadline: inHours(deadline),
        startDate: start === null ? null : inHours(start),
      });
    const titles = ({ body }: { body: OrganizerPage }) => body.competitions.items.map(({ title }) => Number(title));
    expect(titles(await read(organizer.id))).toEqual([5, 10, 90, -48, -99]);
    const paged: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const response = await read(organizer.id, `?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(response.body.competitions.total).toBe(5);
      paged.push(...titles(response));
      cursor = response.body.competitions.nextCursor;
    }
    expect(paged).toEqual([5, 10, 90, -48, -99]);
  });

  it('OG-03: does not exist for an account that organizes nothing public and has written nothing', async () => {
    const [participant, organizer, writer] = [await aPerson(), await anOrganizer(), await anOrganizer()];
    await aCompetition({ organizer, visibility: 'UNLISTED' });
    await save(writer, { ...profile, links: [] });
    await save(organizer, { text: ' \n', links: profile.links });
    expect((await read(writer.id)).status).toBe(200);
    for (const id of [participant.id, organizer.id, '01890000-0000-7000-8000-000000000000'])
      expect((await read(id)).body.code).toBe('ORGANIZER_NOT_FOUND');
    expect((await read('nonsense')).status).toBe(400);
  });

  it('OG-03: does not exist for a disabled account', async () => {
    const organizer = await anOrganizer();
    await aCompetition({ organizer });
    await save(organizer, profile);
    await api.pool.query('UPDATE users SET disabled_at = now() WHERE id = $1', [organizer.id]);
    expect((await read(organizer.id)).body.code).toBe('ORGANIZER_NOT_FOUND');
  });

  it('renders the text again when another version of the renderer has stored it', async () => {
    const organizer = await anOrganizer();
    await save(organizer, profile);
    await api.pool.query(`UPDATE organizer_profiles SET renderer = 0, html = '<script>' WHERE user_id = $1`, [
      organizer.id,
    ]);
    expect((await read(organizer.id)).body.textHtml).toBe('<p>We play <strong>chess</strong>.</p>\n');
  });
});

describe('what an organizer writes', () => {
  it('is read and replaced by the organizer', async () => {
    const organizer = await anOrganizer();
    const own = async () => (await get(api.url, '/api/organizers/me', { token: organizer.token })).body;
    expect(await own()).toEqual({ text: '', links: [] });
    expect((await save(organizer, profile)).body).toEqual(profile);
    expect(await own()).toEqual(profile);
    await save(organizer, { text: '', links: [] });
    expect(await own()).toEqual({ text: '', links: [] });
    expect(await rows('SELECT FROM organizer_profiles WHERE user_id = $1', [organizer.id])).toHaveLength(1);
  });

  it('is refused from participants and visitors', async () => {
    expect((await save(await aPerson(), profile)).body.code).toBe('FORBIDDEN');
    expect((await call('PUT', api.url, '/api/organizers/me', { body: profile })).status).toBe(401);
  });

  it.each([
    'http://example.org',
    'javascript:alert(1)',
    'https://',
    'https://example.org@evil.example',
    'https://:secret@example.org',
    'https://localhost',
    'example.org',
    'https://example.org/\n',
  ])('OG-04: refuses the link %j', async (url) => {
    const response = await save(await anOrganizer(), { text: '', links: [{ label: 'A link', url: `${url}` }] });
    if (url.endsWith('\n')) expect(response.body.links[0].url).toBe(url.trim());
    else expect(response.body).toMatchObject({ status: 400, errors: [{ path: 'links.0.url' }] });
  });

  it('OG-04: refuses more than five links, and names without a visible character', async () => {
    const organizer = await anOrganizer();
    const link = profile.links[0];
    expect((await save(organizer, { text: '', links: Array(5).fill(link) })).status).toBe(200);
    expect((await save(organizer, { text: '', links: Array(6).fill(link) })).status).toBe(400);
    expect((await save(organizer, { text: '', links: [{ ...link, label: '\u200b' }] })).status).toBe(400);
    expect((await save(organizer, { text: 'x'.repeat(5_001), links: [] })).status).toBe(400);
  });
});
