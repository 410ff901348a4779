import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { anOrganizer, aPerson, type Person } from '../../../test/support/factories.js';
import { call, get, patch, post } from '../../../test/support/http-client.js';
import { answerAsMember, aTeam, leaveTeam, registerTeam } from '../../../test/support/named-teams.js';
import { aQuestion, askQuestions } from '../../../test/support/questions.js';
import { aTeamCompetition } from '../../../test/support/teams.js';

let api: TestApi;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterAll(() => api.close());

type Competition = { readonly id: string };
const read = (competition: Competition, path: string) =>
  get(api.url, `/api/competitions/${competition.id}/${path}`, { token: organizer.token });
const named = async (...names: string[]): Promise<Person[]> => {
  const persons: Person[] = [];
  for (const name of names) persons.push(await aPerson({ name }));
  return persons;
};

const QUESTIONS = [
  aQuestion('city', { kind: 'CHOICE', options: ['Bern', 'Rome'], label: 'City' }),
  aQuestion('size', { kind: 'CHOICE', options: ['M', 'L'], label: 'Size', answeredBy: 'MEMBER' }),
  aQuestion('nickname', { label: 'Nickname', answeredBy: 'MEMBER' }),
];

/** Two teams that have answered; the second one waits. */
async function twoTeams(options = {}) {
  const competition = await aTeamCompetition({ organizer, capacity: 4, ...options });
  await askQuestions(competition, QUESTIONS);
  const [ada, ben, cleo] = (await named('Ada', 'Ben', 'Cleo')) as [Person, Person, Person];
  const [dan, eve] = (await named('Dan', 'Eve')) as [Person, Person];
  const zebras = await aTeam(competition, [ada, ben, cleo], { name: 'Zebras' });
  const antelopes = await aTeam(competition, [dan, eve], { name: 'Antelopes' });
  await answerAsMember(zebras, ada, { size: 'M', nickname: 'Ace, “the” 1st' });
  await answerAsMember(zebras, ben, { size: 'L' });
  await answerAsMember(antelopes, eve, { size: 'L' });
  const first = await registerTeam(zebras, { answers: { city: 'Rome' } });
  const second = await registerTeam(antelopes, { join: true, answers: { city: 'Bern' } });
  return { competition, zebras, antelopes, first, second, persons: { ada, ben, cleo, dan, eve } };
}

const member = ({ id, name, email }: Person) => ({ userId: id, name, email });

describe('the list of registrants of a competition for teams', () => {
  it('has a row for each team, with its members, its position and its answers', async () => {
    const { competition, zebras, antelopes, persons } = await twoTeams();
    const { body } = await read(competition, 'registrations');
    expect(body.items).toMatchObject([
      {
        userId: persons.ada.id,
        name: 'Zebras',
        email: persons.ada.email,
        status: 'PENDING',
        position: null,
        answers: { city: 'Rome' },
        team: {
          id: zebras.id,
          name: 'Zebras',
          captainId: persons.ada.id,
          members: [persons.ada, persons.ben, persons.cleo].map(member),
        },
      },
      { name: 'Antelopes', status: 'WAITLISTED', position: 1, team: { id: antelopes.id } },
    ]);
    expect(body.total).toBe(2);
  });

  it('finds a team by its name, and by the name and the address of any member who is in it', async () => {
    const { competition, zebras, persons } = await twoTeams();
    const found = async (text: string) => {
      const { items, total } = (await read(competition, `registrations?search=${encodeURIComponent(text)}`)).body;
      return [total, items.map(({ name }: { name: string }) => name)];
    };
    expect(await found('ebra')).toEqual([1, ['Zebras']]);
    expect(await found('cleo')).toEqual([1, ['Zebras']]);
    expect(await found(persons.eve.email)).toEqual([1, ['Antelopes']]);
    await leaveTeam(zebras, persons.cleo);
    expect(await found('cleo')).toEqual([0, []]);
  });

  it('is sorted by the names of teams, and filtered by what a team or one of its members has answered', async () => {
    const { competition } = await twoTeams();
    const names = async (query: string) => {
      const { items, total } = (await read(competition, `registrations?${query}`)).body;
      expect(items).toHaveLength(total);
      return items.map(({ name }: { name: string }) => name);
    };
    expect(await names('sort=name')).toEqual(['Antelopes', 'Zebras']);
    expect(await names('sort=-name')).toEqual(['Zebras', 'Antelopes']);
    expect(await names('question=city&answer=Rome')).toEqual(['Zebras']);
    expect(await names('question=size&answer=M')).toEqual(['Zebras']);
    expect(await names('question=size&answer=L&sort=name')).toEqual(['Antelopes', 'Zebras']);
    const page = await read(competition, 'registrations?sort=name&limit=1');
    const next = await read(competition, `registrations?sort=name&limit=1&cursor=${page.body.nextCursor}`);
    expect([page, next].map(({ body }) => body.items[0].name)).toEqual(['Antelopes', 'Zebras']);
  });

  it('keeps the row of a team that has ended, with the member who left last', async () => {
    const { competition, zebras, persons } = await twoTeams();
    for (const person of [persons.ada, persons.ben, persons.cleo]) await leaveTeam(zebras, person);
    const { body } = await read(competition, 'registrations?status=ended');
    expect(body.items).toMatchObject([
      { name: 'Zebras', endReason: 'LEFT', team: { members: [member(persons.cleo)] } },
    ]);
  });

  it('is exported with a row per team, or per member with what the team and the member have answered', async () => {
    const { competition, persons } = await twoTeams();
    const lines = async (per: string) =>
      (await read(competition, `registrations?format=csv${per}`)).text.trim().split('\r\n');
    const cells = (line: string | undefined) =>
      line
        ?.replace(/^\uFEFF/, '')
        .slice(1, -1)
        .split('","') ?? [];
    const perTeam = await lines('');
    expect(cells(perTeam[0])).toEqual(expect.arrayContaining(['Name', 'E-mail', 'Members', 'City']));
    expect(cells(perTeam[0])).not.toContain('Size');
    expect(cells(perTeam[1])).toEqual(
      expect.arrayContaining(['Zebras', persons.ada.email, 'Ada; Ben; Cleo', 'PENDING', 'Rome']),
    );
    expect(perTeam).toHaveLength(3);
    const [head, ...perPerson] = (await lines('&per=person')).map(cells);
    const row = (cellsOf: string[]) => Object.fromEntries(head!.map((heading, n) => [heading, cellsOf[n]]));
    expect(perPerson.map(row)).toMatchObject([
      {
        ...{ Name: 'Ada', 'E-mail': persons.ada.email, Team: 'Zebras', Captain: 'Yes', City: 'Rome', Size: 'M' },
        Nickname: 'Ace, “the” 1st',
      },
      { Name: 'Ben', 'E-mail': persons.ben.email, Team: 'Zebras', Captain: 'No', City: 'Rome', Size: 'L' },
      { Name: 'Cleo', Team: 'Zebras', Captain: 'No', City: 'Rome', Size: '' },
      { Name: 'Dan', Team: 'Antelopes', Captain: 'Yes', Status: 'WAITLISTED', City: 'Bern', Size: '' },
      { Name: 'Eve', Team: 'Antelopes', Captain: 'No', City: 'Bern', Size: 'L' },
    ]);
  });
});

describe('the answers of teams', () => {
  it('are counted with those of their members', async () => {
    const { competition, zebras, persons } = await twoTeams();
    const counts = async () =>
      (await read(competition, 'answers')).body.questions.map(
        ({ id, answered, options }: { id: string; answered: number; options: { count: number }[] }) => [
          id,
          answered,
          options.map(({ count }) => count),
        ],
      );
    expect(await counts()).toEqual([
      ['city', 2, [1, 1]],
      ['size', 3, [1, 2]],
    ]);
    await leaveTeam(zebras, persons.ada);
    expect(await counts()).toEqual([
      ['city', 2, [1, 1]],
      ['size', 2, [0, 2]],
    ]);
  });

  it('are shown to the staff with what each member has answered', async () => {
    const { competition, first, persons } = await twoTeams();
    const { body } = await read(competition, `registrations/${first}/answers`);
    expect(body).toMatchObject({ questions: [{ id: 'city' }], answers: { city: 'Rome' } });
    expect(body.members).toMatchObject([
      {
        ...{ userId: persons.ada.id, name: 'Ada', questions: [{ id: 'size' }, { id: 'nickname' }] },
        answers: { size: 'M', nickname: 'Ace, “the” 1st' },
      },
      { userId: persons.ben.id, answers: { size: 'L' } },
      { userId: persons.cleo.id, answers: {} },
    ]);
  });

  it('are read by the member who has given them, and by nobody else', async () => {
    const { zebras, persons } = await twoTeams();
    const ofMember = ({ token }: Person) => get(api.url, `/api/teams/${zebras.id}/answers`, { token });
    expect((await ofMember(persons.ben)).body).toMatchObject({
      questions: [{ id: 'size' }, { id: 'nickname' }],
      questionsVersion: 1,
      answers: { size: 'L' },
      updatedAt: expect.any(String),
    });
    expect((await ofMember(persons.cleo)).body).toMatchObject({ answers: {}, updatedAt: null });
    expect((await ofMember(persons.eve)).body.code).toBe('TEAM_NOT_FOUND');
    await leaveTeam(zebras, persons.ben);
    expect((await ofMember(persons.ben)).body.code).toBe('TEAM_NOT_FOUND');
  });

  const own = ({ id }: Competition, { token }: Person) =>
    get(api.url, `/api/competitions/${id}/registration`, { token });
  const change = ({ id }: Competition, { token }: Person, answers: object) =>
    patch(api.url, `/api/competitions/${id}/registration`, { token, body: { answers, questionsVersion: 1 } });

  it('are read by every member and changed by the captain, who answers for the team alone', async () => {
    const { competition, persons } = await twoTeams();
    expect((await own(competition, persons.cleo)).body).toMatchObject({
      questions: [{ id: 'city' }],
      answers: { city: 'Rome' },
    });
    expect((await change(competition, persons.ben, { city: 'Bern' })).body.code).toBe('NOT_CAPTAIN');
    expect((await change(competition, persons.ada, { city: 'Bern', size: 'M' })).body.errors[0].path).toBe(
      'answers.size',
    );
    expect((await change(competition, persons.ada, { city: 'Bern' })).body.answers).toEqual({ city: 'Bern' });
    const { items } = (await read(competition, 'history')).body;
    expect(items[0]).toMatchObject({
      action: 'registration.answered',
      person: null,
      team: { name: 'Zebras' },
      changes: [{ field: 'City' }],
    });
  });
});

describe('the applications of teams', () => {
  const inbox = (competition: Competition, query = '') => read(competition, `applications?${query}`);

  it('name the team and its members, are found by both, and are decided as one', async () => {
    const { competition, zebras, first, second, persons } = await twoTeams({ admissionMode: 'APPROVAL', capacity: 4 });
    const { body } = await inbox(competition);
    expect(body.items).toMatchObject([
      {
        registrationId: first,
        userId: persons.ada.id,
        name: 'Zebras',
        seats: 3,
        team: {
          id: zebras.id,
          captainId: persons.ada.id,
          members: [{ name: 'Ada' }, { name: 'Ben' }, { name: 'Cleo' }],
        },
      },
      { registrationId: second, name: 'Antelopes', seats: 2 },
    ]);
    const found = async (text: string) => {
      const page = (await inbox(competition, `search=${text}`)).body;
      return [page.total, page.items.map(({ name }: { name: string }) => name)];
    };
    expect(await found('cleo')).toEqual([1, ['Zebras']]);
    expect(await found('antel')).toEqual([1, ['Antelopes']]);
    await review(competition, first, 5);
    await review(competition, second, 4);
    const { body: best } = await read(competition, 'applications/best?count=2');
    expect(best.items).toMatchObject([
      { name: 'Zebras', result: 'PENDING' },
      { name: 'Antelopes', result: 'WAITLISTED' },
    ]);
    expect(best.people).toBe(5);
    const accepted = await decide(competition, [first, second]);
    expect(accepted.body.items).toEqual([
      { id: first, result: 'PENDING' },
      { id: second, result: 'WAITLISTED' },
    ]);
    expect((await inbox(competition)).body.room.free).toBe(0);
    const { items } = (await read(competition, 'history?kind=applications')).body;
    expect(items[0]).toMatchObject({
      action: 'registration.accepted',
      person: null,
      team: { name: expect.any(String) },
    });
  });

  const review = ({ id }: Competition, registrationId: string, score: number) =>
    call('PUT', api.url, `/api/competitions/${id}/applications/${registrationId}/review`, {
      token: organizer.token,
      body: { score },
    });
  const decide = ({ id }: Competition, ids: readonly string[]) =>
    post(api.url, `/api/competitions/${id}/applications/decide`, {
      token: organizer.token,
      body: { decisions: ids.map((registrationId) => ({ registrationId, decision: 'ACCEPT' })) },
    });
});

describe('a competition for teams', () => {
  it('takes no invitations and no imports', async () => {
    const competition = await aTeamCompetition({ organizer });
    const path = `/api/competitions/${competition.id}`;
    const invited = await post(api.url, `${path}/invitations`, {
      token: organizer.token,
      body: { emails: ['ada@example.org'], expiresAt: new Date(Date.now() + 3_600_000) },
    });
    const imported = await post(api.url, `${path}/imports`, {
      token: organizer.token,
      headers: { 'content-type': 'text/csv' },
      body: 'name,email\r\nAda,ada@example.org\r\n',
    });
    expect([invited.body.code, imported.body.code]).toEqual(['NOT_FOR_TEAMS', 'NOT_FOR_TEAMS']);
  });

  it('counts the seats of teams in its statistics', async () => {
    const { competition } = await twoTeams();
    expect((await read(competition, 'stats')).body).toMatchObject({
      ...{ seated: 3, waiting: 1, fill: 0.75 },
      registrations: { seated: 1, held: 0, waiting: 1, applied: 0, ended: 0 },
    });
  });

  it('says that a team without members cannot be reinstated', async () => {
    const { competition, zebras, first, persons } = await twoTeams();
    for (const person of [persons.ada, persons.ben, persons.cleo]) await leaveTeam(zebras, person);
    const { body } = await post(api.url, `/api/competitions/${competition.id}/registrations/${first}/reinstate`, {
      token: organizer.token,
    });
    expect([body.code, body.detail]).toEqual(['TEAM_NOT_FOUND', 'The team has no members anymore.']);
  });
});
