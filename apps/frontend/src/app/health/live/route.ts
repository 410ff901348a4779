/** The process runs: for whoever restarts what is dead. It asks nobody, so it says nothing about the API. */
export const dynamic = 'force-dynamic';

export const GET = (): Response => Response.json({ status: 'live' }, { headers: { 'cache-control': 'no-store' } });
