import { hash } from 'node:crypto';

/**
 * What makes two requests the same: the path's parameters and the body as it was parsed. Defaults are filled in by
 * then, and the order of keys does not count.
 */
export function fingerprint(parameters: unknown, body: unknown): Buffer {
  return hash('sha256', canonical({ body, parameters }), 'buffer');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const object = value as Record<string, unknown>;
  let members = '';
  for (const name of Object.keys(object).sort())
    if (object[name] !== undefined) members += `${members && ','}${JSON.stringify(name)}:${canonical(object[name])}`;
  return `{${members}}`;
}
