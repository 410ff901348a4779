const SECRETS: readonly [RegExp, string][] = [
  // The password in a connection's URL.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi, '$1***@'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***'],
  [/\$argon2id\$[^\s"']+/g, '***'],
  [/\b(mc_access|mc_refresh|token|password|secret|key)=[^\s;&"']+/gi, '$1=***'],
];

/** Takes out of a text what must not be in a log, however it got there. */
export function scrub(text: string): string {
  let clean = text;
  for (const [pattern, instead] of SECRETS) clean = clean.replace(pattern, instead);
  return clean;
}

/** Names under which nothing is logged. */
export const SECRET_NAMES =
  /^(authorization|cookie|set-cookie|idempotency-key|password|currentpassword|token|refreshtoken|accesstoken|secret|jwtsecret|databaseurl|smtpurl|key|passwordhash)$/i;
