import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, anOrganizer, aPerson, type Person, people } from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { expireIn, invitationClient } from '../../../test/support/invitation-client.js';
import {
  allJobsSettled,
  countUnsettled,
  enqueue,
  expectNothingBroken,
  passUndoTime,
} from '../../../test/support/jobs.js';
import { registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { startWorker } from '../../../test/support/worker.js';
import { UsedInvitations } from '../invitations/used-invitations.js';

let api: TestApi;
let smtp: TestSmtp;
let worker: Awaited<ReturnType<typeof startWorker>>;
let invitations: ReturnType<typeof invitationClient>;
let organizer: Person;
beforeAll(async () => {
  smtp = await startSmtp();
  const env = { frontendUrl: 'https://compete.example.org', smtpUrl: smtp.url };
  api = await startApi(env);
  worker = await startWorker({ ...env, databaseUrl: api.env.databaseUrl });
  invitations = invitationClient(api.url);
  organizer = await anOrganizer();
});
afterEach(expectNothingBroken);
afterAll(async () => {
  await worker?.close();
  await smtp?.close();
  await api?.close();
});

const mailboxOf = async (person: Person) => {
  await allJobsSettled();
  return (await get(api.url, '/api/mailbox', { token: person.token })).body.items;
};
const mailsTo = async (address: string) => {
  await allJobsSettled();
  return Promise.all(smtp.received.filter(({ to }) => to === address).map(({ raw }) => PostalMime.parse(raw)));
};
const sentLongAgo = (id: string) =>
  rows(`UPDATE invitations SET sent_at = now() - interval '2 minutes' WHERE id = $1`, [id]);

type Competition = { readonly id: string };
const expire = async (competition: Competition) => {
  await expireIn(competition, -4);
  await rows('SELECT settle_v1($1)', [competition.id]);
};
const BEGIN = `UPDATE competitions SET reg_deadline = now() - interval '1 hour', start_date = now() - interval '1 minute'
               WHERE id = $1`;

describe('messages about invitations', () => {
  it('go to the account with the address, in its language, with what the organizer writes', async () => {
    const [competition, person] = [await aCompetition({ organizer, title: 'Night chess' }), await aPerson()];
    await rows(`UPDATE users SET language = 'de' WHERE id = $1`, [person.id]);
    await invitations.invite(organizer, competition, [person.email], { message: 'Bring a board.\n\nAnd <tea>.' });
    const [message] = await mailboxOf(person);
    expect(message).toMatchObject({ kind: 'INVITED', language: 'de', delivery: 'sent', competitionId: competition.id });
    expect(message.title).toBe('Du bist eingeladen: Night chess');
    expect(message.text).toContain('Bring a board.\n\nAnd <tea>.');
    const [mail] = await mailsTo(person.email);
    expect(mail?.text).toContain(`https://compete.example.org${message.path}`);
    expect(mail?.html).toContain('And &lt;tea&gt;.');
    const link = (await invitations.list(organizer, competition)).body.items[0].link;
    expect(link).toBe(`https://compete.example.org${message.path}`);
  });

  it('go by mail to an address without an account, which is in no table but the invitations', async () => {
    const [owner, email] = [await anOrganizer(), 'no-account-yet@example.org'];
    await rows(`UPDATE users SET language = 'ar' WHERE id = $1`, [owner.id]);
    const competition = await aCompetition({ organizer: owner });
    const link = await invitations.linkFor(owner, competition, email);
    const mails = await mailsTo(email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(link);
    expect(mails[0]?.html).toContain('dir="rtl"');
    expect(`${mails[0]?.text}`).not.toContain('/mailbox');
    for (const table of ['outbox', 'audit_entries', 'mailbox_messages', 'failed_jobs', 'idempotency_records']) {
      const found = await rows(`SELECT FROM ${table} t WHERE row_to_json(t)::text LIKE $1`, [`%${email}%`]);
      expect(found, table).toEqual([]);
    }
  });

  it('are sent again on request, at most once a minute, and not for one that has ended', async () => {
    const [competition, email] = [await aCompetition({ organizer }), 'again@example.org'];
    const { id } = (await invitations.invite(organizer, competition, [email])).body.items[0];
    const resend = async (...ids: string[]) =>
      (await invitations.send(organizer, competition, ids)).body.items.map(
        ({ result, code }: { result?: string; code?: string }) => result ?? code,
      );
    expect(await resend(id)).toEqual(['TOO_MANY_REQUESTS']);
    await allJobsSettled();
    await sentLongAgo(id);
    expect(await resend(id, id)).toEqual(['SENT', 'TOO_MANY_REQUESTS']);
    expect(await mailsTo(email)).toHaveLength(2);
    await expireIn(competition, -1);
    expect(await resend(id)).toEqual(['INVITATION_EXPIRED']);
    const { at } = (await rows<{ at: Date }>('SELECT sent_at AS at FROM invitations WHERE id = $1', [id]))[0]!;
    await enqueue('invited', { invitationId: id, at: at.toISOString() });
    expect(await mailsTo(email)).toHaveLength(2);
  });

  it('tell invited people that the invitation was withdrawn, unless they have been invited again', async () => {
    const [competition, person, stranger] = [await aCompetition({ organizer }), await aPerson(), 'bye@example.org'];
    const { items } = (await invitations.invite(organizer, competition, [person.email, stranger])).body;
    await allJobsSettled();
    await invitations.withdraw(organizer, competition, [items[0].id, items[1].id]);
    expect((await mailboxOf(person))[0]).toMatchObject({
      kind: 'INVITATION_WITHDRAWN',
      path: `/competitions/${competition.id}`,
    });
    expect((await mailsTo(stranger)).map(({ subject }) => subject)).toEqual([
      `You’re invited: ${competition.title}`,
      `Invitation withdrawn: ${competition.title}`,
    ]);
    await invitations.invite(organizer, competition, [stranger]);
    await allJobsSettled();
    const { at } = (
      await rows<{ at: Date }>('SELECT ended_at AS at FROM invitations WHERE id = $1', [items[1].id])
    )[0]!;
    await enqueue('invitation-withdrawn', { invitationId: items[1].id, at: at.toISOString() });
    expect(await mailsTo(stranger)).toHaveLength(3);
  });

  it('tell invited people that the invitation has expired, with or without an account', async () => {
    const [competition, person, stranger] = [await aCompetition({ organizer }), await aPerson(), 'late@example.org'];
    const untold = await aPerson();
    await rows(`UPDATE users SET language = 'de' WHERE id = $1`, [person.id]);
    await invitations.invite(organizer, competition, [person.email, stranger, untold.email]);
    await allJobsSettled();
    // As after an import that tells nobody.
    await rows('UPDATE invitations SET sent_at = NULL WHERE email = $1', [untold.email]);
    await expire(competition);
    expect((await mailboxOf(untold)).map(({ kind }: { kind: string }) => kind)).toEqual(['INVITED']);
    const [message] = await mailboxOf(person);
    expect(message).toMatchObject({ kind: 'INVITATION_EXPIRED', path: `/competitions/${competition.id}` });
    expect(message.title).toBe(`Einladung abgelaufen: ${competition.title}`);
    expect((await mailsTo(stranger)).map(({ subject }) => subject)).toEqual([
      `You’re invited: ${competition.title}`,
      `Invitation expired: ${competition.title}`,
    ]);
  });

  it.each<[string, (competition: Competition, person: Person) => Promise<unknown>]>([
    ['has been invited again', (competition, { email }) => invitations.invite(organizer, competition, [email])],
    ['has a seat', (competition, person) => participantClient(api.url).register(person, competition)],
    ['cannot take part, as the competition is canceled', (it) => organizerClient(api.url).cancel(organizer, it)],
    ['cannot take part, as the competition has begun', ({ id }) => rows(BEGIN, [id])],
  ])('do not tell of the expiry a person who %s', async (_, happens) => {
    const [competition, person] = [await aCompetition({ organizer }), await aPerson()];
    await invitations.invite(organizer, competition, [person.email]);
    await allJobsSettled();
    await rows(`
      CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.due_at := 'infinity'; RETURN NEW; END $$;
      CREATE TRIGGER later BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.job = 'invitation-expired')
      EXECUTE FUNCTION later()`);
    await expire(competition);
    await rows('DROP FUNCTION later CASCADE');
    await happens(competition, person);
    await passUndoTime(competition);
    const waiting = await rows(
      `UPDATE outbox SET due_at = now() WHERE job = 'invitation-expired' AND settled_at IS NULL
       RETURNING pg_notify('outbox', '')`,
    );
    expect(waiting).toHaveLength(1);
    expect((await mailboxOf(person)).map(({ kind }: { kind: string }) => kind)).not.toContain('INVITATION_EXPIRED');
  });

  it('tell invited people that the competition is canceled, and the registered only once', async () => {
    const competition = await aCompetition({ organizer, capacity: 2 });
    const [guest, registered] = [await aPerson(), await aPerson()];
    await invitations.invite(organizer, competition, [guest.email, registered.email]);
    await allJobsSettled();
    await participantClient(api.url).join(registered, competition);
    await allJobsSettled();
    await organizerClient(api.url).cancel(organizer, competition);
    await passUndoTime(competition);
    expect((await mailboxOf(guest))[0]).toMatchObject({
      kind: 'INVITATION_WITHDRAWN',
      title: `Canceled: ${competition.title}`,
    });
    const kinds = (await mailboxOf(registered)).map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(['COMPETITION_CANCELLED', 'WAITING', 'INVITED']);
    const { items } = (await invitations.list(organizer, competition)).body;
    expect(items.map(({ state }: { state: string }) => state)).toEqual(['cancelled', 'cancelled']);
  });
});

describe('S12: mails that wait while the mail server is down', () => {
  const written = (job: string) =>
    eventually(
      () => countUnsettled(job),
      (n) => n === 0,
    );
  /** The subjects of the mails to the person that follow what happens while the mail server is down. */
  const mailedAfter = async (person: Person, happens: () => Promise<unknown>) => {
    await smtp.stop();
    try {
      await happens();
    } finally {
      await smtp.start();
    }
    return (await mailsTo(person.email)).map(({ subject }) => subject).toSorted();
  };
  const aPairOfSeats = async (title: string) => {
    const competition = await aCompetition({ organizer, capacity: 2, title });
    await participantClient(api.url).register(await aPerson(), competition);
    await allJobsSettled();
    return competition;
  };

  it('an invitation and a place on the waitlist are told beside each other, in either order', async () => {
    const [competition, person] = [await aPairOfSeats('Chess'), await aPerson()];
    const inviteAndWait = async () => {
      await invitations.invite(organizer, competition, [person.email]);
      await written('invited');
      await participantClient(api.url).join(person, competition);
      await written('waiting');
    };
    const both = ['You’re invited: Chess', 'You’re on the waitlist: Chess'];
    expect(await mailedAfter(person, inviteAndWait)).toEqual(both);

    const [other, late] = [await aPairOfSeats('Go'), await aPerson()];
    const waitAndSendAgain = async () => {
      await invitations.invite(organizer, other, [late.email]);
      await participantClient(api.url).join(late, other);
      await Promise.all([written('invited'), written('waiting')]);
      const [{ id }] = (await invitations.list(organizer, other)).body.items;
      await sentLongAgo(id);
      await invitations.send(organizer, other, [id]);
      await written('invited');
    };
    // The later one replaces the earlier one.
    expect(await mailedAfter(late, waitAndSendAgain)).toEqual(['You’re invited: Go', 'You’re on the waitlist: Go']);
  });

  it('an invitation is not mailed beside the seat', async () => {
    const [competition, person] = [await aCompetition({ organizer, title: 'Go' }), await aPerson()];
    const accept = async () => {
      const link = await invitations.linkFor(organizer, competition, person.email);
      await written('invited');
      await invitations.redeem(person, link);
      await written('confirmation');
    };
    expect(await mailedAfter(person, accept)).toEqual(['You’re in: Go']);
  });
});

describe('IV-06 an open invitation of a person who has registered without it', () => {
  const reservedOf = async ({ id }: { id: string }) =>
    (await rows<{ reserved: number }>('SELECT reserved FROM competitions WHERE id = $1', [id]))[0]?.reserved;

  it('ends with the confirmation, and its seat goes to the waitlist', async () => {
    const { register, join } = participantClient(api.url);
    const [competition, guest, behind] = [
      await aCompetition({ organizer, capacity: 2 }),
      await aPerson(),
      await aPerson(),
    ];
    const link = await invitations.linkFor(organizer, competition, guest.email);
    expect((await register(guest, competition)).status).toBe(201);
    expect((await join(behind, competition)).status).toBe(201);
    await allJobsSettled();
    expect(await registrationsOf(competition)).toMatchObject([
      { userId: guest.id, status: 'CONFIRMED' },
      { userId: behind.id, status: 'CONFIRMED' },
    ]);
    expect(await reservedOf(competition)).toBe(0);
    expect((await invitations.list(organizer, competition)).body.items).toMatchObject([{ state: 'redeemed' }]);
    expect((await invitations.redeem(guest, link)).body.code).toBe('INVITATION_USED');
    expect((await mailboxOf(guest)).map(({ kind }: { kind: string }) => kind)).not.toContain('INVITATION_WITHDRAWN');
    const path = `/api/competitions/${competition.id}/history?kind=invitations`;
    const { items } = (await get(api.url, path, { token: organizer.token })).body;
    expect(items[0]).toMatchObject({ action: 'invitation.redeemed', actor: { id: guest.id } });
  });

  it('sabotage: would keep a second seat reserved for the same person', async () => {
    const endFor = vi.spyOn(UsedInvitations.prototype, 'endFor').mockResolvedValue();
    const [competition, guest] = [await aCompetition({ organizer, capacity: 2 }), await aPerson()];
    await invitations.invite(organizer, competition, [guest.email]);
    await participantClient(api.url).register(guest, competition);
    await allJobsSettled();
    endFor.mockRestore();
    expect(await reservedOf(competition)).toBe(1);
  });

  it('stays while the person is on the waitlist, and while the address is not verified', async () => {
    const { register, join } = participantClient(api.url);
    const [competition, seated, waiting] = [
      await aCompetition({ organizer, capacity: 2 }),
      await aPerson(),
      await aPerson(),
    ];
    await invitations.invite(organizer, competition, [waiting.email]);
    await register(seated, competition);
    expect((await join(waiting, competition)).body.status).toBe('WAITLISTED');
    const other = await aCompetition({ organizer });
    await invitations.invite(organizer, other, [seated.email]);
    await rows('UPDATE users SET email_verified_at = NULL, must_verify = false WHERE id = $1', [seated.id]);
    expect((await register(seated, other)).status).toBe(201);
    await allJobsSettled();
    expect([await reservedOf(competition), await reservedOf(other)]).toEqual([1, 1]);
  });

  it('ends once when 60 people register and accept at once: everybody has one seat, and none is lost', async () => {
    const { register } = participantClient(api.url);
    const competition = await aCompetition({ organizer, capacity: 120 });
    const guests = await people(60);
    await invitations.invite(
      organizer,
      competition,
      guests.map(({ email }) => email),
    );
    const { items } = (await invitations.list(organizer, competition, '?limit=100')).body;
    const linkOf = new Map<string, string>(
      items.map(({ email, link }: { email: string; link: string }) => [email, link]),
    );
    await Promise.all(
      guests.flatMap((guest) => [register(guest, competition), invitations.redeem(guest, linkOf.get(guest.email)!)]),
    );
    await allJobsSettled();
    expect(await registrationsOf(competition)).toHaveLength(60);
    expect([await reservedOf(competition), await seatsOf(competition)]).toEqual([0, { seatsLeft: 60, waiting: 0 }]);
  });
});
