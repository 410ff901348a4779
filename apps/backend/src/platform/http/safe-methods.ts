/** Methods that change nothing (RFC 9110): they need no same-origin proof, no session lookup and no write limit. */
export const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
