import { DOOR_LIST_HOURS } from '@mini-compete/shared/check-in-rules';
import { call } from '@/lib/api/client';
import { getDoorSnapshot } from '@/lib/api/door';
import { isApiError, needsSignIn } from '@/lib/api/problem';
import type { DoorDatabase, DoorSettings, StoredList } from './door-database';
import { deleteExpired } from './forget-lists';

/** Why there is no new list. */
export type ListProblem = 'SIGN_IN' | 'NO_ACCESS' | 'NO_NETWORK';

/** The list of this door: loaded from the server, kept in the browser. */
export class ListLoader {
  private loading: Promise<StoredList | ListProblem> | null = null;

  constructor(
    private readonly database: DoorDatabase,
    private readonly settings: () => DoorSettings,
  ) {}

  /** The list of the last visit, unless its time is over. */
  async stored(): Promise<StoredList | null> {
    await deleteExpired(this.database);
    return (await this.database.get('lists', this.settings().competitionId)) ?? null;
  }

  /** Those who ask while it loads get the same one. */
  load(): Promise<StoredList | ListProblem> {
    this.loading ??= this.fetch().finally(() => {
      this.loading = null;
    });
    return this.loading;
  }

  delete = (): Promise<void> => this.database.delete('lists', this.settings().competitionId);

  private async fetch(): Promise<StoredList | ListProblem> {
    const { competitionId, doorId, name } = this.settings();
    try {
      const snapshot = await getDoorSnapshot(call, competitionId, { id: doorId, name });
      const list = { competitionId, snapshot, deleteAt: Date.now() + DOOR_LIST_HOURS * 3_600_000 };
      await this.database.put('lists', list);
      await deleteExpired(this.database);
      return list;
    } catch (error) {
      if (needsSignIn(error)) return 'SIGN_IN';
      if (isApiError(error, 'FORBIDDEN', 'COMPETITION_NOT_FOUND', 'ACCOUNT_DISABLED')) return 'NO_ACCESS';
      if (!isApiError(error)) console.error(error);
      return 'NO_NETWORK';
    }
  }
}
