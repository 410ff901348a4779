import { LANGUAGES } from '@mini-compete/shared/languages';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '@mini-compete/shared/registrations';

export const IDEMPOTENCY_KEY = {
  name: IDEMPOTENCY_HEADER,
  in: 'header',
  required: false,
  description: `Makes retries safe. A client generates a new key for each operation and sends it with every attempt.

- **Format**: 1 to 255 visible ASCII characters without space or comma; one pair of quotes around it is ignored.
- **Scope**: the signed-in person, the operation (register, leave, create and cancel are different operations) and the key. The same key of another person is independent.
- **Lifetime**: 24 hours from the first success. Only successful responses are stored.
- **A retry** of the same request gets the stored response: the same status and bytes, and \`${REPLAYED_HEADER}: true\`. The order of keys, whitespace and explicit default values in the body make no difference.

| response | what to do |
| --- | --- |
| 2xx | done, also when it is a replay |
| 409 \`IDEMPOTENCY_IN_PROGRESS\`, 503, no response | retry with the same key after \`Retry-After\` |
| 422 \`IDEMPOTENCY_KEY_REUSED\` | the key was used for another competition or body: generate a new one |
| 400 \`IDEMPOTENCY_KEY_INVALID\` | correct the key |
| other 4xx | nothing was changed; a retry with the same key may succeed later |`,
  schema: { type: 'string', minLength: 1, maxLength: 257, pattern: '^("[!-+\\--~]{1,255}"|[!-+\\--~]{1,255})$' },
};

export const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The version that the change is based on, from the ETag.',
  schema: { type: 'string', examples: ['"3"'] },
};

const header = (description: string, schema: object) => ({ description, schema });

export const REQUEST_ID = { 'X-Request-Id': header('Identifies this request in the logs.', { type: 'string' }) };
export const CONTENT_LANGUAGE = {
  'Content-Language': header('The language of `title`, `detail` and `errors`.', { enum: LANGUAGES }),
};
export const REPLAYED = { [REPLAYED_HEADER]: header('`true` for a stored response.', { const: 'true' }) };
export const RETRY_AFTER = {
  'Retry-After': header('Seconds to wait before a retry.', { type: 'integer', minimum: 1 }),
};
export const SET_COOKIE = {
  'Set-Cookie': header('`mc_access` and `mc_refresh`, HttpOnly; `language`, if the account has one.', {
    type: 'string',
  }),
};
