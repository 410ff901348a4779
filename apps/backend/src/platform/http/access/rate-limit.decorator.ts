import { SetMetadata } from '@nestjs/common';

export interface RateLimitRule {
  readonly per: 'address' | 'account';
  readonly limit: number;
  readonly seconds: number;
}

export const RATE_LIMIT = Symbol('RATE_LIMIT');

/** In place of the limit that holds for everything that writes. */
export const RateLimit = (rule: RateLimitRule) => SetMetadata(RATE_LIMIT, rule);
