import { OFFLINE_CACHE } from '@/lib/offline/names';
import { setOldestList } from '@/lib/offline/oldest-list';
import { DoorChannel } from './door-channel';
import { type DoorDatabase, openDoorDatabase } from './door-database';

/** How long a scan that was sent is kept: the list that knows it is newer. */
const SENT_SCANS_KEPT_MS = 2 * 24 * 3_600_000;

/** Deletes lists whose time is over, and sent scans that no list needs any more. */
export async function deleteExpired(database: DoorDatabase, now = Date.now()): Promise<void> {
  const transaction = database.transaction(['lists', 'scans'], 'readwrite');
  const lists = transaction.objectStore('lists');
  let oldest = Number.POSITIVE_INFINITY;
  for (const { competitionId, deleteAt } of await lists.getAll()) {
    if (deleteAt <= now) await lists.delete(competitionId);
    else oldest = Math.min(oldest, deleteAt);
  }
  for await (const cursor of transaction.objectStore('scans'))
    if (cursor.value.state === 'SENT' && Date.parse(cursor.value.at) < now - SENT_SCANS_KEPT_MS) await cursor.delete();
  await transaction.done;
  setOldestList(oldest);
}

/** When the browser changes hands: no name of anybody stays in it. Scans stay until they are sent; they have ids only. */
export async function forgetLists(): Promise<void> {
  if (!('indexedDB' in globalThis)) return;
  const database = await openDoorDatabase();
  await database.clear('lists');
  database.close();
  await deletePersonalPages();
  setOldestList(Number.POSITIVE_INFINITY);
  const channel = new DoorChannel(() => undefined);
  channel.send('FORGOTTEN');
  channel.close();
}

/** The pages of doors and the files of the site name nobody. */
async function deletePersonalPages(): Promise<void> {
  const cache = await globalThis.caches?.open(OFFLINE_CACHE);
  for (const request of (await cache?.keys()) ?? [])
    if (!/^\/(door|_next)\//.test(new URL(request.url).pathname)) await cache?.delete(request);
}

export async function deleteExpiredLists(): Promise<void> {
  const database = await openDoorDatabase();
  await deleteExpired(database);
  database.close();
}
