import { Injectable } from '@nestjs/common';
import { isDiskFull } from '../errors/database-errors.js';

/** Longer than clients wait before they try again. */
const REMEMBERED_MS = 15_000;

/** Whether PostgreSQL refuses to write because its disk is full. Only requests that write find that out. */
@Injectable()
export class DiskFull {
  private refusedAt = Number.NEGATIVE_INFINITY;

  /** Of a request. */
  noticeFailure(error: unknown): void {
    if (isDiskFull(error)) this.refusedAt = performance.now();
  }

  get isRecent(): boolean {
    return performance.now() - this.refusedAt < REMEMBERED_MS;
  }
}
