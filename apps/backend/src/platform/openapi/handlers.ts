import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { z } from 'zod';
import { type RoutePolicy, readPolicy } from '../http/access/route-policy.js';

/** A route, from the decorators in its code. */
export interface Handler {
  readonly method: string;
  /** In the notation of OpenAPI: `/competitions/{id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly policy: RoutePolicy;
  readonly body: z.ZodType | null;
  readonly query: z.ZodType | null;
  readonly params: ReadonlyMap<string, z.ZodType | null>;
}

/** Routes outside of /api, for load balancers and Prometheus. */
const OUTSIDE_API = /^\/(health\/|metrics$)/;

export function handlersOf(app: INestApplicationContext): Handler[] {
  const scanner = new MetadataScanner();
  const handlers: Handler[] = [];
  for (const module of app.get(ModulesContainer).values())
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      for (const name of scanner.getAllMethodNames(metatype.prototype)) {
        const handler = readHandler(metatype, name);
        if (handler !== null) handlers.push(handler);
      }
    }
  return handlers.sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}

function readHandler(controller: object, name: string): Handler | null {
  const { prototype, name: controllerName } = controller as { prototype: Record<string, object>; name: string };
  const callback = prototype[name] as object;
  const method = Reflect.getMetadata(METHOD_METADATA, callback) as RequestMethod | undefined;
  if (method === undefined) return null;
  const parts = [
    Reflect.getMetadata(PATH_METADATA, controller),
    Reflect.getMetadata(PATH_METADATA, callback),
  ] as string[];
  const path = `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
  const args = readArguments(controller, name);
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, param = '']) => param);
  return {
    method: RequestMethod[method].toLowerCase(),
    path: `${OUTSIDE_API.test(path) ? '' : '/api'}${path.replace(/:(\w+)/g, '{$1}')}`,
    operationId: `${controllerName.replace(/Controller$/, '').replace(/^./, (letter) => letter.toLowerCase())}.${name}`,
    policy: readPolicy(callback, controller),
    body: args.find(({ type }) => type === RouteParamtypes.BODY)?.schema ?? null,
    query: args.find(({ type }) => type === RouteParamtypes.QUERY)?.schema ?? null,
    params: new Map(inPath.map((param) => [param, args.find(({ data }) => data === param)?.schema ?? null])),
  };
}

interface Argument {
  readonly type: number;
  readonly data?: string;
  readonly schema?: z.ZodType;
}

function readArguments(controller: object, name: string): Argument[] {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    Omit<Argument, 'type'>
  >;
  return (
    Object.entries(args)
      // Nest's own parameters have the key `type:index`. Custom decorators have a random key, which may begin with a digit
      // and would be taken for a body.
      .filter(([key]) => /^\d+:\d+$/.test(key))
      .map(([key, { data, schema }]) => ({
        type: Number.parseInt(key, 10),
        ...(data !== undefined && { data }),
        ...(schema !== undefined && { schema }),
      }))
  );
}
