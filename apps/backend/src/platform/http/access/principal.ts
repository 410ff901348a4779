import type { Role } from '@mini-compete/shared/auth';

/** Who is asking, as the token says. */
export interface Principal {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
  readonly name?: string;
}

/** How the credentials came: what a browser sends by itself has to prove that our own pages sent it. */
export type CredentialSource = 'bearer' | 'cookie';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
}
