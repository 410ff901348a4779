import type { Question } from '@mini-compete/shared/questions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, aPerson, employ, type Person } from '../../../test/support/factories.js';
import { type CallOptions, call, get, patch } from '../../../test/support/http-client.js';
import { countRows, registrationsOf, rows } from '../../../test/support/queries.js';
import { answersIn, aQuestion, askQuestions } from '../../../test/support/questions.js';

let api: TestApi;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterAll(() => api.close());

const SIZE = aQuestion('size', { kind: 'CHOICE', options: ['S', 'M', 'L'], required: true });
const FOOD = aQuestion('food', { kind: 'CHOICES', options: ['vegan', 'halal'] });
const RULES = aQuestion('rules', { kind: 'CONSENT', label: 'I accept the rules', required: true });
const VALID = { size: 'M', rules: true };

type Competition = { readonly id: string };
async function aCompetitionThatAsks(questions: readonly Question[] = [SIZE, FOOD, RULES], options = {}) {
  const competition = await aCompetition({ organizer, ...options });
  await askQuestions(competition, questions);
  return competition;
}
const register = (person: Person, competition: Competition, body: object, options: CallOptions = {}) =>
  participantClient(api.url).register(person, competition, { body, ...options });
const ask = (competition: Competition, questions: readonly Question[]) =>
  organizerClient(api.url).edit(organizer, competition, { questions });
const own = ({ token }: Person, { id }: Competition) => get(api.url, `/api/competitions/${id}/registration`, { token });
const change = (
  { token }: Person,
  { id }: Competition,
  answers: object,
  questionsVersion = 1,
  options: CallOptions = {},
) => patch(api.url, `/api/competitions/${id}/registration`, { token, body: { answers, questionsVersion }, ...options });
const ofStaff = (path: string, { id }: Competition, person: Person = organizer, options: CallOptions = {}) =>
  get(api.url, `/api/competitions/${id}/${path}`, { token: person.token, ...options });

describe('registering with answers', () => {
  it('stores them with the registration, and the text that was agreed to', async () => {
    const competition = await aCompetitionThatAsks();
    const answers = { ...VALID, food: ['halal', 'vegan'] };
    expect((await register(await aPerson(), competition, { answers, questionsVersion: 1 })).status).toBe(201);
    expect(await answersIn(competition)).toEqual([
      { version: 1, answers: { ...VALID, food: ['vegan', 'halal'] }, consents: { rules: 'I accept the rules' } },
    ]);
  });

  it('is refused with the path of each bad answer, and changes nothing', async () => {
    const competition = await aCompetitionThatAsks();
    const answers = { size: 'XXL', food: ['pizza'], team: 'x' };
    const { status, body } = await register(await aPerson(), competition, { answers, questionsVersion: 1 });
    expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'answers.size',
      'answers.food',
      'answers.rules',
      'answers.team',
    ]);
    expect(await registrationsOf(competition)).toEqual([]);
  });

  it('QU-01 is refused with the present questions after one has become required', async () => {
    const competition = await aCompetitionThatAsks();
    const person = await aPerson();
    await ask(competition, [SIZE, { ...FOOD, required: true }, RULES]);
    const late = await register(person, competition, { answers: VALID, questionsVersion: 1 });
    expect([late.status, late.body.code, late.body.questionsVersion]).toEqual([409, 'QUESTIONS_CHANGED', 2]);
    expect(late.body.questions).toEqual([SIZE, { ...FOOD, required: true }, RULES]);
    const answers = { ...VALID, food: ['vegan'] };
    expect((await register(person, competition, { answers, questionsVersion: 2 })).status).toBe(201);
  });

  it('QU-03 is replayed after its question was deleted', async () => {
    const competition = await aCompetitionThatAsks();
    const person = await aPerson();
    const request = { answers: { ...VALID, food: ['vegan'] }, questionsVersion: 1 };
    const first = await register(person, competition, request, { key: 'late-copy' });
    await ask(competition, [SIZE]);
    await ask(competition, [SIZE, aQuestion('age', { required: true })]);
    const copy = await register(person, competition, request, { key: 'late-copy' });
    expect([copy.status, copy.text]).toEqual([201, first.text]);
    expect((await register(person, competition, { ...request, answers: VALID }, { key: 'late-copy' })).body.code).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
  });

  it('without answers is refused only where something is required', async () => {
    const body = {};
    const strict = await register(await aPerson(), await aCompetitionThatAsks(), body);
    expect([strict.status, strict.body.code, strict.body.questions]).toEqual([
      409,
      'QUESTIONS_CHANGED',
      [SIZE, FOOD, RULES],
    ]);
    const free = await aCompetitionThatAsks([FOOD]);
    expect((await register(await aPerson(), free, body)).status).toBe(201);
    expect((await register(await aPerson(), free, { answers: { food: ['vegan'] } })).status).toBe(201);
    expect((await register(await aPerson(), free, { answers: { food: ['pizza'] } })).body.errors[0].path).toBe(
      'answers.food',
    );
    expect(await answersIn(free)).toEqual([{ version: 1, answers: { food: ['vegan'] }, consents: {} }]);
  });

  it('takes answers to a version that was edited in place by another server', async () => {
    const other = await startApi({ databaseUrl: api.env.databaseUrl });
    const competition = await aCompetitionThatAsks([FOOD]);
    const request = (person: Person, food: string[]) =>
      participantClient(other.url).register(person, competition, { body: { answers: { food }, questionsVersion: 1 } });
    expect((await request(await aPerson(), ['vegan'])).status).toBe(201);
    await ask(competition, [{ ...FOOD, options: ['vegan', 'halal', 'kosher'] }]);
    expect((await request(await aPerson(), ['kosher'])).status).toBe(201);
    await other.close();
  });

  it('checks everything that comes before the questions first, and the seat last', async () => {
    const person = await aPerson();
    const bad = { answers: { size: 'XXL' }, questionsVersion: 1 };
    const closed = await aCompetitionThatAsks(undefined, { regDeadline: new Date(Date.now() - 1_000) });
    expect((await register(person, closed, bad)).body.code).toBe('REGISTRATION_CLOSED');
    expect((await register(person, { id: crypto.randomUUID() }, bad)).body.code).toBe('COMPETITION_NOT_FOUND');
    const full = await aCompetitionThatAsks(undefined, { capacity: 1 });
    await register(person, full, { answers: VALID, questionsVersion: 1 });
    expect((await register(person, full, bad)).body.code).toBe('ALREADY_REGISTERED');
    const next = await aPerson();
    expect((await register(next, full, { ...bad, questionsVersion: 7 })).body.code).toBe('QUESTIONS_CHANGED');
    expect((await register(next, full, bad)).body.code).toBe('VALIDATION_FAILED');
    expect((await register(next, full, { answers: VALID, questionsVersion: 1 })).body.code).toBe('COMPETITION_FULL');
  });

  it('a spelled-out default is the same request, and answers are part of it', async () => {
    const competition = await aCompetitionThatAsks([FOOD]);
    const person = await aPerson();
    const first = await register(person, competition, {}, { key: 'defaults' });
    const same = await register(person, competition, { answers: {}, joinWaitlist: false }, { key: 'defaults' });
    expect([first.status, same.status, same.text]).toEqual([201, 201, first.text]);
    const other = await register(person, competition, { answers: { food: ['vegan'] } }, { key: 'defaults' });
    expect(other.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it.each([
    ['prototype keys', '{"answers": {"__proto__": {"size": "M"}}, "questionsVersion": 1}'],
    ['a constructor', '{"answers": {"constructor": "x"}, "questionsVersion": 1}'],
    ['nested values', '{"answers": {"size": {"a": [1]}}, "questionsVersion": 1}'],
    ['a list', '{"answers": ["M"], "questionsVersion": 1}'],
    ['NUL', '{"answers": {"size": "\\u0000"}, "questionsVersion": 1}'],
    ['half of a character', '{"answers": {"size": "\\ud800"}, "questionsVersion": 1}'],
    ['a huge number', '{"answers": {"size": 1e999}, "questionsVersion": 1}'],
    ['a version below zero', '{"answers": {}, "questionsVersion": -1}'],
    ['a version that is no number', '{"answers": {}, "questionsVersion": "1"}'],
    [
      'very long answers',
      JSON.stringify({
        answers: { size: 'ä'.repeat(5_000), b: 'x'.repeat(5_000), c: 'x'.repeat(5_000), d: 'x'.repeat(5_000) },
        questionsVersion: 1,
      }),
    ],
  ])('refuses %s with 400', async (_, body) => {
    const competition = await aCompetitionThatAsks();
    expect((await register(await aPerson(), competition, body as never)).status).toBe(400);
    expect(await registrationsOf(competition)).toEqual([]);
  });

  it('takes thirty answers in every script', async () => {
    const questions = Array.from({ length: 30 }, (_, n) => aQuestion(`q${n}`, { required: true, kind: 'LONG_TEXT' }));
    const competition = await aCompetitionThatAsks(questions);
    const texts = ['مرحبا \ud83c\udf89', "Robert'); DROP TABLE users;--", '{"a": "$1"}', '\\u0000 \\ "'];
    const answers = Object.fromEntries(
      questions.map(({ id }, n) => [id, `${texts[n % texts.length]} ${n}`.repeat(15)]),
    );
    expect((await register(await aPerson(), competition, { answers, questionsVersion: 1 })).status).toBe(201);
    expect((await answersIn(competition))[0]?.answers).toEqual(answers);
  });
});

describe('my answers', () => {
  it('can be read and changed until the deadline, and the history names the questions only', async () => {
    const competition = await aCompetitionThatAsks();
    const person = await aPerson();
    expect((await own(person, competition)).body.code).toBe('NOT_REGISTERED');
    await register(person, competition, { answers: VALID, questionsVersion: 1 });
    expect((await own(person, competition)).body).toMatchObject({
      questions: [SIZE, FOOD, RULES],
      questionsVersion: 1,
      answers: VALID,
      consents: { rules: 'I accept the rules' },
    });
    const changed = await change(person, competition, { ...VALID, size: 'L' });
    expect([changed.status, changed.body.answers]).toEqual([200, { ...VALID, size: 'L' }]);
    const { text, body } = await ofStaff('history?kind=registrations', competition);
    expect(body.items[0]).toMatchObject({
      action: 'registration.answered',
      actor: { id: person.id },
      person: { id: person.id },
      changes: [{ field: 'size', before: null, after: null }],
    });
    expect(text).not.toContain('"L"');
    expect((await ofStaff('history?kind=removals', competition)).body.items).toEqual([]);
    await rows('UPDATE competitions SET reg_deadline = now() WHERE id = $1', [competition.id]);
    expect((await change(person, competition, VALID)).body.code).toBe('REGISTRATION_CLOSED');
  });

  it('are changed once per key, and an equal change leaves no trace', async () => {
    const competition = await aCompetitionThatAsks();
    const person = await aPerson();
    await register(person, competition, { answers: VALID, questionsVersion: 1 });
    const first = await change(person, competition, { ...VALID, size: 'S' }, 1, { key: 'change' });
    await change(person, competition, { ...VALID, size: 'L' });
    const copy = await change(person, competition, { ...VALID, size: 'S' }, 1, { key: 'change' });
    expect([copy.text, copy.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
    await change(person, competition, { ...VALID, size: 'L' });
    expect((await own(person, competition)).body.answers.size).toBe('L');
    const where = `action = 'registration.answered' AND subject_id = '${competition.id}'`;
    expect(await countRows('audit_entries', where)).toBe(2);
  });

  it('answer the present questions when they are changed, and those to deleted ones are kept', async () => {
    const competition = await aCompetitionThatAsks();
    const person = await aPerson();
    await register(person, competition, { answers: { ...VALID, food: ['vegan'] }, questionsVersion: 1 });
    await ask(competition, [{ ...SIZE, options: ['M', 'L'] }, RULES]);
    const late = await change(person, competition, VALID);
    expect([late.body.code, late.body.questionsVersion]).toEqual(['QUESTIONS_CHANGED', 2]);
    expect(
      (await change(person, competition, { size: 'S' }, 2)).body.errors.map((e: { path: string }) => e.path),
    ).toEqual(['answers.size', 'answers.rules']);
    expect((await change(person, competition, { ...VALID, size: 'L' }, 2)).status).toBe(200);
    expect(await answersIn(competition)).toMatchObject([{ version: 2, answers: { size: 'L', food: ['vegan'] } }]);
    expect((await own(person, competition)).body.questions.map(({ id }: Question) => id)).toEqual([
      'size',
      'rules',
      'food',
    ]);
  });
});

describe('the answers of registrants', () => {
  async function answered() {
    const competition = await aCompetitionThatAsks();
    const persons = [await aPerson({ name: '=Ada' }), await aPerson(), await aPerson()] as const;
    const food = [['vegan', 'halal'], ['vegan'], []];
    const sizes = ['M', 'M', 'L'];
    for (const [n, person] of persons.entries())
      await register(person, competition, {
        answers: { rules: true, size: sizes[n], food: food[n] },
        questionsVersion: 1,
      });
    return { competition, persons };
  }

  it('are counted per option, and filter the list', async () => {
    const { competition, persons } = await answered();
    const { body } = await ofStaff('answers', competition);
    expect(body.questions).toEqual([
      {
        id: 'size',
        answered: 3,
        options: [
          { value: 'S', count: 0 },
          { value: 'M', count: 2 },
          { value: 'L', count: 1 },
        ],
      },
      {
        id: 'food',
        answered: 2,
        options: [
          { value: 'vegan', count: 2 },
          { value: 'halal', count: 1 },
        ],
      },
      { id: 'rules', answered: 3, options: [{ value: 'true', count: 3 }] },
    ]);
    const found = async (query: string) => {
      const page = (await ofStaff(`registrations?${query}`, competition)).body;
      return [
        page.total,
        page.items.map(({ userId }: { userId: string }) => persons.findIndex(({ id }) => id === userId)),
      ];
    };
    expect(await found('question=food&answer=halal')).toEqual([1, [0]]);
    expect(await found('question=size&answer=M&sort=-registered')).toEqual([2, [1, 0]]);
    expect(await found('question=size&answer=M&sort=name&limit=1')).toEqual([2, [0]]);
    expect(await found('question=rules&answer=true&status=seated')).toEqual([3, [0, 1, 2]]);
    expect(await found('question=size&answer=%27')).toEqual([0, []]);
  });

  it('are a column each in the export, with formulas escaped', async () => {
    const competition = await aCompetitionThatAsks([aQuestion('note', { label: '=1+1' }), FOOD]);
    const answers = { note: '=HYPERLINK("x")', food: ['vegan', 'halal'] };
    await register(await aPerson(), competition, { answers, questionsVersion: 1 });
    await ask(competition, [FOOD]);
    const { text } = await ofStaff('registrations?format=csv', competition);
    const [head, row] = text.trim().split('\r\n');
    expect(head).toMatch(/"food","'=1\+1"$/);
    expect(row).toMatch(/"vegan; halal","'=HYPERLINK\(""x""\)"$/);
  });

  it('RO-01 are read by owners, managers and reviewers, and by nobody else', async () => {
    const { competition, persons } = await answered();
    const [registration] = await registrationsOf(competition);
    const path = `registrations/${registration?.id}/answers`;
    expect((await ofStaff(path, competition)).body.answers).toEqual({
      rules: true,
      size: 'M',
      food: ['vegan', 'halal'],
    });
    for (const [role, expected] of [
      ['MANAGER', 200],
      ['REVIEWER', 200],
      ['SCANNER', 403],
    ] as const) {
      const person = await aPerson();
      await employ(person, competition, role);
      expect([role, (await ofStaff(path, competition, person)).status]).toEqual([role, expected]);
      expect([role, (await ofStaff('answers', competition, person)).status]).toEqual([role, expected]);
      expect(await (await ofStaff('registrations', competition, person)).status).toBe(role === 'MANAGER' ? 200 : 403);
    }
    expect((await ofStaff(path, competition, persons[1])).status).toBe(403);
    expect((await call('GET', api.url, `/api/competitions/${competition.id}/${path}`)).status).toBe(401);
    const elsewhere = await aCompetition({ organizer });
    expect((await ofStaff(path, elsewhere)).body.code).toBe('REGISTRATION_NOT_FOUND');
  });

  it('are in the rows of the list only where something is asked', async () => {
    const { competition } = await answered();
    expect((await ofStaff('registrations', competition)).body.items[0].answers).toMatchObject({ size: 'M' });
    const silent = await aCompetition({ organizer });
    await register(await aPerson(), silent, {});
    expect((await ofStaff('registrations', silent)).body.items[0]).not.toHaveProperty('answers');
  });
});
