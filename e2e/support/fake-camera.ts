import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type LaunchOptions, type Page } from '@playwright/test';

const SIZE = { width: 640, height: 480 };
const FRAMES_PER_SECOND = 10;
/** As long as somebody holds up a ticket. The film begins again when it is over. */
const FRAMES_PER_PICTURE = 30;

export interface FakeCamera {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** A browser whose camera films these pictures, one after the other. `page` is any page, to draw them. */
export async function launchWithCamera(
  page: Page,
  svgs: readonly string[],
  options: LaunchOptions,
): Promise<FakeCamera> {
  const folder = mkdtempSync(join(tmpdir(), 'camera-'));
  const film = join(folder, 'film.y4m');
  const frames: Buffer[] = [Buffer.from(`YUV4MPEG2 W${SIZE.width} H${SIZE.height} F${FRAMES_PER_SECOND}:1 Ip C420\n`)];
  for (const svg of svgs) {
    const frame = Buffer.concat([Buffer.from('FRAME\n'), await drawFrame(page, svg)]);
    for (let n = 0; n < FRAMES_PER_PICTURE; n++) frames.push(frame);
  }
  writeFileSync(film, Buffer.concat(frames));
  const browser = await chromium.launch({
    ...options,
    args: [
      ...(options.args ?? []),
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The picture on gray, as somebody would hold it, in the planes of a film: brightness, and no colors. */
async function drawFrame(page: Page, svg: string): Promise<Buffer> {
  const brightness = await page.evaluate(
    async ([source, { width, height }]) => {
      const image = new Image();
      image.src = `data:image/svg+xml;base64,${btoa(source)}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width, height });
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('There is no canvas.');
      context.fillStyle = '#999';
      context.fillRect(0, 0, width, height);
      context.translate(width / 2, height / 2);
      context.rotate(0.12);
      const side = height * 0.7;
      context.drawImage(image, -side / 2, -side / 2, side, side);
      const { data } = context.getImageData(0, 0, width, height);
      // In the range of films, which is not that of screens.
      let text = '';
      for (let at = 0; at < data.length; at += 4)
        text += String.fromCharCode(16 + Math.round(((data[at] ?? 0) * 219) / 255));
      return btoa(text);
    },
    [svg, SIZE] as const,
  );
  return Buffer.concat([Buffer.from(brightness, 'base64'), Buffer.alloc((SIZE.width * SIZE.height) / 2, 128)]);
}
