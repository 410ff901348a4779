import { type ClientRequest, request } from 'node:http';
import type { CheckInNumbers } from '@mini-compete/shared/check-ins';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { checkInClient, Device } from '../../../test/support/doors.js';
import { eventually } from '../../../test/support/eventually.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  employ,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { rows } from '../../../test/support/queries.js';

let api: TestApi;
let second: TestApi;
const open: ClientRequest[] = [];
beforeAll(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.destroy();
});
afterAll(async () => {
  await second.close();
  await api.close();
});

interface Watched {
  readonly status: number;
  readonly numbers: CheckInNumbers[];
  ended: boolean;
}

function watch(url: string, { id }: { id: string }, { token }: Person): Promise<Watched> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
    const stream = request(
      new URL(`/api/competitions/${id}/check-ins/events`, url),
      { agent: false, headers },
      (response) => {
        const watched: Watched = { status: response.statusCode ?? 0, numbers: [], ended: false };
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          const events = text.split('\n\n');
          text = events.pop() ?? '';
          for (const event of events)
            if (event.startsWith('event: numbers')) watched.numbers.push(JSON.parse(event.split('data: ')[1] ?? ''));
        });
        response.on('close', () => {
          watched.ended = true;
        });
        resolve(watched);
      },
    );
    open.push(stream);
    stream.on('error', reject).end();
  });
}

async function watched() {
  const organizer = await anOrganizer();
  const competition = await aCompetition({ organizer });
  const persons = await people(2);
  const ids = await registerMany(persons, competition);
  const scanner = await aPerson();
  await employ(scanner, competition, 'SCANNER');
  const holders = persons.map(({ id }, i) => ({ registrationId: ids[i] ?? '', userId: id }));
  return { organizer, competition, scanner, holders };
}

it('tells staff on every server how many are in, and sends what has changed only', async () => {
  const { organizer, competition, scanner, holders } = await watched();
  const streams = [await watch(api.url, competition, organizer), await watch(second.url, competition, scanner)];
  const device = await new Device(checkInClient(api.url), scanner, competition).open('North');
  device.scan(holders[0]!);
  await device.sync();
  for (const { numbers } of streams) {
    await eventually(
      async () => numbers.at(-1)?.in,
      (count) => count === 1,
    );
    expect(numbers.at(-1)).toMatchObject({ expected: 2, problems: 0, doors: [{ name: 'North', in: 1 }] });
    expect(numbers.at(-1)?.perMinute).toHaveLength(60);
    expect(numbers.at(-1)?.perMinute.reduce((sum, count) => sum + count)).toBe(1);
  }
  const contents = streams[0]!.numbers.map(({ serverTime: _, ...numbers }) => JSON.stringify(numbers));
  expect(new Set(contents).size).toBe(contents.length);
});

it('ends within 15 s when the role has ended, and refuses people without one', async () => {
  const { competition, scanner } = await watched();
  const stream = await watch(api.url, competition, scanner);
  await rows('DELETE FROM competition_staff WHERE user_id = $1', [scanner.id]);
  await eventually(
    async () => stream.ended,
    (ended) => ended,
    20_000,
  );
  expect((await watch(api.url, competition, scanner)).status).toBe(403);
});
