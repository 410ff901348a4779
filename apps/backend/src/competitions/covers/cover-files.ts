import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { RequestCoalescer } from '../../platform/concurrency/request-coalescing.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { FileStore, type StoredFile } from '../../platform/storage/file-store.js';
import { FILE_NAME } from './covers.repository.js';

/** About 500 covers in all their sizes. */
const CACHE_BYTES = 64 * 1024 * 1024;

/** The pictures as they are served. They never change, so what was read once is kept while there is room. */
@Injectable()
export class CoverFiles {
  private readonly cache = new LRUCache<string, StoredFile>({
    maxSize: CACHE_BYTES,
    sizeCalculation: ({ bytes }, name) => bytes.length + name.length,
  });
  private readonly reads = new RequestCoalescer<StoredFile | null>();

  constructor(private readonly store: FileStore) {}

  async get(name: string): Promise<StoredFile> {
    if (!FILE_NAME.test(name)) throw new DomainError('COVER_NOT_FOUND');
    const file = this.cache.get(name) ?? (await this.reads.get(name, () => this.store.find(name)));
    if (file === null) throw new DomainError('COVER_NOT_FOUND');
    this.cache.set(name, file);
    return file;
  }
}
