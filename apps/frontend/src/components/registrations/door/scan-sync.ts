import { SCANS_MAX } from '@mini-compete/shared/check-in-rules';
import type { ScanInput, UploadedScans } from '@mini-compete/shared/check-ins';
import { call } from '@/lib/api/client';
import { uploadScans } from '@/lib/api/door';
import { isApiError, needsSignIn } from '@/lib/api/problem';
import { backoffMs } from '@/lib/retry';
import { boundOffset, estimateOffset, type OffsetBounds } from './clock-offset';
import type { DoorSettings } from './door-database';
import type { ScanStore } from './scan-store';
import type { StoredScan } from './stored-scan';

/** SENT: nothing is left. NO_NETWORK: the server is not reached, or busy. ROLE_ENDED: it took the scans and says nothing. */
export type SyncState = 'SENT' | 'NO_NETWORK' | 'SIGN_IN' | 'NO_ACCESS' | 'ROLE_ENDED';

/** Tells the server that this door is in sync, and finds out here whether it still is. */
const HEARTBEAT_MS = 30_000;
/** A browser does not always know that the network is back: in the same Wi-Fi, say. */
const MAX_PAUSE_MS = 3_000;

/** Sends the scans of this browser until none is left, and again when there are new ones or the network is back. */
export class ScanSync {
  private readonly stopping = new AbortController();
  private isWanted = false;
  private wake: () => void = () => undefined;
  private batchSize = SCANS_MAX;
  private offset: OffsetBounds | null = null;
  /** Those who wait for the next pass. */
  private waiting: (() => void)[] = [];

  constructor(
    private readonly store: ScanStore,
    private readonly settings: () => DoorSettings,
    private readonly onPass: (state: SyncState) => void,
  ) {}

  start(): void {
    window.addEventListener('online', this.onOnline, { signal: this.stopping.signal });
    document.addEventListener('visibilitychange', this.onOnline, { signal: this.stopping.signal });
    void this.loop(); // never rejects
  }

  stop(): void {
    this.stopping.abort();
    this.wake();
  }

  /** Sends at once. Resolves when a pass that began after this call is over, whether it has reached the server or not. */
  sync(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.isWanted = true;
      this.wake();
    });
  }

  private readonly onOnline = (): void => {
    this.isWanted = true;
    this.wake();
  };

  private async loop(): Promise<void> {
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      const waiting = this.waiting;
      this.waiting = [];
      this.isWanted = false;
      const state = await this.lockedPass();
      failures = state === 'NO_NETWORK' ? failures + 1 : 0;
      this.onPass(state);
      for (const resolve of waiting) resolve();
      if (!this.isWanted)
        await this.pause(state === 'NO_NETWORK' ? Math.min(MAX_PAUSE_MS, backoffMs(failures)) : HEARTBEAT_MS);
    }
    for (const resolve of this.waiting) resolve();
  }

  /** One tab at a time: two would send the same scans, which is safe, and be told different numbers that are left. */
  private async lockedPass(): Promise<SyncState> {
    const { competitionId } = this.settings();
    try {
      return await navigator.locks.request(`check-in ${competitionId}`, { signal: this.stopping.signal }, () =>
        this.pass(competitionId),
      );
    } catch (error) {
      // The database of the browser failed, or the page is being left.
      if (!this.stopping.signal.aborted) console.error(error);
      return 'NO_NETWORK';
    }
  }

  private async pass(competitionId: string): Promise<SyncState> {
    for (;;) {
      // After a reload without a network, the first request is a small one: its response tells what time the scans are from.
      const limit = this.offset === null ? 0 : this.batchSize;
      const [batch, unsent] = await Promise.all([
        limit === 0 ? [] : this.store.unsent(limit),
        this.store.countUnsent(),
      ]);
      const ids = batch.map(({ id }) => id);
      let uploaded: UploadedScans;
      try {
        uploaded = await this.upload(competitionId, batch, unsent - batch.length);
      } catch (error) {
        const state = stateAfter(error);
        if (state !== null) return state;
        // One of the scans is refused. Halves find it, and the others are sent.
        if (batch.length > 1) this.batchSize = Math.ceil(batch.length / 2);
        else await this.store.refuse(ids, isApiError(error) ? error.titleWithDetail : String(error));
        if (batch.length === 0) return 'NO_NETWORK';
        continue;
      }
      this.batchSize = Math.min(SCANS_MAX, this.batchSize * 2);
      const hasEnded = batch.length > 0 && uploaded.results.length === 0;
      await this.store.settle(ids, uploaded.receivedAt, uploaded.results);
      if (unsent <= batch.length) return hasEnded ? 'ROLE_ENDED' : 'SENT';
    }
  }

  private async upload(competitionId: string, batch: readonly StoredScan[], remaining: number): Promise<UploadedScans> {
    const { doorId, name } = this.settings();
    const sentAt = Date.now();
    const deviceNow = new Date(sentAt).toISOString();
    const uploaded = await uploadScans(call, competitionId, {
      door: { id: doorId, name },
      scans: batch.map((scan) => toUpload(scan, deviceNow)),
      remaining,
      ...(this.offset !== null && { clockOffsetMs: estimateOffset(this.offset) }),
    });
    const serverAt = Date.parse(uploaded.receivedAt);
    this.offset = boundOffset(this.offset, { sentAt, answeredAt: Date.now(), serverAt });
    return uploaded;
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

export function toUpload(scan: StoredScan, deviceNow: string): ScanInput {
  const { id, kind, at, snapshotAt, ticket, registrationId, userId } = scan;
  const common = { id, kind, at, deviceNow, snapshotAt };
  return ticket === null ? { ...common, registrationId, userId } : { ...common, ticket };
}

/** Null if the server does not accept one of the scans. Whatever is not known to be a refusal is tried again. */
function stateAfter(error: unknown): SyncState | null {
  if (needsSignIn(error)) return 'SIGN_IN';
  if (isApiError(error, 'FORBIDDEN', 'COMPETITION_NOT_FOUND', 'ACCOUNT_DISABLED')) return 'NO_ACCESS';
  return isApiError(error, 'VALIDATION_FAILED', 'BODY_TOO_LARGE') ? null : 'NO_NETWORK';
}
