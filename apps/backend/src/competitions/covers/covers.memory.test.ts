import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetition, anOrganizer, type CompetitionRow, type Person } from '../../../test/support/factories.js';
import { pngBomb, upload } from '../../../test/support/pictures.js';

let api: TestApi;
let organizer: Person;
let competition: CompetitionRow;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
  competition = await aCompetition({ organizer });
});
afterAll(() => api.close());

describe('UP-01 a cover picture', () => {
  it('of 400 megapixels in 400 kB is refused without being decoded: memory stays flat', async () => {
    const bomb = pngBomb(20_000);
    expect(bomb.length).toBeLessThan(500_000);
    const uploadBomb = () => upload(api.url, competition, bomb, { token: organizer.token });
    // What the first upload of a process loads is not memory of a picture.
    await uploadBomb();
    const before = process.memoryUsage.rss();
    let highest = before;
    const sampling = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage.rss());
    }, 5);
    for (let n = 0; n < 20; n++) expect((await uploadBomb()).status).toBe(413);
    clearInterval(sampling);
    expect(highest - before).toBeLessThan(60_000_000);
  });

  it('sabotage: the same file takes more than a hundred megabytes where no limit is checked before decoding', () => {
    const script = `
      const sharp = require('sharp');
      const chunks = [];
      process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
        const before = process.memoryUsage.rss();
        let highest = before;
        setInterval(() => { highest = Math.max(highest, process.memoryUsage.rss()); }, 5).unref();
        await sharp(Buffer.concat(chunks), { limitInputPixels: false }).resize(1600, 800).raw().toBuffer();
        console.log(highest - before);
      });`;
    const { stdout } = spawnSync(process.execPath, ['-e', script], {
      input: pngBomb(20_000),
      cwd: import.meta.dirname,
    });
    expect(Number(stdout.toString())).toBeGreaterThan(100_000_000);
  });
});
