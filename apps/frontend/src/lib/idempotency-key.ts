/** randomUUID exists in secure contexts only (HTTPS or localhost). */
export function newIdempotencyKey(): string {
  return (
    crypto.randomUUID?.() ??
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  );
}
