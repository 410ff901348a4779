import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../test/app.js';
import { post, tally } from '../../test/client.js';
import { aCompetition, people } from '../../test/factories.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('a rush', () => {
  it('AD-01 gives the last seat to exactly one of five hundred who ask at once', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const answers = await Promise.all(
      (await people(500)).map(({ token }) =>
        post(api.url, `/api/competitions/${competition.id}/register`, { token, body: {} }),
      ),
    );
    expect(tally(answers)).toEqual({ 201: 1, COMPETITION_FULL: 499 });
  });
});
