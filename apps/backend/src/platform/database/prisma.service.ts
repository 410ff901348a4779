import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { type Prisma, PrismaClient } from './generated/client.js';
import { POOL } from './pool.js';

/** The first parameter of every function that has to run in a transaction. */
export type Tx = Prisma.TransactionClient;

@Injectable()
export class PrismaService extends PrismaClient implements OnApplicationShutdown {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {
    // The other formats quote the code and its arguments, which must not get into logs.
    super({ adapter: new PrismaPg(pool), errorFormat: 'minimal' });
  }

  /** Nest calls this hook after the last request: closing earlier would fail requests in flight. */
  async onApplicationShutdown(): Promise<void> {
    await this.$disconnect();
    await this.pool.end();
  }
}
