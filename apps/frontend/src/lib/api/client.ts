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

/** The one place that calls fetch. `origin` is the backend's on the server, and empty in the browser. */
export async function send<T>(origin: string, path: string, options: CallOptions = {}): Promise<T> {
  const { method = 'GET', body, headers, signal } = options;
  const timeout = AbortSignal.timeout(PATIENCE);
  let response: Response;
  try {
    response = await fetch(`${origin}/api${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      credentials: 'include',
      cache: 'no-store',
    });
    if (response.ok) {
      const text = await response.text();
      return (text === '' ? undefined : JSON.parse(text)) as T;
    }
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError('NO_ANSWER', {});
  }
  throw await asError(response);
}

async function asError(response: Response): Promise<ApiError> {
  const retryAfter = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  const problem = await response.json().then(
    (body: unknown) => body as Partial<Problem>,
    // A proxy in between answered with something of its own: its status is all there is to know.
    (): Partial<Problem> => ({ title: 'The server gave no readable answer.' }),
  );
  const code = problem.code ?? (response.status >= 502 ? 'UNAVAILABLE' : 'INTERNAL');
  return new ApiError(code, { ...problem, status: response.status }, Number.isNaN(retryAfter) ? null : retryAfter);
}

/** From a page in the browser: same origin, the session's cookies go along. */
export const call: Call = (path, options) => send(publicApiOrigin, path, options);
