import { IDEMPOTENCY_HEADER } from '@mini-compete/shared/registrations';

export interface CallOptions {
  token?: string | undefined;
  key?: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test may send anything
  body?: any;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface ApiResponse {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the assertions of a test check the type
  body: any;
}

export async function call(method: string, url: string, path: string, options: CallOptions = {}): Promise<ApiResponse> {
  const headers: Record<string, string> = { ...options.headers };
  if (options.token !== undefined) headers.authorization ??= `Bearer ${options.token}`;
  if (options.key !== undefined) headers[IDEMPOTENCY_HEADER] ??= options.key;
  let body: string | undefined;
  if (options.body !== undefined) {
    headers['content-type'] ??= 'application/json';
    body = typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
  }
  const response = await fetch(new URL(path, url), {
    method,
    headers,
    ...(body !== undefined && { body }),
    ...(options.signal && { signal: options.signal }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, body: isJson && text ? JSON.parse(text) : text };
}

type Call = (url: string, path: string, options?: CallOptions) => Promise<ApiResponse>;
const withMethod =
  (method: string): Call =>
  (url, path, options) =>
    call(method, url, path, options);

export const get = withMethod('GET');
export const post = withMethod('POST');
export const patch = withMethod('PATCH');
export const del = withMethod('DELETE');

const MAX_TRIES = 10;

/** On a machine that is too busy, a request changes nothing and asks to be sent again. */
export async function untilServed<Result extends ApiResponse | string>(send: () => Promise<Result>): Promise<Result> {
  let response = await send();
  for (let tries = 1; tries < MAX_TRIES; tries++) {
    if (typeof response === 'string' || response.status !== 503) return response;
    response = await send();
  }
  return response;
}

/** The number of responses with each error code, or with each status where there is no code. */
export function tally(responses: readonly Pick<ApiResponse, 'status' | 'body'>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of responses) {
    const result = body?.code ?? String(status);
    counts[result] = (counts[result] ?? 0) + 1;
  }
  return counts;
}
