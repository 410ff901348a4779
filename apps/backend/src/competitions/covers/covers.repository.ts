import { hash } from 'node:crypto';
import { COVER_MIN_WIDTH, COVER_RATIO } from '@mini-compete/shared/picture-limits';
import { Injectable } from '@nestjs/common';
import type { CompetitionCover } from '../../platform/database/generated/client.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import type { Rendition, Shape } from '../../platform/pictures/picture-renderer.js';
import { FileStore } from '../../platform/storage/file-store.js';

/** The width of social cards, which the JPEG is for. */
export const COVER_JPEG_WIDTH = 1_200;
/** For a phone's list, a phone's page, and a screen with twice the pixels. */
export const COVER_SHAPE: Shape = {
  ratio: COVER_RATIO,
  minWidth: COVER_MIN_WIDTH,
  widths: [400, 800, 1600],
  jpegWidth: COVER_JPEG_WIDTH,
};

/** Depends on the pictures only: uploading the same file again changes nothing. */
export const hashOf = (renditions: readonly Rendition[]): string =>
  hash('sha256', (renditions.at(-1) as Rendition).bytes, 'hex');

const ENDINGS = { 'image/webp': 'webp', 'image/jpeg': 'jpg' } as const;
export const fileName = (hash: string, { width, type }: Pick<Rendition, 'width' | 'type'>) =>
  `${hash}-${width}.${ENDINGS[type]}`;
export const FILE_NAME = /^[0-9a-f]{64}-\d{3,4}\.(webp|jpg)$/;

/** Covers and their files. Changed only under the lock of the competition's row. */
@Injectable()
export class CoversRepository {
  constructor(private readonly files: FileStore) {}

  find(tx: Tx, competitionId: string): Promise<CompetitionCover | null> {
    return tx.competitionCover.findUnique({ where: { competitionId } });
  }

  async replace(
    tx: Tx,
    before: CompetitionCover | null,
    after: Omit<CompetitionCover, 'widths'>,
    renditions: readonly Rendition[],
  ): Promise<void> {
    const widths = renditions.filter(({ type }) => type === 'image/webp').map(({ width }) => width);
    const { competitionId, ...cover } = { ...after, widths };
    if (before?.hash !== cover.hash)
      await this.files.change(tx, {
        added: renditions.map((rendition) => ({ name: fileName(cover.hash, rendition), ...rendition })),
        released: namesOf(before),
      });
    await tx.competitionCover.upsert({ where: { competitionId }, create: { competitionId, ...cover }, update: cover });
  }

  async describe(tx: Tx, { competitionId }: CompetitionCover, alt: string): Promise<void> {
    await tx.competitionCover.update({ where: { competitionId }, data: { alt } });
  }

  async remove(tx: Tx, cover: CompetitionCover): Promise<void> {
    await tx.competitionCover.delete({ where: { competitionId: cover.competitionId } });
    await this.files.change(tx, { released: namesOf(cover) });
  }
}

const namesOf = (cover: CompetitionCover | null): string[] =>
  cover === null
    ? []
    : [
        fileName(cover.hash, { width: Math.min(COVER_JPEG_WIDTH, Math.max(...cover.widths)), type: 'image/jpeg' }),
        ...cover.widths.map((width) => fileName(cover.hash, { width, type: 'image/webp' })),
      ];
