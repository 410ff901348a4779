import { IDEMPOTENCY_HEADER } from '@mini-compete/shared/registrations';

export interface CallOptions {
  token?: string | undefined;
  key?: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test may send anything
  body?: any;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at answers as clients in any language would
  body: any;
}

export async function call(method: string, url: string, path: string, options: CallOptions = {}): Promise<Answer> {
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

type Call = (url: string, path: string, options?: CallOptions) => Promise<Answer>;
const of =
  (method: string): Call =>
  (url, path, options) =>
    call(method, url, path, options);

export const get = of('GET');
export const post = of('POST');
export const patch = of('PATCH');
export const del = of('DELETE');

/** How often each status, or each error's code, was answered. */
export function tally(answers: Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = body?.code ?? String(status);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
