import { Global, Module } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { DatabaseState } from './database-state.js';
import { DiskFull } from './disk-full.js';
import { createPool, POOL } from './pool.js';
import { PrismaService } from './prisma.service.js';

@Global()
@Module({
  providers: [
    { provide: POOL, inject: [ENV], useFactory: (env: Env) => createPool(env, 'server') },
    PrismaService,
    DatabaseState,
    DiskFull,
  ],
  exports: [POOL, PrismaService, DatabaseState, DiskFull],
})
export class DatabaseModule {}
