import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Semaphore } from '../../platform/concurrency/semaphore.js';

/** Argon2id with 19 MiB and two passes: about 40 ms of one core. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** One core stays free for other requests. Each running hash holds 19 MiB. */
const MAX_RUNNING = Math.max(1, Math.min(4, availableParallelism() - 1));
const MAX_WAITING = 256;

/** Verified for an unknown account, so that the response takes as long as for a known one. */
const DUMMY_HASH = hash('the password of no account', OPTIONS);

@Injectable()
export class PasswordHasher {
  private readonly semaphore = new Semaphore(MAX_RUNNING, MAX_WAITING);

  hash(password: string): Promise<string> {
    return this.semaphore.run(() => hash(password, OPTIONS));
  }

  /** False also for an unknown account (`null`), after the same work. */
  async verify(storedHash: string | null, password: string): Promise<boolean> {
    const hashToVerify = storedHash ?? (await DUMMY_HASH);
    const matches = await this.semaphore.run(() => verify(hashToVerify, password, OPTIONS));
    return matches && storedHash !== null;
  }
}
