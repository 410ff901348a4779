import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '@mini-compete/shared/registrations';

export const IDEMPOTENCY_KEY = {
  name: IDEMPOTENCY_HEADER,
  in: 'header',
  required: false,
  description: `Makes repeating safe. A client should make a new one for each intention and send it with every attempt at it.

- **Format**: 1 to 255 visible ASCII characters without space or comma; one pair of quotes around it is ignored.
- **Scope**: the signed-in person, the act (register, leave, create and cancel are different acts) and the key. Another person's key means nothing.
- **Lifetime**: 24 hours from the first success. Only success is remembered.
- **The same request again** is answered with the same status and the same bytes, and \`${REPLAYED_HEADER}: true\`. Key order, spaces and spelled-out defaults in the body do not matter.

| answer | what to do |
| --- | --- |
| 2xx | it is done; also when it is a replay |
| 409 \`IDEMPOTENCY_IN_PROGRESS\`, 503, no answer | repeat with the same key after \`Retry-After\` |
| 422 \`IDEMPOTENCY_KEY_REUSED\` | the key was used for another competition or body: make a new one |
| 400 \`IDEMPOTENCY_KEY_INVALID\` | mend the key |
| other 4xx | nothing was written; the same key may succeed later |`,
  schema: { type: 'string', minLength: 1, maxLength: 257, pattern: '^("[!-+\\--~]{1,255}"|[!-+\\--~]{1,255})$' },
};

export const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The version that is changed, as the ETag said it.',
  schema: { type: 'string', examples: ['"3"'] },
};

const header = (description: string, schema: object) => ({ description, schema });

export const REQUEST_ID = { 'X-Request-Id': header('Finds this request in the logs.', { type: 'string' }) };
export const REPLAYED = { [REPLAYED_HEADER]: header('`true` on a replay.', { const: 'true' }) };
export const RETRY_AFTER = {
  'Retry-After': header('Seconds to wait before repeating.', { type: 'integer', minimum: 1 }),
};
export const SET_COOKIE = { 'Set-Cookie': header('`mc_access` and `mc_refresh`, HttpOnly.', { type: 'string' }) };
