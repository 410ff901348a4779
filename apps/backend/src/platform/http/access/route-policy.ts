import type { Role } from '@mini-compete/shared/auth';
import type { Permission } from '@mini-compete/shared/permissions';
import type { ExecutionContext } from '@nestjs/common';
import { CHECKS_SESSION_ITSELF, PERMISSION, PUBLIC, ROLES, STARTS_SESSION } from './decorators.js';

/** Methods that change nothing (RFC 9110): they need no same-origin proof, no session lookup and no write limit. */
export const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What the decorators on a handler or its controller declare; a decorator on the handler takes precedence. */
export interface RoutePolicy {
  readonly isPublic: boolean;
  readonly roles: readonly Role[] | null;
  /** On the competition that the route's `:id` names. */
  readonly permission: Permission | null;
  readonly checksSessionItself: boolean;
  readonly startsSession: boolean;
}

const policies = new WeakMap<object, RoutePolicy>();

/** Cached per handler: reflection on each request would cost more than verifying the token. */
export function policyOf(context: ExecutionContext): RoutePolicy {
  const handler = context.getHandler();
  let policy = policies.get(handler);
  if (policy === undefined) {
    policy = readPolicy(handler, context.getClass());
    policies.set(handler, policy);
  }
  return policy;
}

export function readPolicy(handler: object, controller: object): RoutePolicy {
  const read = (key: symbol): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller);
  return {
    isPublic: read(PUBLIC) === true,
    roles: (read(ROLES) as Role[] | undefined) ?? null,
    permission: (read(PERMISSION) as Permission | undefined) ?? null,
    checksSessionItself: read(CHECKS_SESSION_ITSELF) === true,
    startsSession: read(STARTS_SESSION) === true,
  };
}
