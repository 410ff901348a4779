import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Semaphore } from '../../platform/concurrency/semaphore.js';

/** argon2id, 19 MiB, two passes: about 40 ms of one core. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** One core stays free for everybody else's requests; each at work holds 19 MiB. */
const AT_WORK = Math.max(1, Math.min(4, availableParallelism() - 1));
const MOST_WAITING = 256;

/** Compared with when there is no such account, so that the answer takes as long. */
const NOBODYS_HASH = hash('the password of nobody', OPTIONS);

@Injectable()
export class PasswordHasher {
  private readonly slots = new Semaphore(AT_WORK, MOST_WAITING);

  hash(password: string): Promise<string> {
    return this.slots.run(() => hash(password, OPTIONS));
  }

  /** False also where there is no account (`null`), after the same work. */
  async verify(stored: string | null, password: string): Promise<boolean> {
    const against = stored ?? (await NOBODYS_HASH);
    const matches = await this.slots.run(() => verify(against, password, OPTIONS));
    return matches && stored !== null;
  }
}
