import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RateLimiter } from '../../concurrency/rate-limiter.js';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.js';
import { DomainError } from '../../errors/domain-error.js';
import { Clock } from '../../time/clock.js';
import { addressBlock, isLoopback } from '../address.js';
import { RATE_LIMIT, type RateLimitRule } from './decorators.js';
import { SAFE_METHODS } from './route-policy.js';

/** Per account, not per address: everybody in a school may share one address. */
const WRITES: RateLimitRule = { per: 'account', limit: 600, seconds: 60 };

interface Limit extends RateLimitRule {
  readonly limiter: RateLimiter;
}

/** Runs after AuthGuard, which sets the principal. Reads are only limited where a route says so. */
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
    if (limit === null || limit.when?.(request) === false) return true;
    const userId = limit.per === 'account' ? request.principal?.userId : undefined;
    if (userId === undefined && this.isExempt(request.ip)) return true;
    const waitSeconds = limit.limiter.take(userId ?? addressBlock(request.ip), this.clock.now().getTime());
    if (waitSeconds > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: waitSeconds });
    return true;
  }

  /** Requests from this machine are trials and load tests, except in production. */
  private isExempt(address: string): boolean {
    return this.env.nodeEnv !== 'production' && isLoopback(address);
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

const limitOf = (rule: RateLimitRule): Limit => ({ ...rule, limiter: new RateLimiter(rule.limit, rule.seconds) });
