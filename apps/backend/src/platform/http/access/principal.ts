import type { Role } from '@mini-compete/shared/auth';

/**
 * The signed-in person and session, from the access token's claims. Where AuthGuard checks the session, the role is the
 * current one.
 */
export interface Principal {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
  readonly name?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
}
