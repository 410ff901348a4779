import { Inject, Injectable } from '@nestjs/common';
import { RateLimiter } from '../../platform/concurrency/rate-limiter.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Clock } from '../../platform/time/clock.js';

/**
 * Slows down who guesses passwords. Counted per account and address, so that a stranger's guesses do
 * not keep the owner out; and, much wider, per account, against guesses from many addresses.
 */
@Injectable()
export class LoginThrottle {
  private readonly perAddress = new RateLimiter(10, 15 * 60);
  private readonly perAccount = new RateLimiter(100, 15 * 60);

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
  ) {}

  /** Counted before the password is looked at: a hundred at once must not all be let through. */
  async attempt(account: string, address: string, isRight: () => Promise<boolean>): Promise<boolean> {
    if (!this.env.rateLimits) return isRight();
    const both = `${account} ${address}`;
    const now = this.clock.now().getTime();
    const wait = this.perAddress.take(both, now) || this.perAccount.take(account, now);
    if (wait > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: wait });
    let counts = false;
    try {
      const right = await isRight();
      counts = !right;
      return right;
    } finally {
      if (!counts) {
        this.perAddress.giveBack(both);
        this.perAccount.giveBack(account);
      }
    }
  }
}
