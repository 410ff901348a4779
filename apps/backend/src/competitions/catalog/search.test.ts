import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetition, anOrganizer, inHours } from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  const organizer = await anOrganizer();
  const make = (title: string, options = {}) => aCompetition({ title, organizer, description: '', ...options });
  await make('Chess Open 2026', { tags: ['chess', 'mind'], regDeadline: inHours(3) });
  await make('Golf Cup', { tags: ['sport'], regDeadline: inHours(2) });
  await make('Ålandsloppet', {
    tags: ['sport', 'running'],
    regDeadline: inHours(5),
    description: 'Along the **harbor**.',
  });
  await make('Programming Marathon', {
    tags: ['mind'],
    regOpensAt: inHours(1),
    regDeadline: inHours(4),
    location: 'Uppsala',
  });
  await make('Old Regatta', { regDeadline: inHours(-2), startDate: inHours(-1) });
  await make('Older Regatta', { regDeadline: inHours(-3), startDate: null });
  const { id } = await make('Full Relay', { capacity: 1, regDeadline: inHours(6) });
  await api.pool.query('UPDATE competitions SET seats_left = 0 WHERE id = $1', [id]);
  const gone = await make('Gone Golf');
  await api.pool.query('UPDATE competitions SET deleted_at = now() WHERE id = $1', [gone.id]);
});
afterAll(() => api.close());

async function titles(query: string): Promise<string[]> {
  const { body } = await get(api.url, `/api/competitions?${query}`);
  return body.items.map(({ title }: { title: string }) => title);
}

describe('searching competitions', () => {
  it.each([
    ['chess', ['Chess Open 2026']],
    ['CHE', ['Chess Open 2026']],
    ['cehss', ['Chess Open 2026']],
    ['chss open', ['Chess Open 2026']],
    ['glof', ['Golf Cup']],
    ['alands', ['Ålandsloppet']],
    ['harb', ['Ålandsloppet']],
    ['progaming maraton', ['Programming Marathon']],
    ['upsala', ['Programming Marathon']],
    ['mraathon', ['Programming Marathon']],
    ['pragrammeng', ['Programming Marathon']],
    ['golf chess', []],
    ['gxx', []],
    ["'; DROP TABLE x; --", []],
    ['\\', []],
    ['%', []],
  ])('finds matches of %j', async (search, found) => {
    expect(await titles(`search=${encodeURIComponent(search)}`)).toEqual(found);
  });

  it('filters by tags, which must all match', async () => {
    expect(await titles('tags=sport')).toEqual(['Golf Cup', 'Ålandsloppet']);
    expect(await titles('tags=Sport,running')).toEqual(['Ålandsloppet']);
  });

  it('filters by status', async () => {
    expect(await titles('status=upcoming')).toEqual(['Programming Marathon']);
    expect(await titles('status=open')).toEqual(['Golf Cup', 'Chess Open 2026', 'Ålandsloppet']);
    expect(await titles('status=full')).toEqual(['Full Relay']);
    expect(await titles('status=closed')).toEqual(['Old Regatta', 'Older Regatta']);
  });
});

describe('a list of competitions', () => {
  const all = [
    'Golf Cup',
    'Chess Open 2026',
    'Programming Marathon',
    'Ålandsloppet',
    'Full Relay',
    'Old Regatta',
    'Older Regatta',
  ];

  it('begins with the next deadline and ends with past competitions', async () => {
    expect(await titles('')).toEqual(all);
  });

  it.each(['deadline', 'start', 'newest', 'popular'])(
    'by %s is the same in pages of two as on one page',
    async (sort) => {
      const whole = await titles(`sort=${sort}&limit=100`);
      expect(whole).toHaveLength(7);
      const paged: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { body }: { body: { items: { title: string }[]; nextCursor: string | null; total: number } } = await get(
          api.url,
          `/api/competitions?sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`,
        );
        expect(body.total).toBe(7);
        paged.push(...body.items.map(({ title }) => title));
        cursor = body.nextCursor;
      }
      expect(paged).toEqual(whole);
    },
  );

  it('refuses invalid parameters', async () => {
    for (const query of [
      'limit=0',
      'limit=101',
      'limit=x',
      'sort=random',
      'status=odd',
      'cursor=xx',
      'cursor=e30',
      'unknown=1',
      'sort=newest&sort=start',
    ])
      expect((await get(api.url, `/api/competitions?${query}`)).status, query).toBe(400);
  });
});
