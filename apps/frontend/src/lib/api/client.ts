import type { Problem } from '@mini-compete/shared/errors';
import { publicApiOrigin } from '@/lib/config';
import { ApiError } from './problem';

export type CallOptions = {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** Asks the API for something of type T; throws an ApiError for everything else. */
export type Call = <T>(path: `/${string}`, options?: CallOptions) => Promise<T>;

/** A request that hears nothing for so long has no answer. Above the server's own time budget of 3 s. */
const PATIENCE = 12_000;

type Request = { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal };
type Answer = { status: number; retryAfter: string | null; text: string };
/** Sends a request and reads the whole answer: browsers and this server have different means for it. */
export type Exchange = (url: string, request: Request) => Promise<Answer>;

export async function send<T>(
  exchange: Exchange,
  origin: string,
  path: string,
  { method = 'GET', body, headers, signal }: CallOptions = {},
): Promise<T> {
  const timeout = AbortSignal.timeout(PATIENCE);
  const answer = await exchange(`${origin}/api${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  }).catch((cause) => {
    if (signal?.aborted) throw cause;
    throw new ApiError('NO_ANSWER', {});
  });
  if (answer.status < 200 || answer.status > 299) throw asError(answer);
  return (answer.text === '' ? undefined : JSON.parse(answer.text)) as T;
}

function asError({ status, retryAfter, text }: Answer): ApiError {
  const seconds = Number.parseInt(retryAfter ?? '', 10);
  let problem: Partial<Problem>;
  try {
    problem = JSON.parse(text) as Partial<Problem>;
  } catch {
    // A proxy in between answered with something of its own: its status is all there is to know.
    problem = { title: 'The server gave no readable answer.' };
  }
  const code = problem.code ?? (status >= 502 ? 'UNAVAILABLE' : 'INTERNAL');
  return new ApiError(code, { ...problem, status }, Number.isNaN(seconds) ? null : seconds);
}

/** The one place that calls fetch. */
const viaFetch: Exchange = async (url, request) => {
  const response = await fetch(url, { ...request, credentials: 'include', cache: 'no-store' });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
};

/** From a page in the browser: same origin, the session's cookies go along. */
export const call: Call = (path, options) => send(viaFetch, publicApiOrigin, path, options);
