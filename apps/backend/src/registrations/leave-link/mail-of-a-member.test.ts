import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { checkInClient, Device } from '../../../test/support/doors.js';
import { anOrganizer, type Person } from '../../../test/support/factories.js';
import { get, post } from '../../../test/support/http-client.js';
import { allJobsSettled, expectNothingBroken } from '../../../test/support/jobs.js';
import { readQrCodes } from '../../../test/support/qr-reader.js';
import { rows } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { aTeamCompetition, formTeam, teamClient } from '../../../test/support/teams.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';

let api: TestApi;
let smtp: TestSmtp;
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  api = await startApi();
  smtp = await startSmtp();
  const never = { cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER };
  worker = await startWorker({ ...api.env, ...never, smtpUrl: smtp.url });
});
afterAll(async () => {
  await worker.close();
  await smtp.close();
  await api.close();
});

async function confirmedTeam() {
  const organizer = await anOrganizer();
  const competition = await aTeamCompetition({ organizer, capacity: 4 });
  const team = await formTeam(competition, 2);
  const { registrationId } = (await teamClient(api.url).register(team, competition)).body;
  await allJobsSettled();
  const member = team.members[1] as Person;
  const { raw } = smtp.received.find(({ to }) => to === member.email) as { raw: string };
  return { organizer, competition, team, member, registrationId, mail: await PostalMime.parse(raw) };
}

it('the picture in it is the ticket that is on the page', async () => {
  const { competition, member, mail } = await confirmedTeam();
  const { content } = mail.attachments.find(({ filename }) => filename === 'ticket.png') as { content: ArrayBuffer };
  const { ticket } = (await checkInClient(api.url).ticket(member, competition)).body;
  expect(await readQrCodes(content)).toEqual([ticket]);
});

it('TM-08 its link ends the membership after the start: the team, its check-ins and its history stay', async () => {
  const { organizer, competition, team, member, registrationId, mail } = await confirmedTeam();
  const client = checkInClient(api.url);
  await rows(
    `UPDATE competitions SET reg_deadline = now() - interval '2 hours', start_date = now() - interval '1 hour' WHERE id = $1`,
    [competition.id],
  );
  await rows('SELECT set_next_expiry_v1($1)', [competition.id]);
  const device = await new Device(client, organizer, competition).open();
  for (const { id: userId } of team.members) device.scan({ registrationId, userId });
  await device.sync();
  const readHistory = async () =>
    (await get(api.url, `/api/competitions/${competition.id}/history`, { token: organizer.token })).body.items;
  const before = await readHistory();

  const token = /\/leave\?token=([\w.-]+)/.exec(mail.text ?? '')?.[1];
  for (let n = 0; n < 2; n++)
    expect(await post(api.url, '/api/competitions/leave-link', { body: { token } })).toMatchObject({
      status: 200,
      body: { status: 'CANCELLED' },
    });

  const { registration, members } = (await teamClient(api.url).mine(team.captain, competition)).body;
  expect(registration).toMatchObject({ registrationId, status: 'CONFIRMED', seats: 1 });
  expect(members.map(({ userId }: { userId: string }) => userId)).toEqual([team.captain.id]);
  const { numbers, latest } = (await client.day(organizer, competition)).body;
  expect(numbers).toMatchObject({ in: 2, expected: 2 });
  expect(latest).toMatchObject([{ result: 'WELCOME' }, { result: 'WELCOME' }]);
  expect((await device.open()).people).toContainEqual(
    expect.objectContaining({ userId: member.id, status: 'ENDED', entry: expect.objectContaining({}) }),
  );
  const [left, ...earlier] = await readHistory();
  expect(left).toMatchObject({ action: 'team.left', person: { id: member.id }, team: { id: team.id } });
  expect(earlier).toEqual(before);
  await expectNothingBroken();
});
