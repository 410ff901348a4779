import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { type Prisma, PrismaClient } from './generated/client.js';
import { POOL } from './pool.js';

/** A transaction is the first parameter of what must run in one. */
export type Tx = Prisma.TransactionClient;

@Injectable()
export class PrismaService extends PrismaClient implements OnApplicationShutdown {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {
    // Its other formats quote the code and the arguments: values that belong in no log.
    super({ adapter: new PrismaPg(pool), errorFormat: 'minimal' });
  }

  /** After the last request: who closes it earlier fails what is still in flight. */
  async onApplicationShutdown(): Promise<void> {
    await this.$disconnect();
    await this.pool.end();
  }
}
