export const dynamic = 'force-dynamic';

/** Liveness of this process. It makes no requests, so it does not depend on the API. */
export const GET = (): Response => Response.json({ status: 'live' }, { headers: { 'cache-control': 'no-store' } });
