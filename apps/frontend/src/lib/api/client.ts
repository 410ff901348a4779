import type { Problem } from '@mini-compete/shared/errors';
import { publicApiOrigin } from '@/lib/config';
import { fallbackTexts, pageLanguage } from '@/lib/i18n/fallback-texts';
import { ApiError } from './problem';

export type CallOptions = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** Sends a request to the API. Throws an ApiError unless the response has a 2xx status. */
export type Call = <T>(path: `/${string}`, options?: CallOptions) => Promise<T>;

/** Above the API's own time budget of 3 s, so that a slow network does not count as a lost response. */
const REQUEST_TIMEOUT_MS = 12_000;

type RawRequest = { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal };
type RawResponse = { status: number; retryAfter: string | null; text: string };
/** Sends a request and reads the whole response: fetch in the browser, undici on the server. */
export type Transport = (url: string, request: RawRequest) => Promise<RawResponse>;

export async function send<T>(
  transport: Transport,
  origin: string,
  path: string,
  { method = 'GET', body, headers, signal }: CallOptions = {},
): Promise<T> {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const response = await transport(`${origin}/api${path}`, {
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
    throw new ApiError('NO_RESPONSE', {});
  });
  return readResponse(response);
}

export function readResponse<T>(response: RawResponse): T {
  if (response.status < 200 || response.status > 299) throw toApiError(response);
  return (response.text === '' ? undefined : JSON.parse(response.text)) as T;
}

function toApiError({ status, retryAfter, text }: RawResponse): ApiError {
  const seconds = Number.parseInt(retryAfter ?? '', 10);
  let problem: Partial<Problem>;
  try {
    problem = JSON.parse(text) as Partial<Problem>;
  } catch {
    // From a proxy in between: only its status is known.
    problem = { title: fallbackTexts().unreadableResponse };
  }
  const code = problem.code ?? (status >= 502 ? 'UNAVAILABLE' : 'INTERNAL');
  return new ApiError(code, { ...problem, status }, Number.isNaN(seconds) ? null : seconds);
}

/** The only place in the web app that calls fetch. */
const fetchTransport: Transport = async (url, request) => {
  const headers = { ...request.headers, 'accept-language': pageLanguage() };
  const response = await fetch(url, { ...request, headers, credentials: 'include', cache: 'no-store' });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
};

/** For requests from the browser. The session cookies are sent with them. */
export const call: Call = (path, options) => send(fetchTransport, publicApiOrigin, path, options);
