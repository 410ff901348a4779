import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '../bench/src/house/process.js';
import { until } from '../bench/src/house/until.js';
import { type Asked, Client, everybody, rush } from './harness/client.js';
import { History } from './harness/history.js';
import { House } from './harness/house.js';
import { Tap } from './harness/tap.js';

const KILLS_OF_POSTGRES = 20;
const KILLS_OF_AN_API = 10;
const FOR_MS = 300_000;
const SEATS = 600;
const PEOPLE = 800;

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

/** A rush for more people than seats, with something terrible at a moment that nobody can foresee. */
async function rushAndMeanwhile(apis: readonly Program[], terrible: () => Promise<unknown>): Promise<History> {
  const history = new History();
  const competitionId = await house.world.competition({ capacity: SEATS });
  const rushing = rush(everybody(await house.world.people(PEOPLE), competitionId), apis, history, 64);
  const moment = Math.floor(Math.random() * SEATS * 0.8);
  await until('enough are in', () => history.accepted.length >= moment);
  await terrible();
  await rushing;
  return history;
}

const EVERYBODY_KNOWS = { 201: SEATS, COMPETITION_FULL: PEOPLE - SEATS };

describe('kill -9', () => {
  it(
    `FT-01 of PostgreSQL, ${KILLS_OF_POSTGRES} times in a rush, loses no acknowledged registration`,
    async () => {
      const apis = await house.apis(2);
      for (let kill = 0; kill < KILLS_OF_POSTGRES; kill++) {
        const history = await rushAndMeanwhile(apis, async () => {
          house.postgres.kill();
          await house.postgres.start();
        });
        expect(history.outcomes()).toEqual(EVERYBODY_KNOWS);
        expect(await history.violations(house.world)).toEqual([]);
      }
    },
    FOR_MS,
  );

  it(
    `FT-02 of an API process, ${KILLS_OF_AN_API} times in a rush, loses no acknowledged registration`,
    async () => {
      const [first, second] = (await house.apis(2)) as [Program, Program];
      let mortal = second;
      for (let kill = 0; kill < KILLS_OF_AN_API; kill++) {
        const port = Number(new URL(mortal.url).port);
        const history = await rushAndMeanwhile([first, mortal], async () => {
          await mortal.kill();
          mortal = await house.api({ port });
        });
        expect(history.outcomes()).toEqual(EVERYBODY_KNOWS);
        expect(await history.violations(house.world)).toEqual([]);
      }
    },
    FOR_MS,
  );

  it('ID-18 of the API between the commit and the answer is followed by a replay', async () => {
    const tap = await Tap.open(house.postgres.port);
    const api = await house.api({
      databaseUrl: house.databaseUrl.replace(`:${house.postgres.port}/`, `:${tap.port}/`),
    });
    const history = new History();
    const competitionId = await house.world.competition({ capacity: 10 });
    const [earlier, asked] = everybody(await house.world.people(2), competitionId) as [Asked, Asked];
    await new Client([api], history).once(earlier); // its connection to the database is there now

    tap.holdAnswers();
    const unheard = new Client([api], history).once(asked);
    await until('it is committed', async () => (await house.world.seated([competitionId])) === 2);
    await api.kill();
    expect((await unheard).status).toBe('unknown');
    await tap.close();

    const again = await new Client([await house.api()], history).once(asked);
    expect(again.status).toBe(201);
    expect(again.head).toMatch(/idempotent-replayed: true/i);
    expect(await house.world.seated([competitionId])).toBe(2);
    expect(await history.violations(house.world)).toEqual([]);
  });
});
