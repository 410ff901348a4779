/** Liveness of this process. It calls nothing, so it says nothing about the API. */
export const dynamic = 'force-dynamic';

export const GET = (): Response => Response.json({ status: 'live' }, { headers: { 'cache-control': 'no-store' } });
