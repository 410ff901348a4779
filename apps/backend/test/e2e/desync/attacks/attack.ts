/** The request that an attack sends, and the request that it hides in or behind it. */
export interface Target {
  readonly host: string;
  readonly path: string;
  /** Sent to the address for browsers. */
  readonly isFront: boolean;
  /** A page of the web app: the API handles its other methods differently. */
  readonly isPage: boolean;
  /** The status of a plain GET of that path. */
  readonly status: number;
  /** A complete request with the attacker's token. */
  readonly whole: string;
  /** The same request, or in every third round only its beginning, which the request of a victim would complete. */
  readonly smuggled: string;
}

export interface Attack {
  readonly name: string;
  /** Several pieces are sent one after the other, with requests of victims in between. */
  readonly bytes: (to: Target) => string | readonly string[];
  readonly statuses: (to: Target) => readonly number[];
  /** The server has to close the connection, because it is unknown where the next request starts. */
  readonly closes: boolean | 'maybe';
  /** The first response is one to HEAD. */
  readonly isHead?: boolean;
  /** The attacker closes the connection, or its side of it, after the last piece. */
  readonly abort?: 'half-close' | 'reset';
}

export type Bytes = Attack['bytes'];
export type Statuses = Attack['statuses'];
type Options = Pick<Attack, 'isHead' | 'abort'>;

/** One error response, then the connection closes. */
export const rejected = (name: string, bytes: Bytes, status = 400): Attack => ({
  name,
  bytes,
  statuses: () => [status],
  closes: true,
});

/** One response for each request, in order, and the connection stays open. */
export const handled = (name: string, bytes: Bytes, statuses: Statuses, options: Options = {}): Attack => ({
  name,
  bytes,
  statuses,
  closes: false,
  ...options,
});

/** Then the connection closes: bytes behind the last request are not parsed. */
export const handledThenClosed = (name: string, bytes: Bytes, statuses: Statuses, options: Options = {}): Attack => ({
  ...handled(name, bytes, statuses, options),
  closes: true,
});

export const likeGet: Statuses = ({ status }) => [status];
export const methodNotAllowed: Statuses = () => [405];
export const badRequest: Statuses = () => [400];

export const request = (method: string, to: Target, headers: readonly string[], body = ''): string =>
  `${method} ${to.path} HTTP/1.1\r\n${[`Host: ${to.host}`, ...headers].join('\r\n')}\r\n\r\n${body}`;
export const post = (to: Target, headers: readonly string[], body = '') => request('POST', to, headers, body);
export const get = (to: Target, headers: readonly string[], body = '') => request('GET', to, headers, body);

/** To a route that reads its body. An empty object gets status 400 from the validation. */
export const signIn = (to: Target, body: string, headers: readonly string[] = [CHUNKED]) =>
  post({ ...to, path: '/api/auth/login' }, ['Content-Type: application/json', ...headers], body);

export const CHUNKED = 'Transfer-Encoding: chunked';
export const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
export const chunked = (text: string) => `${chunk(text)}0\r\n\r\n`;
export const contentLength = (body: string | number) =>
  `Content-Length: ${typeof body === 'number' ? body : body.length}`;
