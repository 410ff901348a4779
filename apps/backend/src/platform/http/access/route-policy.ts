import type { Role } from '@mini-compete/shared/auth';
import type { ExecutionContext } from '@nestjs/common';
import { CHECKS_SESSION_ITSELF, PUBLIC, ROLES, STARTS_SESSION } from './decorators.js';

/** What the decorators on a handler or its controller say; the handler's win. */
export interface RoutePolicy {
  readonly isPublic: boolean;
  readonly roles: readonly Role[] | null;
  readonly checksSessionItself: boolean;
  readonly startsSession: boolean;
}

const policies = new WeakMap<object, RoutePolicy>();

/** Read once per handler: reflection on each request would cost more than the token's check. */
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
    checksSessionItself: read(CHECKS_SESSION_ITSELF) === true,
    startsSession: read(STARTS_SESSION) === true,
  };
}
