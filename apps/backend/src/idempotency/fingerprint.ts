import { createHash } from 'node:crypto';

/**
 * What makes two requests the same: the path's parameters and the body as it was parsed. Defaults are filled in by
 * then, and the order of keys does not count.
 */
export function fingerprint(parameters: unknown, body: unknown): Buffer {
  return createHash('sha256').update(canonical({ body, parameters })).digest();
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join()}}`;
}
