import { hash } from 'node:crypto';

/**
 * SHA-256 over the path parameters and the parsed body. A retry with the same idempotency key must have the same
 * fingerprint. The parser has filled in defaults, and the order of members makes no difference.
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
