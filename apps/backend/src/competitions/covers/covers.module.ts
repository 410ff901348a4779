import { Module } from '@nestjs/common';
import { PictureRenderer } from '../../platform/pictures/picture-renderer.js';
import { FileStore } from '../../platform/storage/file-store.js';
import { CoverFilesController } from './cover-files.controller.js';
import { CoverFiles } from './cover-files.js';
import { CoversRepository } from './covers.repository.js';

@Module({
  controllers: [CoverFilesController],
  providers: [CoverFiles, CoversRepository, FileStore, PictureRenderer],
  exports: [CoversRepository, PictureRenderer],
})
export class CoversModule {}
