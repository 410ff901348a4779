import type { DoorPerson } from '@mini-compete/shared/door-list';
import type { DoorResult, NewResult, OpenList } from './door-state';
import { entryOf, hasEndedSince, type PersonResult, resultFor } from './scan.rules';
import type { ScanStore } from './scan-store';
import type { Entry, StoredScan } from './stored-scan';
import type { VerifiedTicket } from './ticket-verifier';

/** How long a door waits for what the other doors know before it says what it knows itself. */
const CHECK_TIMEOUT_MS = 700;

/** What checking in needs of the door. */
export interface OpenDoor {
  readonly store: ScanStore;
  readonly list: OpenList;
  readonly name: string;
  /** Whether the last request has reached the server, and this person may check in. */
  readonly isReached: boolean;
  verify(text: string): Promise<VerifiedTicket>;
  /** Loads the list, unless that was just done. Whether it has been loaded. */
  refreshIfOld(): Promise<boolean>;
  /** Sends the scans; resolves when that is over, or has failed. */
  sync(): Promise<void>;
  /** From now on nobody waits for the server, until it has answered again. */
  setUnreached(): void;
  /** A scan has been stored. */
  changed(): Promise<void>;
  /** With `number` it replaces that result. */
  show(result: NewResult, number?: number): number;
}

/** Decides and records. Every result of a scan is shown after the scan is stored: a tab may be closed at any moment. */
export class CheckIn {
  constructor(
    private readonly competitionId: string,
    private readonly door: OpenDoor,
  ) {}

  /** A text that the camera or a hand scanner has read. */
  async scan(text: string): Promise<void> {
    let verified = await this.door.verify(text);
    if ('problem' in verified && verified.problem === 'UNKNOWN_KEY' && (await this.door.refreshIfOld()))
      verified = await this.door.verify(text);
    if ('problem' in verified) {
      if (verified.problem === 'UNSUPPORTED') this.door.show({ kind: 'CANNOT_VERIFY' });
      else this.showNotOnList(verified.problem);
      return;
    }
    const { ticket } = verified;
    let person = this.door.list.people.find(ticket);
    const isNew = person === null && (await this.door.refreshIfOld());
    if (isNew) person = this.door.list.people.find(ticket);
    if (person === null) this.showNotOnList(isNew ? 'UNKNOWN' : 'UNKNOWN_OR_LATER');
    else await this.checkIn(person, text.trim().toUpperCase());
  }

  private showNotOnList(reason: Extract<NewResult, { kind: 'NOT_ON_LIST' }>['reason']): void {
    const isChecked = this.door.isReached;
    this.door.show({ kind: 'NOT_ON_LIST', reason, isChecked });
    // The browser may have noticed first that there is no network.
    if (!isChecked) this.door.setUnreached();
  }

  /** `ticket` is null for somebody who was found in the list. */
  async checkIn(chosen: DoorPerson, ticket: string | null = null): Promise<void> {
    if (resultFor(chosen, null).kind !== 'WELCOME' || (await this.wasTurnedAway(chosen)))
      await this.door.refreshIfOld();
    const person = this.door.list.people.find(chosen) ?? chosen;
    const { isReached } = this.door;
    let result = resultFor(person, null);
    const decide = (earlier: readonly StoredScan[]): StoredScan | null => {
      const { takenAt } = this.door.list;
      const status = hasEndedSince(takenAt, earlier) ? 'ENDED' : person.status;
      result = resultFor({ status }, entryOf(person, takenAt, earlier));
      if (result.kind === 'ENDED') return this.newScan(person, { kind: 'TURNED_AWAY', ticket, shown: null });
      // Nothing is stored of those who are not decided: they would be in if they confirmed a hold before it is sent.
      if (result.kind === 'NOT_DECIDED') return null;
      return this.newScan(person, { kind: 'CHECK_IN', ticket, shown: isReached ? null : result.kind });
    };
    const scan = await this.record(person, decide);
    if (scan === 'FAILED') return;
    if (scan?.kind === 'CHECK_IN' && isReached) await this.showChecked(person, result, scan.id);
    else this.door.show({ ...result, person, scanId: scan?.id ?? null, isChecked: isReached });
    await this.door.changed();
  }

  /** The registration may have been reinstated since. */
  private async wasTurnedAway(person: DoorPerson): Promise<boolean> {
    // Without the server nobody could tell.
    if (!this.door.isReached) return false;
    // If the database of the browser fails, recording the scan says so.
    const scans = await this.door.store.ofPerson(person).catch(() => []);
    return hasEndedSince(this.door.list.takenAt, scans);
  }

  /** Shows what the server says, which knows the other doors, or what this one knows if that takes too long. */
  private async showChecked(person: DoorPerson, result: PersonResult, scanId: string): Promise<void> {
    const number = this.door.show({ kind: 'CHECKING', person, entry: null, scanId, isChecked: false });
    await Promise.race([this.door.sync(), new Promise((resolve) => setTimeout(resolve, CHECK_TIMEOUT_MS))]);
    const answered = await this.showAnswer(number, person, scanId);
    if (answered === null) {
      this.door.show({ ...result, person, scanId, isChecked: false }, number);
      this.door.setUnreached();
    }
    const shown = answered ?? result.kind;
    if (shown === 'WELCOME' || shown === 'ALREADY_IN') await this.door.store.setShown(scanId, shown);
  }

  /** Null while the server has not answered. */
  async showAnswer(number: number, person: DoorPerson, scanId: string): Promise<DoorResult['kind'] | null> {
    const answer = (await this.door.store.get(scanId))?.answer;
    if (!answer || answer.result === 'UNDONE') return null;
    const { result, entry } = answer;
    if (result === 'NOT_ON_LIST' || result === 'INVALID_TICKET')
      this.door.show(
        { kind: 'NOT_ON_LIST', reason: result === 'NOT_ON_LIST' ? 'UNKNOWN' : 'REVOKED', isChecked: true },
        number,
      );
    else this.door.show({ kind: result, entry, person, scanId, isChecked: true }, number);
    return result === 'INVALID_TICKET' ? 'NOT_ON_LIST' : result;
  }

  /** Earlier scans of this person do not count: a wrong name was chosen, or the person has not come in after all. */
  async undo(person: DoorPerson): Promise<void> {
    const undo = await this.record(person, () => this.newScan(person, { kind: 'UNDO', ticket: null, shown: null }));
    if (undo === 'FAILED') return;
    this.door.show({ kind: 'UNDONE', entry: null, person, scanId: null, isChecked: true });
    await this.door.changed();
  }

  /** When and where the person has come in, as far as this browser knows. */
  async entryOf(person: DoorPerson): Promise<Entry | null> {
    return entryOf(person, this.door.list.takenAt, await this.door.store.ofPerson(person));
  }

  private async record(
    person: DoorPerson,
    decide: (earlier: readonly StoredScan[]) => StoredScan | null,
  ): Promise<StoredScan | null | 'FAILED'> {
    try {
      return await this.door.store.record(person, decide);
    } catch (error) {
      // The disk is full, or the browser has taken the storage away.
      console.error(error);
      this.door.show({ kind: 'FAILED' });
      return 'FAILED';
    }
  }

  private newScan(
    { registrationId, userId }: DoorPerson,
    what: Pick<StoredScan, 'kind' | 'ticket' | 'shown'>,
  ): StoredScan {
    return {
      ...what,
      id: crypto.randomUUID(),
      competitionId: this.competitionId,
      registrationId,
      userId,
      at: new Date().toISOString(),
      snapshotAt: this.door.list.takenAt,
      door: this.door.name,
      state: 'UNSENT',
      receivedAt: null,
      answer: null,
      refusal: null,
    };
  }
}
