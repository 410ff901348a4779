import { PICTURE_MEGAPIXELS } from '@mini-compete/shared/picture-limits';
import { Injectable } from '@nestjs/common';
import sharp, { type Sharp } from 'sharp';
import { Semaphore } from '../concurrency/semaphore.js';
import { DomainError } from '../errors/domain-error.js';
import { pictureType } from './picture-type.js';

const MAX_PIXELS = PICTURE_MEGAPIXELS * 1_000_000;
/** A picture of 40 megapixels takes 1 s, and up to 160 MB while it is decoded: hence one at a time. */
const MAX_SECONDS = 10;
const MAX_WAITING = 4;
const WEBP = { quality: 80 };
const JPEG = { quality: 82, mozjpeg: true };

// One core: the others are for those who register. No cache: each picture is decoded once.
sharp.concurrency(1);
sharp.cache(false);

export interface Rendition {
  readonly width: number;
  readonly type: 'image/webp' | 'image/jpeg';
  readonly bytes: Buffer;
}

export interface Shape {
  /** Width by height. */
  readonly ratio: number;
  readonly minWidth: number;
  /** Of the WebP pictures, from small to large. The last one is as wide as the upload if that is less. */
  readonly widths: readonly number[];
  /** Of one more in JPEG, for readers that know nothing newer; at most as wide as the largest of the others. */
  readonly jpegWidth: number;
}

/**
 * Turns uploads into pictures of our own: cut to a shape, upright, in sRGB, and without the metadata, which may say
 * where and by whom a photo was taken. Nothing of the file itself is kept.
 */
@Injectable()
export class PictureRenderer {
  private readonly decoding = new Semaphore(1, MAX_WAITING);

  render(upload: Buffer, shape: Shape): Promise<Rendition[]> {
    if (pictureType(upload) === null) throw new DomainError('PICTURE_UNREADABLE');
    return this.decoding.run(async () => {
      const widths = await widthsFor(upload, shape);
      const largest = widths.at(-1) as number;
      const { data, info } = await orUnreadable(
        open(upload)
          .autoOrient()
          .resize({ width: largest, height: Math.round(largest / shape.ratio), fit: 'cover' })
          // Transparent parts would show the page, which may be dark.
          .flatten({ background: 'white' })
          .toColourspace('srgb')
          .raw()
          .timeout({ seconds: MAX_SECONDS })
          .toBuffer({ resolveWithObject: true }),
      );
      const pixels = { width: info.width, height: info.height, channels: info.channels };
      const scaled = (width: number) =>
        sharp(data, { raw: pixels }).resize({ width, height: Math.round(width / shape.ratio) });
      const jpegWidth = Math.min(shape.jpegWidth, largest);
      return Promise.all([
        { width: jpegWidth, type: 'image/jpeg' as const, bytes: await scaled(jpegWidth).jpeg(JPEG).toBuffer() },
        ...widths.map(async (width) => ({
          width,
          type: 'image/webp' as const,
          bytes: await scaled(width).webp(WEBP).toBuffer(),
        })),
      ]);
    });
  }
}

/** Reads the header only: a file of some kilobytes can unpack to gigabytes. */
async function widthsFor(upload: Buffer, { ratio, minWidth, widths }: Shape): Promise<number[]> {
  const { autoOrient } = await orUnreadable(sharp(upload, { limitInputPixels: false }).metadata());
  const { width, height } = autoOrient;
  if (width * height > MAX_PIXELS) throw new DomainError('BODY_TOO_LARGE', { detail: { key: 'pictureMegapixels' } });
  // A multiple, so that the height is a whole number of pixels too.
  const available = Math.floor(Math.min(width, height * ratio) / ratio) * ratio;
  if (available < minWidth)
    throw new DomainError('VALIDATION_FAILED', { errors: [{ path: 'picture', key: 'rule.pictureTooSmall' }] });
  const smaller = widths.slice(0, -1).filter((width) => width < available);
  return [...smaller, Math.min(available, widths.at(-1) as number)];
}

/** Of an animation the first frame. `failOn`: what cameras get wrong is accepted, what is missing is not. */
const open = (upload: Buffer): Sharp =>
  sharp(upload, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true });

async function orUnreadable<Result>(decoding: Promise<Result>): Promise<Result> {
  try {
    return await decoding;
  } catch (error) {
    throw new DomainError('PICTURE_UNREADABLE', { cause: error });
  }
}
