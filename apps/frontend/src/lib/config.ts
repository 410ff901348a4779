// The only file of the web app that reads the environment. It does so at run time, so that one build runs anywhere.

/** Origin of the API as this server reaches it. */
export function backendOrigin(): string {
  const { BACKEND_URL, API_URL, BACKEND_PORT } = process.env;
  const url = BACKEND_URL || API_URL || `http://127.0.0.1:${BACKEND_PORT || '3001'}`;
  return new URL(url).origin;
}

/** Public URL of the web app, for links in social cards. docker-compose.yml sets PUBLISHED_PORT. */
export function siteUrl(): URL {
  const { FRONTEND_URL, PUBLISHED_PORT } = process.env;
  return new URL(FRONTEND_URL || `http://localhost:${PUBLISHED_PORT || '3000'}`);
}

/** For tests: English texts are marked and longer, so that text from outside the catalogs is found. */
export const usesPseudoLanguage = (): boolean => process.env.PSEUDO_LANGUAGE === '1';

/** Origin of the API for the browser, set at build time; empty if it is the origin of the pages. */
export const publicApiOrigin = (process.env.NEXT_PUBLIC_API_URL ?? '').replace(/\/(api\/?)?$/, '');
