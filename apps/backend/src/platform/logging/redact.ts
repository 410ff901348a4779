const SECRETS: readonly [RegExp, string][] = [
  // The password in the URL of a connection.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi, '$1***@'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***'],
  [/\$argon2id\$[^\s"']+/g, '***'],
  [/\b(mc_access|mc_refresh|token|password|secret|key)=[^\s;&"']+/gi, '$1=***'],
];

/** Fields that are never logged, by name. */
const SECRET_FIELDS =
  /^(authorization|cookie|set-cookie|idempotency-key|password|currentpassword|token|refreshtoken|accesstoken|secret|jwtsecret|databaseurl|smtpurl|key|passwordhash)$/i;

/** Replaces secrets in a text. Libraries put URLs and headers into their messages, so fields alone are not enough. */
export function redactText(text: string): string {
  let clean = text;
  for (const [pattern, replacement] of SECRETS) clean = clean.replace(pattern, replacement);
  return clean;
}

/** Replaces secrets in the fields of a log line. */
export function redactFields(fields: object): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (SECRET_FIELDS.test(name)) clean[name] = '***';
    else if (value instanceof Error) clean[name] = errorForLog(value);
    else if (typeof value === 'string') clean[name] = redactText(value);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) clean[name] = redactFields(value);
    else clean[name] = value;
  }
  return clean;
}

/**
 * An error for the log, along the chain of causes. Not all of its properties: PostgreSQL's `detail` and `where` and
 * Prisma's `meta` contain values from rows, among them keys and addresses.
 */
export function errorForLog(error: unknown, depth = 0): unknown {
  if (typeof error === 'string') return redactText(error);
  // Prepared for the log already, or thrown without being an Error.
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  return {
    name,
    message: redactText(message),
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    ...(table !== undefined && { table }),
    stack: redactText(stack ?? ''),
    ...(cause !== undefined && depth < 4 && { cause: errorForLog(cause, depth + 1) }),
  };
}
