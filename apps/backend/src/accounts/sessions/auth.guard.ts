import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type pg from 'pg';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { accessTokenOf, reliesOnCookies } from '../../platform/http/access/credentials.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { policyOf, type RoutePolicy, SAFE_METHODS } from '../../platform/http/access/route-policy.js';
import { provenanceOf } from '../../platform/http/access/same-origin.js';
import { ensureSessionActive } from './active-session.js';
import { TokenService } from './token.service.js';

/** Guards every route: a route without `@Public()` needs a valid access token. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly frontendOrigin: string;

  constructor(
    @Inject(ENV) env: Env,
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly tokens: TokenService,
  ) {
    this.frontendOrigin = new URL(env.frontendUrl).origin;
  }

  /** Synchronous unless the database has to be queried: a promise for each request costs time. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const policy = policyOf(context);
    const writes = !SAFE_METHODS.has(request.method);
    if (writes && reliesOnCookies(request)) {
      const provenance = provenanceOf(request, this.frontendOrigin);
      if (provenance === 'foreign' || (provenance === 'unknown' && !policy.startsSession))
        throw new DomainError('CROSS_SITE_REQUEST');
    }

    if (request.renewalError !== null) throw request.renewalError;
    const principal = principalOf(request, this.tokens);
    request.principal = principal;
    if (policy.isPublic) return true;
    if (principal === null) throw new DomainError('UNAUTHENTICATED');
    if (!needsSessionCheck(policy, principal, writes)) return true;
    return ensureSessionActive(this.pool, principal).then((current) => {
      // RolesGuard and the handler have to see the current role, not the one in the token.
      request.principal = current;
      return true;
    });
  }
}

/**
 * Reads trust the token, except for what only an admin may see: a former admin would have the data of all accounts until
 * the token expires. Admins are few, so this costs no load.
 */
function needsSessionCheck(policy: RoutePolicy, { role }: Principal, writes: boolean): boolean {
  return writes ? !policy.checksSessionItself : policy.roles !== null && role === 'ADMIN';
}

/** The signed-in person, or null without a valid access token. */
export function principalOf(request: FastifyRequest, tokens: TokenService): Principal | null {
  const token = accessTokenOf(request);
  return token === null ? null : tokens.verify(token);
}
