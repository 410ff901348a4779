import { Id } from '@mini-compete/shared/common';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { policyOf } from '../../platform/http/access/route-policy.js';
import { ensurePermission, STAFF_ACCESS, type StaffAccess } from './staff-access.js';

/**
 * Runs after AuthGuard and checks `@Requires()` in the database, so that a revoked role has no effect from the next
 * request on. It refuses without a lock: strangers' requests would hold the competition's lock against registrations.
 */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { permission } = policyOf(context);
    if (permission === null) return true;
    const { principal, params } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
    const id = Id.safeParse(params.id);
    // The schema of the parameter refuses it, with the path of the field.
    if (!id.success) return true;
    return this.pool
      .query<StaffAccess>({ name: 'staff_access', text: STAFF_ACCESS, values: [id.data, principal?.userId] })
      .then(({ rows: [access] }) => ensurePermission(access, permission) !== null);
  }
}
