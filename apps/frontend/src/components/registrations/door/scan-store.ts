import type { ScanResult } from '@mini-compete/shared/check-ins';
import type { DoorDatabase } from './door-database';
import type { ShownResult, StoredScan } from './stored-scan';

/** Without it a browser may answer before a scan is on the disk, and a power cut takes back that somebody came in. */
const DURABLE = { durability: 'strict' } as const;
/** Of a composite key: above every text. */
const LAST = '\uffff';

const inState = (competitionId: string, state: StoredScan['state']) =>
  IDBKeyRange.bound([competitionId, state, ''], [competitionId, state, LAST]);

/** The scans of a competition in the database of the browser, which all tabs share. */
export class ScanStore {
  constructor(
    private readonly database: DoorDatabase,
    private readonly competitionId: string,
  ) {}

  /**
   * Stores the scan that `decide` makes of the person's earlier ones. Both in one transaction: otherwise two tabs that
   * scan one ticket at once would both let it in.
   */
  async record(
    person: { registrationId: string; userId: string },
    decide: (earlier: readonly StoredScan[]) => StoredScan | null,
  ): Promise<StoredScan | null> {
    const transaction = this.database.transaction('scans', 'readwrite', DURABLE);
    const earlier = await transaction.store
      .index('person')
      .getAll([this.competitionId, person.registrationId, person.userId]);
    const scan = decide(earlier);
    if (scan !== null) await transaction.store.add(scan);
    await transaction.done;
    return scan;
  }

  ofPerson = (person: { registrationId: string; userId: string }): Promise<StoredScan[]> =>
    this.database.getAllFromIndex('scans', 'person', [this.competitionId, person.registrationId, person.userId]);

  get = (id: string): Promise<StoredScan | undefined> => this.database.get('scans', id);

  unsent = (limit?: number): Promise<StoredScan[]> =>
    this.database.getAllFromIndex('scans', 'state', inState(this.competitionId, 'UNSENT'), limit);

  countUnsent = (): Promise<number> =>
    this.database.countFromIndex('scans', 'state', inState(this.competitionId, 'UNSENT'));

  async sentAndRefused(): Promise<StoredScan[]> {
    const [sent, refused] = await Promise.all(
      (['SENT', 'REFUSED'] as const).map((state) =>
        this.database.getAllFromIndex('scans', 'state', inState(this.competitionId, state)),
      ),
    );
    return [...(sent ?? []), ...(refused ?? [])];
  }

  setShown = (id: string, shown: ShownResult): Promise<void> => this.change([id], (scan) => ({ ...scan, shown }));

  /** `results` is empty when the role of the scanner had ended. */
  settle(ids: readonly string[], receivedAt: string, results: readonly ScanResult[]): Promise<void> {
    const byId = new Map(results.map((result) => [result.id, result]));
    return this.change(ids, (scan) => {
      const answer = byId.get(scan.id);
      return {
        ...scan,
        state: 'SENT',
        receivedAt,
        answer: answer === undefined ? null : { result: answer.result, entry: answer.entry },
      };
    });
  }

  refuse = (ids: readonly string[], refusal: string): Promise<void> =>
    this.change(ids, (scan) => ({ ...scan, state: 'REFUSED', refusal }));

  private async change(ids: readonly string[], edit: (scan: StoredScan) => StoredScan): Promise<void> {
    const transaction = this.database.transaction('scans', 'readwrite', DURABLE);
    for (const id of ids) {
      const scan = await transaction.store.get(id);
      if (scan !== undefined) await transaction.store.put(edit(scan));
    }
    await transaction.done;
  }
}
