import type { DoorSnapshot } from '@mini-compete/shared/check-ins';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { StoredScan } from './stored-scan';

/** A list of people in this browser. */
export type StoredList = {
  readonly competitionId: string;
  readonly snapshot: DoorSnapshot;
  /** When it has to be gone, in milliseconds since 1970 by the clock of this device. */
  readonly deleteAt: number;
};

/** What this browser is at a competition. The same for all its tabs. */
export type DoorSettings = {
  readonly competitionId: string;
  readonly doorId: string;
  readonly name: string;
  readonly usesCamera: boolean;
  readonly isMuted: boolean;
};

interface Schema extends DBSchema {
  lists: { key: string; value: StoredList };
  settings: { key: string; value: DoorSettings };
  scans: {
    key: string;
    value: StoredScan;
    indexes: {
      person: [competitionId: string, registrationId: string, userId: string];
      state: [competitionId: string, state: StoredScan['state'], at: string];
    };
  };
}

export type DoorDatabase = IDBPDatabase<Schema>;

export const openDoorDatabase = (): Promise<DoorDatabase> =>
  openDB<Schema>('doors', 1, {
    upgrade(database) {
      database.createObjectStore('lists', { keyPath: 'competitionId' });
      database.createObjectStore('settings', { keyPath: 'competitionId' });
      const scans = database.createObjectStore('scans', { keyPath: 'id' });
      scans.createIndex('person', ['competitionId', 'registrationId', 'userId']);
      scans.createIndex('state', ['competitionId', 'state', 'at']);
    },
    // Otherwise a tab with an older page would keep a newer one from opening its version of the database.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
