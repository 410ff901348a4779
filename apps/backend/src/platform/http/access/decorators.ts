import type { Role } from '@mini-compete/shared/auth';
import type { Permission } from '@mini-compete/shared/permissions';
import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

export const PUBLIC = Symbol('PUBLIC');
export const ROLES = Symbol('ROLES');
export const PERMISSION = Symbol('PERMISSION');
export const CHECKS_SESSION_ITSELF = Symbol('CHECKS_SESSION_ITSELF');
export const STARTS_SESSION = Symbol('STARTS_SESSION');
export const RATE_LIMIT = Symbol('RATE_LIMIT');

/** No session needed. The handler still gets the principal of a request that has one. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Only for accounts with one of these roles. */
export const Roles = (...roles: Role[]) => SetMetadata(ROLES, roles);

/** Only for staff of the competition `:id` with this permission, and for admins. */
export const Requires = (permission: Permission) => SetMetadata(PERMISSION, permission);

/** The handler's own statement checks session, account and role, so the guard saves a query. */
export const ChecksSessionItself = () => SetMetadata(CHECKS_SESSION_ITSELF, true);

/**
 * The handler does not use the request's cookies, so a request without `Origin` is accepted: clients that are not
 * browsers send cookies of an earlier session, but no `Origin`.
 */
export const StartsSession = () => SetMetadata(STARTS_SESSION, true);

export interface RateLimitRule {
  readonly per: 'address' | 'account';
  readonly limit: number;
  readonly seconds: number;
  /** Without it, every request counts. */
  readonly when?: (request: FastifyRequest) => boolean;
}

/** Replaces the default limit on writing routes, or limits a read that is expensive. */
export const RateLimit = (rule: RateLimitRule) => SetMetadata(RATE_LIMIT, rule);

/** The request's `Principal`; on `@Public()` routes `Principal | null`. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal | null =>
    context.switchToHttp().getRequest<FastifyRequest>().principal,
);
