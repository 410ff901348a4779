import { Inject, Injectable } from '@nestjs/common';
import { RateLimiter } from '../../platform/concurrency/rate-limiter.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Clock } from '../../platform/time/clock.js';

/**
 * Rate limits for wrong passwords: per account and IP address, so that an attacker's attempts do not lock out the
 * owner, and ten times higher per account, against attempts from many addresses.
 */
@Injectable()
export class LoginRateLimit {
  private readonly perAddress = new RateLimiter(10, 15 * 60);
  private readonly perAccount = new RateLimiter(100, 15 * 60);

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
  ) {}

  /** Counts an attempt before it verifies the password; otherwise a hundred concurrent attempts would be allowed. */
  async attempt(account: string, address: string, verify: () => Promise<boolean>): Promise<boolean> {
    if (!this.env.rateLimits) return verify();
    const accountAndAddress = `${account} ${address}`;
    const now = this.clock.now().getTime();
    const wait = this.perAddress.take(accountAndAddress, now) || this.perAccount.take(account, now);
    if (wait > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: wait });
    let isWrong = false;
    try {
      const isCorrect = await verify();
      isWrong = !isCorrect;
      return isCorrect;
    } finally {
      // Only wrong passwords count: not correct ones, and not attempts that failed with an error.
      if (!isWrong) {
        this.perAddress.refund(accountAndAddress);
        this.perAccount.refund(account);
      }
    }
  }
}
