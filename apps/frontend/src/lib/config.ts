/** The only reader of the environment in the web app; read when asked, so that one build runs anywhere. */

/** Where the backend listens, as this server reaches it. */
export function backendOrigin(): string {
  const { BACKEND_URL, API_URL, BACKEND_PORT } = process.env;
  const url = BACKEND_URL || API_URL || `http://127.0.0.1:${BACKEND_PORT || '3001'}`;
  return new URL(url).origin;
}

/** Where this app is known as; links in social cards need it. */
export function siteUrl(): URL {
  return new URL(process.env.FRONTEND_URL || 'http://localhost:3000');
}

/** What the browser calls: the same origin, unless the API lives on another one (known when building). */
export const publicApiOrigin = (process.env.NEXT_PUBLIC_API_URL ?? '').replace(/\/(api\/?)?$/, '');
