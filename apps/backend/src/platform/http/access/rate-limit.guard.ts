import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RateLimiter } from '../../concurrency/rate-limiter.js';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.js';
import { DomainError } from '../../errors/domain-error.js';
import { Clock } from '../../time/clock.js';
import { addressBlock, isThisMachine } from '../address.js';
import { SAFE_METHODS } from '../safe-methods.js';
import { RATE_LIMIT, type RateLimitRule } from './rate-limit.decorator.js';

/** Per account and never per address: a school behind one address registers like anybody else. */
const WRITES: RateLimitRule = { per: 'account', limit: 600, seconds: 60 };

interface Limit {
  readonly per: RateLimitRule['per'];
  readonly limiter: RateLimiter;
}

/** After AuthGuard, which says whose request it is. Reading is not limited here: that belongs in front of the house. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly writes = limitOf(WRITES);
  private readonly limits = new WeakMap<object, Limit | null>();

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (!this.env.rateLimits) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const limit = this.limitFor(context.getHandler(), request.method);
    if (limit === null) return true;
    const name = limit.per === 'account' ? request.principal?.userId : undefined;
    if (name === undefined && this.isOnTrial(request.ip)) return true;
    const wait = limit.limiter.take(name ?? addressBlock(request.ip), this.clock.now().getTime());
    if (wait > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: wait });
    return true;
  }

  /** Who tries it out on this machine, with a load or by hand, is no stranger; in production everybody is counted. */
  private isOnTrial(address: string): boolean {
    return this.env.nodeEnv !== 'production' && isThisMachine(address);
  }

  private limitFor(handler: object, method: string): Limit | null {
    let limit = this.limits.get(handler);
    if (limit === undefined) {
      const rule = Reflect.getMetadata(RATE_LIMIT, handler) as RateLimitRule | undefined;
      limit = rule ? limitOf(rule) : SAFE_METHODS.has(method) ? null : this.writes;
      this.limits.set(handler, limit);
    }
    return limit;
  }
}

const limitOf = ({ per, limit, seconds }: RateLimitRule): Limit => ({ per, limiter: new RateLimiter(limit, seconds) });
