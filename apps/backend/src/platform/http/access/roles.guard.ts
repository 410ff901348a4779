import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../errors/domain-error.js';
import { policyOf } from './route-policy.js';

/** Runs after AuthGuard and checks `@Roles()`. */
@Injectable()
export class RolesGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { roles, isPublic } = policyOf(context);
    if (roles === null || isPublic) return true;
    const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
    if (principal === null || !roles.includes(principal.role)) throw new DomainError('FORBIDDEN');
    return true;
  }
}
