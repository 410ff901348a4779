import type { Role } from '@mini-compete/shared/auth';
import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

export const PUBLIC = Symbol('PUBLIC');
export const ROLES = Symbol('ROLES');
export const CHECKS_SESSION_ITSELF = Symbol('CHECKS_SESSION_ITSELF');
export const STARTS_SESSION = Symbol('STARTS_SESSION');

/** Anyone may; who is signed in is known all the same. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Only who has one of these roles. */
export const Roles = (...roles: Role[]) => SetMetadata(ROLES, roles);

/** The handler verifies in its own statement that session and account stand, so the guard asks nothing. */
export const ChecksSessionItself = () => SetMetadata(CHECKS_SESSION_ITSELF, true);

/**
 * Nothing here relies on the cookies that came along: a client that is no browser may send those of an earlier session,
 * and says nothing of where it is from.
 */
export const StartsSession = () => SetMetadata(STARTS_SESSION, true);

/** Who is asking: `Principal`, on `@Public()` routes `Principal | null`. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal | null =>
    context.switchToHttp().getRequest<FastifyRequest>().principal,
);
