import type { Question } from '@mini-compete/shared/questions';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, inHours, type Person } from '../../../test/support/factories.js';
import { get, post } from '../../../test/support/http-client.js';
import { rows } from '../../../test/support/queries.js';
import { aQuestion } from '../../../test/support/questions.js';

let api: TestApi;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterAll(() => api.close());

const competitionOf = () => aCompetition({ organizer });
const ask = (competition: { id: string }, questions: readonly Question[]) =>
  organizerClient(api.url).edit(organizer, competition, { questions });
const read = async ({ id }: { id: string }) => (await get(api.url, `/api/competitions/${id}`)).body;
const SIZE = aQuestion('size', { kind: 'CHOICE', options: ['S', 'M'], required: true });

describe('the questions of a competition', () => {
  it('are edited with the competition and shown to everybody who sees it', async () => {
    const competition = await competitionOf();
    expect(await read(competition)).not.toHaveProperty('questions');
    const { status, body } = await ask(competition, [SIZE, aQuestion('food')]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ version: 2, questionsVersion: 1, questions: [SIZE, aQuestion('food')] });
    expect((await read(competition)).questions).toEqual([SIZE, aQuestion('food')]);
  });

  it('are created with it', async () => {
    const { status, body } = await post(api.url, '/api/competitions', {
      token: organizer.token,
      body: { title: 'Chess', description: '', capacity: 4, regDeadline: inHours(9), questions: [SIZE] },
    });
    expect([status, body.questionsVersion, body.questions]).toEqual([201, 1, [SIZE]]);
  });

  it('get a new version only when answers could become invalid', async () => {
    const competition = await competitionOf();
    const versionAfter = async (questions: readonly Question[]) =>
      (await ask(competition, questions)).body.questionsVersion;
    expect(await versionAfter([SIZE])).toBe(1);
    expect(await versionAfter([{ ...SIZE, label: 'T-shirt', options: ['S', 'M', 'L'] }, aQuestion('food')])).toBe(1);
    expect(await versionAfter([{ ...SIZE, options: ['S', 'L'] }])).toBe(2);
    expect(await versionAfter([{ ...SIZE, options: ['S', 'L'] }, aQuestion('age', { required: true })])).toBe(3);
    expect(await versionAfter([])).toBe(3);
    expect(await versionAfter([SIZE])).toBe(4);
    // Whatever is required has to be answered: registering compares this.
    const [row] = await rows('SELECT questions_version, requires_answers FROM competitions WHERE id = $1', [
      competition.id,
    ]);
    expect(row).toEqual({ questions_version: 4, requires_answers: true });
  });

  it('do not change the competition when they are the same', async () => {
    const competition = await competitionOf();
    await ask(competition, [SIZE, aQuestion('site', { kind: 'URL', help: 'Of your team' })]);
    const { body } = await ask(competition, [SIZE, aQuestion('site', { kind: 'URL', help: 'Of your team' })]);
    expect(body.version).toBe(2);
  });

  it('are hidden when they are deleted, and in the history', async () => {
    const competition = await competitionOf();
    await ask(competition, [SIZE, aQuestion('food')]);
    expect((await ask(competition, [aQuestion('food')])).body.questions).toEqual([aQuestion('food')]);
    expect((await read(competition)).questions).toEqual([aQuestion('food')]);
    const history = await get(api.url, `/api/competitions/${competition.id}/history`, { token: organizer.token });
    expect(history.body.items[0]).toMatchObject({
      action: 'competition.edited',
      changes: [{ field: 'questions', before: ['size', 'food'], after: ['food'] }],
    });
  });

  it.each([
    ['more than thirty', Array.from({ length: 31 }, (_, n) => aQuestion(`q${n}`)), 'questions'],
    ['two with one id', [SIZE, SIZE], 'questions'],
    ['a choice without options', [aQuestion('size', { kind: 'CHOICE' })], 'questions.0.options'],
    ['an id that objects inherit', [aQuestion('toString')], 'questions.0.id'],
  ])('are refused: %s', async (_, questions, path) => {
    const { status, body } = await ask(await competitionOf(), questions);
    expect([status, body.errors?.[0].path]).toEqual([400, path]);
  });

  it('wait until no server is connected that cannot take answers', async () => {
    const competition = await competitionOf();
    const older = new Client({ connectionString: api.env.databaseUrl, application_name: 'mini-compete/2 api' });
    await older.connect();
    expect((await ask(competition, [SIZE])).body.code).toBe('UPGRADE_IN_PROGRESS');
    expect((await organizerClient(api.url).edit(organizer, competition, { title: 'Another title' })).status).toBe(200);
    await older.end();
    await expect.poll(async () => (await ask(competition, [SIZE])).status).toBe(200);
  });
});
