import { createHmac, timingSafeEqual } from 'node:crypto';

/** Part of the key derivation: a signature for one purpose is not valid for another. A change invalidates sent links. */
export type Purpose =
  | 'mini-compete leave link v1'
  | 'mini-compete staff invitation v1'
  | 'mini-compete invitation v1'
  | 'mini-compete unsubscribe link v1';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const TOKEN = new RegExp(`^(${UUID}(?:\\.${UUID})?)\\.([\\w-]{43})$`);

/** A token that only this product can make, for the links in messages. */
export function signId(jwtSecret: string, purpose: Purpose, id: string): string {
  return `${id}.${signature(jwtSecret, purpose, id).toString('base64url')}`;
}

/** The id in a token, or its two ids with a dot between them; null for an invalid token. */
export function verifySignedId(jwtSecret: string, purpose: Purpose, token: string): string | null {
  const [, id, encoded] = TOKEN.exec(token) ?? [];
  if (id === undefined || encoded === undefined) return null;
  const bytes = Buffer.from(encoded, 'base64url');
  const expected = signature(jwtSecret, purpose, id);
  return bytes.length === expected.length && timingSafeEqual(bytes, expected) ? id : null;
}

function signature(jwtSecret: string, purpose: Purpose, id: string): Buffer {
  const key = createHmac('sha256', jwtSecret).update(purpose).digest();
  return createHmac('sha256', key).update(id).digest();
}
