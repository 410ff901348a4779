import { may, STAFF_ROLES, type StaffRole } from '@mini-compete/shared/permissions';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient, staffClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anAdmin, anOrganizer, aPerson, employ, type Person } from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { rows } from '../../../test/support/queries.js';

let api: TestApi;
let staff: ReturnType<typeof staffClient>;
let owner: Person;
beforeAll(async () => {
  api = await startApi({ frontendUrl: 'https://compete.example.org' });
  staff = staffClient(api.url);
  owner = await anOrganizer();
});
afterAll(() => api.close());

type Competition = Awaited<ReturnType<typeof aCompetition>>;
const ownCompetition = () => aCompetition({ organizer: owner });
const memberships = async (competition: Competition) =>
  Object.fromEntries(
    (
      await rows<{ userId: string; role: StaffRole }>(
        'SELECT user_id AS "userId", role FROM competition_staff WHERE competition_id = $1',
        [competition.id],
      )
    ).map(({ userId, role }) => [userId, role]),
  );
const organizerOf = async (competition: Competition) =>
  (await rows<{ id: string }>('SELECT organizer_id AS id FROM competitions WHERE id = $1', [competition.id]))[0]?.id;
const memberOf = async (person: Person, competition: Competition) => {
  const [row] = await rows<{ id: string }>(
    'SELECT id FROM competition_staff WHERE competition_id = $1 AND user_id = $2',
    [competition.id, person.id],
  );
  return row as { id: string };
};
const invited = async (competition: Competition, email: string, role: StaffRole = 'MANAGER') => {
  const response = await staff.invite(owner, competition, { email, role });
  expect(response.status, response.text).toBe(201);
  return response.body as { id: string; link: string };
};
const auditOf = (competition: Competition) =>
  rows<{ action: string; details: Record<string, unknown> }>(
    `SELECT action, details FROM audit_entries WHERE subject_id = $1 AND action LIKE 'staff.%' ORDER BY id`,
    [competition.id],
  );

describe('an invitation to the staff', () => {
  it('is accepted by the account with its address, which may then do what the role allows', async () => {
    const [competition, person] = [await ownCompetition(), await aPerson()];
    const { id, link } = await invited(competition, ` ${person.email.toUpperCase()} `);
    expect(link).toMatch(/^https:\/\/compete\.example\.org\/staff-invitation\?token=/);
    expect((await organizerClient(api.url).edit(person, competition, { capacity: 11 })).status).toBe(403);
    expect((await staff.readInvitation(person, link)).body).toMatchObject({
      competitionId: competition.id,
      title: competition.title,
      role: 'MANAGER',
      invitedBy: owner.name,
      obstacle: null,
    });
    expect(await staff.accept(person, link)).toMatchObject({
      status: 200,
      body: { competitionId: competition.id, role: 'MANAGER' },
    });
    expect((await organizerClient(api.url).edit(person, competition, { capacity: 11 })).status).toBe(200);
    expect(await auditOf(competition)).toEqual([
      { action: 'staff.invited', details: { invitationId: id, role: 'MANAGER' } },
      { action: 'staff.joined', details: { invitationId: id, role: 'MANAGER', userId: person.id } },
    ]);
    expect((await get(api.url, '/api/auth/me', { token: person.token })).body.isStaff).toBe(true);
  });

  it('is for its address only, and only when that is verified', async () => {
    const [competition, person, other] = [await ownCompetition(), await aPerson(), await aPerson()];
    const { link } = await invited(competition, person.email);
    expect((await staff.accept(other, link)).body.code).toBe('STAFF_INVITATION_FOR_OTHER');
    expect((await staff.readInvitation(other, link)).body.code).toBe('STAFF_INVITATION_FOR_OTHER');
    // Not even an account from before addresses were verified.
    await rows('UPDATE users SET email_verified_at = NULL, must_verify = false WHERE id = $1', [person.id]);
    expect(await staff.accept(person, link)).toMatchObject({ status: 403, body: { code: 'EMAIL_NOT_VERIFIED' } });
    expect((await staff.readInvitation(person, link)).body.obstacle).toBe('EMAIL_NOT_VERIFIED');
    expect(await memberships(competition)).toEqual({ [owner.id]: 'OWNER' });
    await rows('UPDATE users SET email_verified_at = now() WHERE id = $1', [person.id]);
    expect((await staff.accept(person, link)).status).toBe(200);
  });

  it('waits for an account that does not exist yet', async () => {
    const competition = await ownCompetition();
    const { link } = await invited(competition, 'later@example.org', 'SCANNER');
    const person = await aPerson();
    await rows(`UPDATE users SET email = 'later@example.org' WHERE id = $1`, [person.id]);
    expect((await staff.accept(person, link)).body).toMatchObject({ role: 'SCANNER' });
  });

  it('is refused to people who are registered, until they have left', async () => {
    const [competition, person] = [await ownCompetition(), await aPerson()];
    const { register, leave } = participantClient(api.url);
    const { link } = await invited(competition, person.email);
    await register(person, competition);
    expect(await staff.accept(person, link)).toMatchObject({ status: 409, body: { code: 'REGISTERED_HERE' } });
    expect((await staff.readInvitation(person, link)).body.obstacle).toBe('REGISTERED_HERE');
    await leave(person, competition);
    expect((await staff.accept(person, link)).status).toBe(200);
    expect((await register(person, competition)).body.code).toBe('STAFF_CANNOT_REGISTER');
  });

  it('says what became of it: used, withdrawn, expired, or never made', async () => {
    const [competition, person] = [await ownCompetition(), await aPerson()];
    const codeOf = async (link: string) => {
      const { body } = await staff.accept(person, link);
      expect((await staff.readInvitation(person, link)).body.code).toBe(body.code);
      return body.code;
    };
    const used = await invited(competition, person.email);
    await staff.accept(person, used.link);
    expect(await codeOf(used.link)).toBe('ALREADY_STAFF');
    await staff.remove(person, competition, await memberOf(person, competition));
    expect(await codeOf(used.link)).toBe('STAFF_INVITATION_USED');

    const withdrawn = await invited(competition, person.email);
    expect((await staff.withdraw(owner, competition, withdrawn)).body).toEqual({ id: withdrawn.id });
    expect(await codeOf(withdrawn.link)).toBe('STAFF_INVITATION_WITHDRAWN');
    expect((await staff.withdraw(owner, competition, withdrawn)).body.code).toBe('STAFF_INVITATION_NOT_FOUND');

    const expired = await invited(competition, person.email);
    await rows(`UPDATE staff_invitations SET expires_at = now() WHERE id = $1`, [expired.id]);
    expect(await codeOf(expired.link)).toBe('STAFF_INVITATION_EXPIRED');
    expect(await codeOf(expired.link.slice(0, -3))).toBe('STAFF_INVITATION_NOT_FOUND');
    expect(await codeOf(expired.link.replace(expired.id, competition.id))).toBe('STAFF_INVITATION_NOT_FOUND');
  });

  it('is renewed by inviting the address again: one open invitation, the same link, seven more days', async () => {
    const [competition, person] = [await ownCompetition(), await aPerson()];
    const first = await invited(competition, person.email, 'SCANNER');
    await rows(`UPDATE staff_invitations SET expires_at = now() - interval '1 s' WHERE id = $1`, [first.id]);
    const second = await invited(competition, person.email, 'MANAGER');
    expect(second).toMatchObject({ id: first.id, link: first.link, role: 'MANAGER' });
    const { body } = await staff.list(owner, competition);
    expect(body.invitations).toEqual([second]);
    const days = (Date.parse(body.invitations[0].expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    expect(await rows(`SELECT FROM outbox WHERE payload->>'invitationId' = $1`, [first.id])).toHaveLength(2);
    await staff.accept(person, first.link);
    expect((await staff.invite(owner, competition, { email: person.email, role: 'OWNER' })).body.code).toBe(
      'ALREADY_STAFF',
    );
  });

  it('is replayed with its key, and accepted once by concurrent requests', async () => {
    const [competition, person] = [await ownCompetition(), await aPerson()];
    const body = { email: person.email, role: 'MANAGER' };
    const [one, two] = [
      await staff.invite(owner, competition, body, { key: 'once' }),
      await staff.invite(owner, competition, body, { key: 'once' }),
    ];
    expect(two.text).toBe(one.text);
    expect(two.headers.get(REPLAYED_HEADER)).toBe('true');
    const accepted = await Promise.all(
      Array.from({ length: 10 }, () => staff.accept(person, one.body.link, { key: 'join' })),
    );
    expect(new Set(accepted.map(({ text }) => text)).size).toBe(1);
    expect((await auditOf(competition)).map(({ action }) => action)).toEqual(['staff.invited', 'staff.joined']);
  });

  it('is not sent by an owner who has to verify their own address first', async () => {
    const strict = await startApi({ databaseUrl: api.env.databaseUrl, requireVerifiedEmail: true });
    const [organizer, person] = [await anOrganizer(), await aPerson()];
    const competition = await aCompetition({ organizer });
    await rows('UPDATE users SET email_verified_at = NULL WHERE id = $1', [organizer.id]);
    const invite = () => staffClient(strict.url).invite(organizer, competition, { email: person.email, role: 'OWNER' });
    expect((await invite()).body.code).toBe('EMAIL_NOT_VERIFIED');
    await rows('UPDATE users SET must_verify = false WHERE id = $1', [organizer.id]);
    expect((await invite()).status).toBe(201);
    await strict.close();
  });

  it('is neither sent nor accepted while a server of an older release runs, which would not respect roles', async () => {
    const [competition, person] = [await ownCompetition(), await aPerson()];
    const { link } = await invited(competition, person.email);
    const older = new Client({ connectionString: api.env.databaseUrl, application_name: 'mini-compete api' });
    await older.connect();
    const refused = { status: 503, body: { code: 'UPGRADE_IN_PROGRESS' } };
    expect(await staff.invite(owner, competition, { email: 'x@example.org', role: 'OWNER' })).toMatchObject(refused);
    expect(await staff.accept(person, link)).toMatchObject(refused);
    await older.end();
    await expect.poll(async () => (await staff.accept(person, link)).status).toBe(200);
  });

  it('is refused when the staff has 100 people, open invitations included', async () => {
    const competition = await ownCompetition();
    await rows(
      `INSERT INTO staff_invitations (competition_id, email, role, expires_at)
       SELECT $1, n || '@example.org', 'SCANNER', now() + interval '1 day' FROM generate_series(1, 98) n`,
      [competition.id],
    );
    await invited(competition, 'last@example.org');
    const response = await staff.invite(owner, competition, { email: 'more@example.org', role: 'SCANNER' });
    expect(response).toMatchObject({ status: 409, body: { code: 'STAFF_LIMIT_REACHED' } });
  });
});

describe('the list of the staff', () => {
  it('has owners first, and links of invitations only for those who may invite', async () => {
    const [competition, manager, scanner] = [await ownCompetition(), await aPerson(), await aPerson()];
    await employ(scanner, competition, 'SCANNER');
    await employ(manager, competition, 'MANAGER');
    const { link } = await invited(competition, 'x@example.org');
    const { body } = await staff.list(owner, competition);
    expect(body.members.map(({ userId, role }: { userId: string; role: string }) => [userId, role])).toEqual([
      [owner.id, 'OWNER'],
      [manager.id, 'MANAGER'],
      [scanner.id, 'SCANNER'],
    ]);
    expect(body.invitations[0].link).toBe(link);
    expect((await staff.list(manager, competition)).body.invitations[0].link).toBeNull();
    expect((await staff.list(await anAdmin(), competition)).body.invitations[0].link).toBe(link);
    expect((await staff.list(scanner, competition)).status).toBe(403);
  });

  it('my-competitions hides the figures about registrations from roles that may not see them', async () => {
    const [competition, person] = [await ownCompetition(), await aPerson()];
    const member = await employ(person, competition, 'SCANNER');
    const mine = async () =>
      (await get(api.url, '/api/competitions/my-competitions', { token: person.token })).body.items[0];
    expect(await mine()).toMatchObject({ id: competition.id, staffRole: 'SCANNER', ended: null, recent: null });
    await staff.changeRole(owner, competition, member, 'MANAGER');
    expect(await mine()).toMatchObject({ staffRole: 'MANAGER', ended: 0, recent: expect.any(Array) });
  });
});

describe('a role', () => {
  it('counts from the next request on when it is changed or taken away, for reads too', async () => {
    const [competition, person] = [await ownCompetition(), await aPerson()];
    const member = await employ(person, competition, 'MANAGER');
    const read = async () =>
      (await get(api.url, `/api/competitions/${competition.id}/registrations`, { token: person.token })).status;
    expect(await read()).toBe(200);
    await staff.changeRole(owner, competition, member, 'SCANNER');
    expect(await read()).toBe(403);
    await staff.changeRole(owner, competition, member, 'MANAGER');
    expect(await read()).toBe(200);
    expect((await staff.remove(owner, competition, member)).body).toEqual({ id: member.id });
    expect(await read()).toBe(403);
    expect((await staff.remove(owner, competition, member)).body.code).toBe('STAFF_NOT_FOUND');
    expect((await staff.changeRole(owner, competition, member, 'OWNER')).body.code).toBe('STAFF_NOT_FOUND');
    const byUser = { userId: person.id };
    expect(await auditOf(competition)).toEqual([
      { action: 'staff.role-changed', details: { ...byUser, before: 'MANAGER', after: 'SCANNER' } },
      { action: 'staff.role-changed', details: { ...byUser, before: 'SCANNER', after: 'MANAGER' } },
      { action: 'staff.removed', details: { ...byUser, role: 'MANAGER' } },
    ]);
  });

  it('is left by everybody who has it, and nobody removes others without the permission', async () => {
    for (const role of STAFF_ROLES.filter((candidate) => !may(candidate, 'manageStaff'))) {
      const [competition, person] = [await ownCompetition(), await aPerson()];
      const member = await employ(person, competition, role);
      const others = await memberOf(owner, competition);
      expect((await staff.remove(person, competition, others)).body.code, role).toBe('FORBIDDEN');
      expect((await staff.remove(person, competition, { id: 'me' })).body, role).toEqual(member);
      expect((await auditOf(competition)).at(-1)?.action).toBe('staff.left');
    }
  });

  it('of a member is not that of another competition', async () => {
    const [competition, elsewhere] = [await ownCompetition(), await aCompetition()];
    const member = await employ(await aPerson(), elsewhere, 'SCANNER');
    expect((await staff.remove(owner, competition, member)).body.code).toBe('STAFF_NOT_FOUND');
    expect((await staff.changeRole(owner, competition, member, 'OWNER')).body.code).toBe('STAFF_NOT_FOUND');
  });

  it('takes the open invitations along that its former owner has sent', async () => {
    const [competition, person] = [await ownCompetition(), await aPerson()];
    const member = await employ(person, competition, 'OWNER');
    const { body } = await staff.invite(person, competition, { email: 'back@example.org', role: 'OWNER' });
    const kept = await invited(competition, 'kept@example.org');
    await staff.changeRole(owner, competition, member, 'MANAGER');
    expect((await staff.list(owner, competition)).body.invitations.map(({ id }: { id: string }) => id)).toEqual([
      kept.id,
    ]);
    expect((await auditOf(competition)).map(({ action }) => action)).toContain('staff.withdrawn');
    expect(body.id).not.toBe(kept.id);
  });
});

describe('the last owner', () => {
  it('can neither leave nor be demoted, until another member is an owner', async () => {
    const [competition, person] = [await ownCompetition(), await aPerson()];
    const [own, member] = [await memberOf(owner, competition), await employ(person, competition, 'MANAGER')];
    const refused = { status: 409, body: { code: 'LAST_OWNER' } };
    expect(await staff.remove(owner, competition, own)).toMatchObject(refused);
    expect(await staff.changeRole(owner, competition, own, 'MANAGER')).toMatchObject(refused);
    expect(await staff.remove(await anAdmin(), competition, own)).toMatchObject(refused);
    expect((await staff.changeRole(owner, competition, own, 'OWNER')).status).toBe(200);
    await staff.changeRole(owner, competition, member, 'OWNER');
    expect((await staff.changeRole(owner, competition, own, 'MANAGER')).status).toBe(200);
    expect(await memberships(competition)).toEqual({ [owner.id]: 'MANAGER', [person.id]: 'OWNER' });
  });

  it('is the last one too when the accounts of the others are disabled', async () => {
    const [competition, person] = [await ownCompetition(), await aPerson()];
    await employ(person, competition, 'OWNER');
    await rows('UPDATE users SET disabled_at = now() WHERE id = $1', [person.id]);
    expect((await staff.remove(owner, competition, await memberOf(owner, competition))).body.code).toBe('LAST_OWNER');
  });

  it('hands the name of the organizer to the owner who has been there for the longest time', async () => {
    const competition = await ownCompetition();
    const [later, earlier, manager] = [await aPerson(), await aPerson(), await aPerson()];
    await employ(manager, competition, 'MANAGER');
    await employ(earlier, competition, 'OWNER');
    await employ(later, competition, 'OWNER');
    await rows(`UPDATE competition_staff SET created_at = now() - interval '1 day' WHERE user_id = $1`, [earlier.id]);
    await staff.remove(later, competition, await memberOf(later, competition));
    expect(await organizerOf(competition)).toBe(owner.id);
    await staff.remove(owner, competition, await memberOf(owner, competition));
    expect(await organizerOf(competition)).toBe(earlier.id);
  });
});
