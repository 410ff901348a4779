import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { announcementClient } from '../../../test/support/announcement-client.js';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, type Person, people, registerMany } from '../../../test/support/factories.js';
import { runJob } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { rewriteStatements } from '../../../test/support/sabotage.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';

/** Removes each protection of sending an announcement once, and expects the damage that it prevents. */
let api: TestApi;
let smtp: TestSmtp;
let worker: Awaited<ReturnType<typeof startWorker>>;
let organizer: Person;
let staff: ReturnType<typeof announcementClient>;
beforeAll(async () => {
  smtp = await startSmtp();
  api = await startApi({ smtpUrl: smtp.url, requireVerifiedEmail: false });
  worker = await startWorker({ ...api.env, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER });
  staff = announcementClient(api.url);
  // They run when a test says so, and not meanwhile.
  await rows(`
    CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.due_at := 'infinity'; RETURN NEW; END $$;
    CREATE TRIGGER never BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.job IN ('announce', 'send'))
    EXECUTE FUNCTION never()`);
});
beforeEach(async () => {
  organizer = await anOrganizer();
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await worker.close();
  await api.close();
  await smtp.close();
});

const withRegistered = async (n: number) => {
  const competition = await aCompetition({ organizer, capacity: n });
  const persons = await people(n);
  await registerMany(persons, competition);
  return { competition, persons };
};
const announced = (id: string) => messages(`kind = 'ANNOUNCEMENT' AND about_id = '${id}'`);

/** An announcement whose job can be run at will. */
async function announce(competition: { readonly id: string }) {
  const { id, response } = await staff.announce(organizer, competition);
  const actId: string = response.body.id;
  const [job] = await rows<{ id: string }>('SELECT outbox_id AS id FROM pending_acts WHERE id = $1', [actId]);
  return { id, actId, run: () => runJob(worker.app, 'announce', job!.id, { announcementId: id, actId }) };
}

/** Until it is dropped, no message is written: what a worker leaves that is killed after the freeze. */
const killAfterFreeze = () =>
  rows(`
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.handled > 0 THEN RAISE EXCEPTION 'killed'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER die BEFORE UPDATE ON announcements FOR EACH ROW EXECUTE FUNCTION die()`);
/** What a worker leaves that is killed after the claim. */
const killAtFreeze = () =>
  rows(`
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;
    CREATE TRIGGER die BEFORE INSERT ON announcement_recipients FOR EACH ROW EXECUTE FUNCTION die()`);
const revive = () => rows('DROP FUNCTION die CASCADE');

describe('the claim', () => {
  const undoOnceBegun = async () => {
    const { competition } = await withRegistered(2);
    const { actId, run } = await announce(competition);
    await killAtFreeze();
    await expect(run()).rejects.toThrow('killed');
    await revive();
    return (await organizerClient(api.url).undo(organizer, competition, actId)).body.code;
  };

  it('keeps what has begun from being undone', async () => {
    expect(await undoOnceBegun()).toBe('TOO_LATE_TO_UNDO');
  });

  it('sabotage: without it, an announcement is undone that has begun', async () => {
    rewriteStatements((text) => text.replace('SET claimed_at = coalesce(claimed_at, now())', 'SET claimed_at = NULL'));
    expect(await undoOnceBegun()).toBeUndefined();
  });
});

describe('the freeze', () => {
  /** One of two has left when the recipients are frozen, and is back when another worker goes on. */
  const goOnAfterFreeze = async () => {
    const { competition, persons } = await withRegistered(2);
    const { id, run } = await announce(competition);
    const { leave, register } = participantClient(api.url);
    await leave(persons[1]!, competition);
    await killAfterFreeze();
    await expect(run()).rejects.toThrow('killed');
    await revive();
    await register(persons[1]!, competition);
    await run();
    return (await announced(id)).map(({ userId }) => userId === persons[0]!.id);
  };

  it('is made once', async () => {
    expect(await goOnAfterFreeze()).toEqual([true]);
  });

  it('sabotage: without the look for it, the next worker freezes again and only the unique key is left', async () => {
    rewriteStatements((text) => text.replace('a.frozen_at IS NOT NULL AS "isFrozen"', 'false AS "isFrozen"'));
    await expect(goOnAfterFreeze()).rejects.toThrow('one_per_recipient');
  });
});

describe('the audience', () => {
  /** Of three, one has unsubscribed, and the address of one has bounced. */
  const announceToThree = async () => {
    const { competition, persons } = await withRegistered(3);
    const [reader, unsubscribed, bounced] = persons as [Person, Person, Person];
    await rows('INSERT INTO announcement_opt_outs (user_id, competition_id) VALUES ($1, $2)', [
      unsubscribed.id,
      competition.id,
    ]);
    await rows('INSERT INTO bounced_addresses (user_id, email, code) VALUES ($1, $2, 550)', [
      bounced.id,
      bounced.email,
    ]);
    const { id, run } = await announce(competition);
    await run();
    const names = new Map([
      [reader.id, 'reader'],
      [unsubscribed.id, 'unsubscribed'],
      [bounced.id, 'bounced'],
    ]);
    return (await announced(id)).map(({ userId }) => names.get(userId)).sort();
  };

  it('leaves out who has unsubscribed, and whose address has bounced', async () => {
    expect(await announceToThree()).toEqual(['reader']);
  });

  it.each([
    ['unsubscribed', `WHEN o.user_id IS NOT NULL THEN 'UNSUBSCRIBED'`],
    ['bounced', `WHEN b.user_id IS NOT NULL THEN 'ADDRESS_BOUNCED'`],
  ])('sabotage: without the look for it, a person who is %s gets it', async (who, condition) => {
    rewriteStatements((text) => text.replaceAll(condition, ''));
    expect(await announceToThree()).toEqual([who, 'reader'].sort());
  });
});

describe('stopping', () => {
  const stopQueued = async () => {
    const { competition } = await withRegistered(2);
    const { id, run } = await announce(competition);
    await run();
    await staff.stop(organizer, competition, id);
    return (await announced(id)).map(({ delivery }) => delivery);
  };

  it('halts the mails that are queued', async () => {
    expect(await stopQueued()).toEqual(['MAILBOX', 'MAILBOX']);
  });

  it('sabotage: without taking them out of the queue, they go out later', async () => {
    rewriteStatements((text) => text.replace(`m SET delivery = 'MAILBOX'`, 'm SET delivery = delivery'));
    expect(await stopQueued()).toEqual(['QUEUED', 'QUEUED']);
  });
});

describe('the quota', () => {
  const sendTwo = async () => {
    await rows(`INSERT INTO daily_quotas VALUES ($1, 'ANNOUNCEMENTS', (now() AT TIME ZONE 'UTC')::date, 19997)`, [
      organizer.id,
    ]);
    const statuses: number[] = [];
    for (let n = 0; n < 2; n++) {
      const { competition } = await withRegistered(2);
      statuses.push((await staff.announce(organizer, competition)).response.status);
    }
    return statuses;
  };

  it('is not passed', async () => {
    expect(await sendTwo()).toEqual([202, 429]);
  });

  it('sabotage: without its condition, it is', async () => {
    rewriteStatements((text) => text.replace('WHERE q.used + excluded.used <=', 'WHERE excluded.used <='));
    expect(await sendTwo()).toEqual([202, 202]);
  });
});

describe('who unsubscribes while the mail is queued', () => {
  const unsubscribeLate = async () => {
    const { competition, persons } = await withRegistered(1);
    const { id, run } = await announce(competition);
    await run();
    await rows('INSERT INTO announcement_opt_outs VALUES ($1, $2)', [persons[0]!.id, competition.id]);
    const [message] = await announced(id);
    const [job] = await rows<{ id: string }>(`SELECT id FROM outbox WHERE job = 'send' AND payload = $1`, [
      { messageId: message!.id },
    ]);
    await runJob(worker.app, 'send', job!.id, { messageId: message!.id });
    return smtp.received.filter(({ to }) => to === persons[0]!.email).filter(({ raw }) => raw.includes('News about'));
  };

  it('gets none', async () => {
    expect(await unsubscribeLate()).toHaveLength(0);
  });

  it('sabotage: without the look at the delivery, the mail goes out', async () => {
    rewriteStatements((text) =>
      text.replace('WHERE announced.user_id = o.user_id AND o.competition_id = m.competition_id', 'WHERE false'),
    );
    expect(await unsubscribeLate()).toHaveLength(1);
  });
});

describe('a preview', () => {
  const sendChangedDraft = async () => {
    const { competition } = await withRegistered(1);
    const { body: draft } = await staff.create(organizer, competition);
    const { body: preview } = await staff.preview(organizer, competition, draft.id);
    await staff.edit(organizer, competition, draft.id, { subject: 'Other' }, 1);
    return (await staff.send(organizer, competition, draft.id, preview.id)).status;
  };

  it('is of the draft as it is sent', async () => {
    expect(await sendChangedDraft()).toBe(409);
  });

  it('sabotage: without its version, a text goes out that nobody has seen', async () => {
    rewriteStatements((text) =>
      text.replace(/"public"\."announcement_previews"\."version" = (\$\d+)/, '$1::int IS NOT NULL'),
    );
    expect(await sendChangedDraft()).toBe(202);
  });
});
