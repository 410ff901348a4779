import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  type CompetitionRow,
  employ,
  type Person,
  setVisibility,
} from '../../../test/support/factories.js';
import { call, del, get, patch, post } from '../../../test/support/http-client.js';
import { aPicture, pngBomb, removeCover, upload } from '../../../test/support/pictures.js';
import { rows } from '../../../test/support/queries.js';
import { cleanUp } from '../../operations/clean-up/clean-up.jobs.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

let api: TestApi;
let organizer: Person;
let competition: CompetitionRow;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
  competition = await aCompetition({ organizer });
});
afterAll(async () => {
  expect(await checkInvariants(api.pool)).toEqual([]);
  await api.close();
});

const create = () => aCompetition({ organizer });
const put = (
  picture: Buffer | Promise<Buffer>,
  { of = competition, ...options }: { of?: CompetitionRow; token?: string; alt?: string; type?: string } = {},
) => upload(api.url, of, picture, { token: organizer.token, ...options });
const read = async ({ id }: CompetitionRow) => (await get(api.url, `/api/competitions/${id}`)).body;
const bytesOf = async (path: string) => Buffer.from(await (await fetch(new URL(path, api.url))).arrayBuffer());
const largest = ({ cover }: { cover: { sizes: { url: string }[] } }) => cover.sizes.at(-1)?.url ?? '';
const filesLeft = () => rows<{ name: string }>('SELECT name FROM files ORDER BY name');
const aDayLater = () => rows(`UPDATE files SET unused_since = unused_since - interval '25 hours'`);

describe('UP-01 a cover picture', () => {
  it.each([
    ['jpeg', aPicture().jpeg()],
    ['png', aPicture().png()],
    ['webp', aPicture().webp()],
  ])(
    'in the format %s is accepted whatever the Content-Type says, and served in sizes of our own',
    async (_, picture) => {
      const of = await create();
      for (const type of ['application/json', 'text/html']) {
        const { status, headers, body } = await put(picture.toBuffer(), { of, alt: 'Boats at the start', type });
        expect(status).toBe(200);
        expect(headers.get('etag')).toBe('"2"');
        expect(body).toMatchObject({ version: 2, staffRole: 'OWNER', cover: { alt: 'Boats at the start' } });
      }
      const { cover } = await read(of);
      expect(cover.sizes.map(({ width, height }: { width: number; height: number }) => [width, height])).toEqual([
        [400, 200],
        [800, 400],
        [1200, 600],
      ]);
      for (const { url, width, height } of cover.sizes)
        expect(await sharp(await bytesOf(url)).metadata()).toMatchObject({ format: 'webp', width, height });
      expect(await sharp(await bytesOf(cover.jpeg.url)).metadata()).toMatchObject({
        format: 'jpeg',
        width: 1200,
        height: 600,
      });
      const list = await get(api.url, '/api/competitions?limit=100&sort=newest');
      expect(list.body.items.find(({ id }: CompetitionRow) => id === of.id).cover).toEqual(cover);
    },
  );

  it('is cut to 2:1 around its center, turned upright, and loses place, camera and color profile', async () => {
    const half = { width: 1_000, height: 500, channels: 3 as const };
    const photo = await sharp({ create: { ...half, height: 1_000, background: '#ff0000' } })
      .composite([{ input: { create: { ...half, background: '#0000ff' } }, gravity: 'south' }])
      .withExif({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '59/1 51/1 0/1' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .withIccProfile('p3')
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(photo.includes('Camera')).toBe(true);
    const before = await sharp(photo).metadata();
    expect(before.orientation).toBe(6);
    const file = await bytesOf(largest((await put(photo)).body));
    const after = await sharp(file).metadata();
    expect(after).toMatchObject({ width: 1_000, height: 500, space: 'srgb' });
    for (const kind of ['exif', 'xmp', 'icc', 'iptc', 'orientation'] as const) expect(after[kind]).toBeUndefined();
    expect(file.includes('Camera')).toBe(false);
    // Turned clockwise, what was at the bottom is on the left.
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    const pixel = (x: number) => [...data.subarray((250 * info.width + x) * info.channels).subarray(0, 3)];
    const [left, right] = [pixel(100), pixel(900)] as [number[], number[]];
    expect(left[2]).toBeGreaterThan(200);
    expect(left[0]).toBeLessThan(60);
    expect(right[0]).toBeGreaterThan(200);
    expect(right[2]).toBeLessThan(60);
  });

  it('has white where it was transparent, and is the first frame of an animation', async () => {
    const clear = sharp({
      create: { width: 800, height: 400, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    });
    const transparent = await bytesOf(largest((await put(clear.png().toBuffer())).body));
    expect((await sharp(transparent).stats()).channels.map(({ min }) => min)).toEqual([255, 255, 255]);
    const frames = await Promise.all(['#00ff00', '#ff0000'].map((color) => aPicture(800, 400, color).png().toBuffer()));
    const animation = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    const still = await bytesOf(largest((await put(animation)).body));
    expect((await sharp(still).metadata()).pages).toBeUndefined();
    expect((await sharp(still).stats()).dominant).toMatchObject({ r: 8, g: 248, b: 8 });
  });

  it.each(['jpeg', 'png', 'webp'] as const)('is refused when its end is missing: %s', async (format) => {
    const noise = sharp({
      create: {
        width: 800,
        height: 400,
        channels: 3,
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
        background: '#000',
      },
    });
    const whole = await noise.toFormat(format).toBuffer();
    expect((await put(whole)).status).toBe(200);
    expect((await put(whole.subarray(0, whole.length / 2))).body).toMatchObject({
      status: 415,
      code: 'PICTURE_UNREADABLE',
    });
  });

  it.each([
    [
      'an SVG',
      '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><image href="file:///etc/passwd"/></svg>',
    ],
    ['an SVG behind an XML declaration', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a GIF that is a script too', 'GIF89a/*\x01\x00\x01\x00\x00\x00\x00*/=1;alert(1)//;'],
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['the first bytes of a JPEG', '\xff\xd8\xff'],
    ['the first bytes of a PNG and a script', '\x89PNG\r\n\x1a\n<script>alert(1)</script>'],
    ['the first bytes of a WebP', 'RIFF\x00\x00\x00\x00WEBP'],
    ['a TIFF', 'II*\x00\x08\x00\x00\x00'],
    ['a PDF', '%PDF-1.7'],
    ['nothing', ''],
  ])('is refused when it is %s, whatever the Content-Type says', async (_, text) => {
    expect((await put(Buffer.from(text, 'latin1'), { type: 'image/png' })).body).toMatchObject({
      status: 415,
      code: 'PICTURE_UNREADABLE',
    });
  });

  it('is a new file without what was hidden behind a valid picture', async () => {
    const polyglot = Buffer.concat([await aPicture().jpeg().toBuffer(), Buffer.from('<script>alert(1)</script>')]);
    const { status, body } = await put(polyglot);
    expect(status).toBe(200);
    expect((await bytesOf(largest(body))).includes('script')).toBe(false);
  });

  it('is refused when it is too small, too many bytes or too many pixels, and says the limit', async () => {
    for (const [width, height] of [
      [399, 800],
      [800, 199],
    ] as const)
      expect((await put(aPicture(width, height).png().toBuffer())).body).toMatchObject({
        status: 400,
        errors: [{ path: 'picture', message: expect.stringContaining('400') }],
      });
    expect((await put(aPicture(400, 200).png().toBuffer())).status).toBe(200);
    const padding = (bytes: number) =>
      aPicture()
        .jpeg()
        .toBuffer()
        .then((jpeg) => Buffer.concat([jpeg, Buffer.alloc(bytes - jpeg.length)]));
    expect((await put(padding(8_000_000))).status).toBe(200);
    expect((await put(padding(8_000_001))).body).toMatchObject({
      status: 413,
      code: 'BODY_TOO_LARGE',
      detail: expect.stringContaining('8 MB'),
    });
    expect((await put(pngBomb(30_000, { pixels: false }))).body).toMatchObject({
      status: 413,
      code: 'BODY_TOO_LARGE',
      detail: expect.stringContaining('40 megapixels'),
    });
  });

  it('is refused while it is still being sent, and the rest of it is discarded', async () => {
    const upload = request(`${api.url}/api/competitions/${competition.id}/cover`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${organizer.token}` },
    });
    const refused = once(upload, 'response') as Promise<[IncomingMessage]>;
    // Far more than what fits into the buffers of the sockets, by a client that reads nothing before it has sent all.
    upload.end(Buffer.alloc(60_000_000));
    await once(upload, 'finish', { signal: AbortSignal.timeout(10_000) });
    const [response] = await refused;
    response.resume();
    expect(response.statusCode).toBe(413);
  });
});

describe('the file of a cover', () => {
  it('may be kept forever, by anybody, and is never executed', async () => {
    const path = largest((await put(aPicture(900, 450).png().toBuffer())).body);
    const first = await fetch(new URL(path, api.frontUrl));
    expect(first.status).toBe(200);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    });
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(new URL(path, api.frontUrl), { headers: { 'if-none-match': `W/${etag}` } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await fetch(new URL(path, api.url), { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([
      200,
      '',
      String((await first.arrayBuffer()).byteLength),
    ]);
  });

  it('comes without cookies, which a shared cache might keep with it', async () => {
    const account = { name: 'Ada', email: 'ada-covers@example.org', password: 'correct horse', role: 'PARTICIPANT' };
    const signedUp = await post(api.url, '/api/auth/signup', { body: account });
    const refresh =
      signedUp.headers
        .getSetCookie()
        .find((line) => line.startsWith('mc_refresh='))
        ?.split(';', 1)[0] ?? '';
    const path = largest((await put(aPicture(900, 450).png().toBuffer())).body);
    const response = await get(api.url, path, { headers: { cookie: refresh } });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('is read from the database once', async () => {
    const path = largest((await put(aPicture(910, 455).png().toBuffer())).body);
    const reads = vi.spyOn(api.pool, 'query');
    for (let n = 0; n < 5; n++) expect((await get(api.url, path)).status).toBe(200);
    // Others look at the database in the background.
    const ofFiles = reads.mock.calls.filter(
      ([query]) => (query as unknown as { name?: string }).name === 'stored_file',
    );
    expect(ofFiles).toHaveLength(1);
    reads.mockRestore();
  });

  it.each(['x', `${'0'.repeat(64)}-400.webp`, '..%2f..%2fetc%2fpasswd', `${'0'.repeat(64)}-400.webp%00`])(
    'is not found under %s',
    async (name) => {
      expect((await get(api.url, `/api/covers/${name}`)).body).toMatchObject({ status: 404, code: 'COVER_NOT_FOUND' });
    },
  );
});

describe('the cover of a competition', () => {
  it('is replaced, described and removed, each time as an edit with a line in the audit log', async () => {
    const of = await create();
    expect((await read(of)).cover).toBeNull();
    const [blue, green] = await Promise.all(
      ['#0000ff', '#00ff00'].map((color) => aPicture(800, 400, color).png().toBuffer()),
    );
    expect((await put(blue as Buffer, { of, alt: 'Blue' })).body.version).toBe(2);
    expect((await put(blue as Buffer, { of, alt: 'Blue' })).body.version).toBe(2);
    expect((await put(green as Buffer, { of, alt: 'Blue' })).body.version).toBe(3);
    const path = `/api/competitions/${of.id}/cover`;
    const described = await patch(api.url, path, { token: organizer.token, body: { alt: '  Green ' } });
    expect(described.body).toMatchObject({ version: 4, cover: { alt: 'Green' } });
    expect((await removeCover(api.url, of, organizer.token)).body).toMatchObject({ version: 5, cover: null });
    expect((await removeCover(api.url, of, organizer.token)).body).toMatchObject({ version: 5, cover: null });
    expect((await patch(api.url, path, { token: organizer.token, body: { alt: 'x' } })).body.code).toBe(
      'COVER_NOT_FOUND',
    );
    expect(
      await rows(`SELECT details->'changes' AS changes FROM audit_entries WHERE subject_id = $1 ORDER BY id`, [of.id]),
    ).toEqual([
      { changes: { cover: 'added' } },
      { changes: { cover: 'replaced' } },
      { changes: { coverAlt: { from: 'Blue', to: 'Green' } } },
      { changes: { cover: 'removed' } },
    ]);
  });

  it('is one of two that are uploaded at once, and the files of the other are cleaned up after a day', async () => {
    const of = await create();
    await rows('DELETE FROM competition_covers');
    await rows('DELETE FROM files');
    const pictures = await Promise.all(
      ['#101010', '#f0f0f0'].map((color) => aPicture(800, 400, color).png().toBuffer()),
    );
    const responses = await Promise.all(pictures.map((picture) => put(picture, { of })));
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    const { version, cover } = await read(of);
    expect(version).toBe(3);
    expect(responses.map(({ body }) => body.cover)).toContainEqual(cover);
    await cleanUp(api.pool);
    expect(await filesLeft()).toHaveLength(6);
    await aDayLater();
    await cleanUp(api.pool);
    expect((await filesLeft()).map(({ name }) => `/api/covers/${name}`).sort()).toEqual(
      [...cover.sizes, cover.jpeg].map(({ url }: { url: string }) => url).sort(),
    );
  });

  it('stays when another competition that has the same picture removes it, or is deleted', async () => {
    const [first, second, third] = [await create(), await create(), await create()];
    const picture = await aPicture(800, 400, '#123456').png().toBuffer();
    for (const of of [first, second, third]) await put(picture, { of });
    const path = largest(await read(first));
    await Promise.all([
      removeCover(api.url, second, organizer.token),
      del(api.url, `/api/competitions/${third.id}`, { token: organizer.token }),
    ]);
    await aDayLater();
    await cleanUp(api.pool);
    const names = async () => (await filesLeft()).map(({ name }) => name);
    expect(await names()).toContain(path.replace('/api/covers/', ''));
    await removeCover(api.url, first, organizer.token);
    await put(picture, { of: second });
    await aDayLater();
    await cleanUp(api.pool);
    expect(await names()).toContain(path.replace('/api/covers/', ''));
  });

  it('is exchanged between two competitions at once, many times', async () => {
    const pair = [await create(), await create()] as const;
    const pictures = await Promise.all(
      ['#aa0000', '#00aa00'].map((color) => aPicture(800, 400, color).png().toBuffer()),
    );
    for (let n = 0; n < 6; n++) {
      const responses = await Promise.all(pair.map((of, i) => put(pictures[(n + i) % 2] as Buffer, { of })));
      expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    }
  });

  it('is changed by those who may edit only, and a draft is not disclosed', async () => {
    const of = await create();
    const picture = await aPicture().png().toBuffer();
    const [stranger, reviewer, manager] = [await aPerson(), await aPerson(), await aPerson()];
    await employ(reviewer, of, 'REVIEWER');
    await employ(manager, of, 'MANAGER');
    const codes = async () =>
      Promise.all(
        [stranger, reviewer, manager].map(async ({ token }) => (await put(picture, { of, token })).body.code ?? 200),
      );
    expect(await codes()).toEqual(['FORBIDDEN', 'FORBIDDEN', 200]);
    await setVisibility(of, 'DRAFT');
    expect(await codes()).toEqual(['COMPETITION_NOT_FOUND', 'FORBIDDEN', 200]);
    await rows(`UPDATE competitions SET visibility = 'PUBLIC', cancelled_at = now() WHERE id = $1`, [of.id]);
    expect((await put(picture, { of })).body.code).toBe('COMPETITION_CANCELLED');
  });

  it('is not read from people who may not upload it: the response comes before the body', async () => {
    const statusFor = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const upload = request(`${api.url}/api/competitions/${competition.id}/cover`, {
          method: 'PUT',
          headers: { 'content-length': '8000000', ...headers },
        });
        upload.on('response', (response) => {
          resolve(response.statusCode);
          upload.destroy();
        });
        upload.on('error', reject);
        upload.write(Buffer.alloc(1_000));
      });
    expect(await statusFor({})).toBe(401);
    expect(await statusFor({ authorization: `Bearer ${(await aPerson()).token}` })).toBe(403);
  });

  it('is refused with BUSY while eight others are being uploaded, and an upload that breaks off makes room again', async () => {
    const started: ReturnType<typeof request>[] = [];
    const refused = new Promise<IncomingMessage>((resolve) => {
      for (let n = 0; n < 9; n++) {
        const upload = request(`${api.url}/api/competitions/${competition.id}/cover`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${organizer.token}`, 'content-length': '1000000' },
        });
        upload.on('response', resolve).on('error', () => {});
        upload.write(Buffer.alloc(1_000));
        started.push(upload);
      }
    });
    const { statusCode, headers } = await refused;
    expect([statusCode, headers['retry-after']]).toEqual([503, '5']);
    const picture = await aPicture().png().toBuffer();
    expect((await put(picture)).body.code).toBe('BUSY');
    for (const upload of started) upload.destroy();
    await vi.waitFor(async () => expect((await put(picture)).status).toBe(200), 5_000);
  });

  it('is the only body that is not JSON: no other route takes one, nor the type that the parser uses for it', async () => {
    const source = readFileSync(new URL('../../platform/http/body-parser.ts', import.meta.url), 'utf8');
    const type = /STREAM_TYPE = '(.*)'/.exec(source)?.[1] ?? '';
    for (const contentType of [type, 'image/png'])
      expect(
        (
          await call('PATCH', api.url, `/api/competitions/${competition.id}/cover`, {
            token: organizer.token,
            headers: { 'content-type': contentType },
            body: '{"alt":"x"}',
          })
        ).body.code,
      ).toBe('MEDIA_TYPE_UNSUPPORTED');
  });
});
