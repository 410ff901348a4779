import type { DoorsMessage } from '@/lib/offline/names';
import { findAccess } from './access';
import { CheckIn, type OpenDoor } from './check-in';
import { DoorChannel } from './door-channel';
import { type DoorDatabase, type DoorSettings, openDoorDatabase, type StoredList } from './door-database';
import { DoorPeople } from './door-people';
import { type DoorResult, type DoorState, INITIAL_STATE, type NewResult, type OpenList } from './door-state';
import { ListLoader, type ListProblem } from './list-loader';
import { differs } from './scan.rules';
import { ScanStore } from './scan-store';
import { ScanSync, type SyncState, toUpload } from './scan-sync';
import { TicketVerifier, type VerifiedTicket } from './ticket-verifier';

const TICK_MS = 60_000;
const REFRESH_INTERVAL_MS = 5 * 60_000;
/** People who are turned away cause a refresh of the list, but not each of many. */
const MIN_REFRESH_INTERVAL_MS = 5_000;
const LATEST_SHOWN = 8;

type Open = { database: DoorDatabase; loader: ListLoader; sync: ScanSync };

/** The door of one competition in this tab: works on the database of the browser, and keeps it in sync with the server. */
export class Door implements OpenDoor {
  readonly checkIns: CheckIn;
  store!: ScanStore;
  private state = INITIAL_STATE;
  private open: Open | null = null;
  private verifier = new TicketVerifier([]);
  private results = 0;
  private listRequestedAt = Number.NEGATIVE_INFINITY;
  private isStopped = false;
  private readonly listeners = new Set<() => void>();
  private readonly channel = new DoorChannel((message) => void this.onMessage(message)); // never rejects
  private readonly ticks = setInterval(() => void this.onTick(), TICK_MS); // never rejects

  constructor(private readonly competitionId: string) {
    this.checkIns = new CheckIn(competitionId, this);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly getState = (): DoorState => this.state;

  async start(): Promise<void> {
    if (!isSecureContext) return this.set({ phase: 'INSECURE' });
    try {
      const database = await openDoorDatabase();
      if (this.isStopped) return database.close();
      this.store = new ScanStore(database, this.competitionId);
      const loader = new ListLoader(database, this.settings);
      this.open = {
        database,
        loader,
        sync: new ScanSync(this.store, this.settings, (state) => void this.onPass(state)),
      };
      const settings = (await database.get('settings', this.competitionId)) ?? null;
      const stored = await loader.stored();
      if (stored !== null) this.openList(stored);
      if (settings === null) this.set(await findAccess(this.competitionId));
      // Before anything is shown: "all scans sent" would be said of scans that have not been counted.
      await this.readCounts();
      this.set({ phase: 'READY', settings });
      if (settings !== null) await this.begin();
    } catch (error) {
      if (this.isStopped) return;
      console.error(error);
      this.set({ phase: 'UNUSABLE' });
    }
  }

  stop(): void {
    this.isStopped = true;
    clearInterval(this.ticks);
    this.channel.close();
    this.open?.sync.stop();
    this.open?.database.close();
  }

  /** The first time, it opens the door. */
  async changeSettings(changes: Partial<Omit<DoorSettings, 'competitionId' | 'doorId'>>): Promise<void> {
    const isFirst = this.state.settings === null;
    const settings = { ...this.settings(), ...changes };
    this.set({ settings });
    await this.open?.database.put('settings', settings);
    if (isFirst) await this.begin();
  }

  private async begin(): Promise<void> {
    // Otherwise the browser may delete the scans when it needs room.
    void navigator.storage?.persist?.();
    this.open?.sync.start();
    await this.refresh();
  }

  /** Loads the list. Whether it has been loaded. */
  async refresh(): Promise<boolean> {
    if (this.open === null || this.state.settings === null) return false;
    this.listRequestedAt = performance.now();
    this.set({ isLoadingList: true });
    const loaded = await this.open.loader.load();
    if (this.isStopped) return false;
    this.set({ isLoadingList: false });
    if (typeof loaded === 'string') await this.onListProblem(loaded);
    else {
      this.openList(loaded);
      this.set({ sync: 'SENT' });
    }
    return typeof loaded !== 'string';
  }

  async refreshIfOld(): Promise<boolean> {
    const isOld = performance.now() - this.listRequestedAt > MIN_REFRESH_INTERVAL_MS;
    return isOld && this.isReached ? this.refresh() : false;
  }

  /** As the body of an upload, which somebody with a network can send. The name says to which competition. */
  async exportUnsent(): Promise<File> {
    const { doorId: id, name } = this.settings();
    const now = new Date().toISOString();
    const scans = (await this.store.unsent()).map((scan) => toUpload(scan, now));
    const text = JSON.stringify({ door: { id, name }, scans }, null, 2);
    const place = name.replace(/[^\p{L}\p{N}]+/gu, '-');
    const minute = now.slice(0, 16).replace(':', '');
    return new File([text], `check-in-${place}-${minute}-${this.competitionId}.json`, { type: 'application/json' });
  }

  dismiss(): void {
    this.set({ result: null });
  }

  // What checking in needs

  get list(): OpenList {
    if (this.state.list === null) throw new Error('There is no list.');
    return this.state.list;
  }

  get name(): string {
    return this.settings().name;
  }

  get isReached(): boolean {
    return this.state.sync === 'SENT' && navigator.onLine;
  }

  verify(text: string): Promise<VerifiedTicket> {
    return this.verifier.verify(text);
  }

  sync(): Promise<void> {
    return this.open?.sync.sync() ?? Promise.resolve();
  }

  setUnreached(): void {
    if (this.state.sync === 'SENT') this.set({ sync: 'NO_NETWORK' });
  }

  async changed(): Promise<void> {
    // Not the scans that are sent: reading hundreds of them would keep the next person waiting.
    const unsent = await this.store.countUnsent();
    if (this.isStopped) return;
    this.set({ unsent });
    this.channel.send('CHANGED');
    if (unsent === 0) return;
    // Without a network, all unsent scans would be read and packed in vain; they are sent when it is back.
    if (!navigator.onLine) this.setUnreached();
    else void this.sync(); // never rejects
  }

  show(result: NewResult, number?: number): number {
    const shown = { ...result, number: ++this.results, at: new Date().toISOString() } as DoorResult;
    const { latest, result: current } = this.state;
    const isCurrent = number === undefined || current?.number === number;
    this.set({
      ...(isCurrent && { result: shown }),
      latest: (number === undefined
        ? [shown, ...latest]
        : latest.map((one) => (one.number === number ? shown : one))
      ).slice(0, LATEST_SHOWN),
    });
    return shown.number;
  }

  // What happens

  private async onPass(sync: SyncState): Promise<void> {
    if (this.isStopped) return;
    const before = this.state.sync;
    // Anybody may upload nothing. Who has no role stays without, until there is a list again.
    const isStillOut = (before === 'ROLE_ENDED' || before === 'NO_ACCESS') && (sync === 'SENT' || sync === 'NO_ACCESS');
    this.set({ sync: isStillOut ? before : sync });
    if (sync === 'ROLE_ENDED' || sync === 'NO_ACCESS') await this.deleteList();
    const { result } = this.state;
    if (result !== null && 'scanId' in result && !result.isChecked && result.kind !== 'CHECKING' && result.scanId)
      await this.checkIns.showAnswer(result.number, result.person, result.scanId);
    await this.readCounts();
    this.channel.send('CHANGED');
    if (sync === 'SENT' && this.state.list === null && !isStillOut) await this.refreshIfOld();
  }

  private async onListProblem(problem: ListProblem): Promise<void> {
    if (this.state.sync !== 'ROLE_ENDED') this.set({ sync: problem });
    if (problem === 'NO_ACCESS') await this.deleteList();
  }

  private async onMessage(message: DoorsMessage): Promise<void> {
    if (message === 'CHANGED') await this.readCounts();
    else this.set({ list: null, result: null, latest: [], sync: 'SIGN_IN' });
  }

  private async onTick(): Promise<void> {
    if (this.state.list !== null && this.state.list.deleteAt <= Date.now()) await this.deleteList();
    const isOld = performance.now() - this.listRequestedAt > REFRESH_INTERVAL_MS;
    if (isOld && document.visibilityState === 'visible' && this.isReached) await this.refresh();
  }

  private openList({ snapshot, deleteAt }: StoredList): void {
    const { competition, takenAt, keys, list } = snapshot;
    this.verifier = new TicketVerifier(keys);
    void this.verifier.prepare().then((canVerify) => this.set({ canVerify })); // never rejects
    const people = new DoorPeople(list);
    this.set({ title: competition.title, list: { competition, takenAt, people, deleteAt } });
  }

  private async deleteList(): Promise<void> {
    this.set({ list: null, result: null, latest: [] });
    await this.open?.loader.delete();
  }

  private async readCounts(): Promise<void> {
    if (this.open === null || this.isStopped) return;
    const [unsent, others] = await Promise.all([this.store.countUnsent(), this.store.sentAndRefused()]);
    this.set({ unsent, differences: others.filter(differs) });
  }

  private readonly settings = (): DoorSettings => this.state.settings ?? newSettings(this.competitionId);

  private set(changes: Partial<DoorState>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of this.listeners) listener();
  }
}

const newSettings = (competitionId: string): DoorSettings => ({
  competitionId,
  doorId: crypto.randomUUID(),
  name: '',
  usesCamera: false,
  isMuted: false,
});
