import type { RegistrationEvent, RegistrationStatus } from '@mini-compete/shared/seats';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ThrottledBatches } from '../../platform/concurrency/throttled-batches.js';
import { broadcast, encode } from '../../platform/live/event-stream.js';
import type { Subscriber } from '../../platform/live/subscriber.js';
import { type ActiveRegistration, ActiveRegistrations } from '../catalog/active-registrations.js';
import { positionOn, WaitlistPositions } from '../catalog/waitlist-positions.js';

/** Updates take at most a tenth of the time, of this process and of one database connection. */
const MIN_INTERVAL_MS = 100;
const INTERVAL = { factor: 10, maxMs: 1_000 };

interface Viewer {
  readonly competitionId: string;
  readonly userId: string;
  readonly subscriber: Subscriber;
  /** Null until it has been read. */
  registration: (ActiveRegistration & { admission: number }) | null;
  position: number | null;
}

/**
 * Sends people on a waitlist their position. After a change each process reads the waitlist once for all its viewers,
 * and the changes of one interval share a read: one read per viewer would cost the square of the waitlist.
 */
@Injectable()
export class LivePositions implements OnModuleDestroy {
  private readonly viewers = new Map<string, Set<Viewer>>();
  private readonly updates = new ThrottledBatches(MIN_INTERVAL_MS, (ids) => this.update(ids), INTERVAL);

  constructor(
    private readonly registrations: ActiveRegistrations,
    private readonly waitlists: WaitlistPositions,
  ) {}

  /** Until the person is no longer on the waitlist. Does nothing for people who are not on it now. */
  watch(competitionId: string, userId: string, subscriber: Subscriber): void {
    const viewer: Viewer = { competitionId, userId, subscriber, registration: null, position: null };
    const viewers = this.viewers.get(competitionId);
    if (viewers === undefined) this.viewers.set(competitionId, new Set([viewer]));
    else viewers.add(viewer);
    subscriber.onClose(() => this.remove(viewer));
    this.updates.add(competitionId);
  }

  /** Somebody may have moved up. */
  changed(competitionId: string): void {
    if (this.viewers.has(competitionId)) this.updates.add(competitionId);
  }

  onModuleDestroy(): void {
    this.updates.stop();
  }

  private remove(viewer: Viewer): void {
    const viewers = this.viewers.get(viewer.competitionId);
    viewers?.delete(viewer);
    if (viewers?.size === 0) this.viewers.delete(viewer.competitionId);
  }

  /** Throws when the database is unavailable; the update is then retried. */
  private async update(competitionIds: readonly string[]): Promise<void> {
    const viewers = competitionIds.flatMap((id) => [...(this.viewers.get(id) ?? [])]);
    await Promise.all(
      viewers.filter(({ registration }) => registration === null).map((viewer) => this.identify(viewer)),
    );
    const admissions = await this.waitlists.listAdmissions(lastAdmissions(viewers));
    const ended: Viewer[] = [];
    await broadcast(viewers, (viewer) => {
      if (viewer.registration === null) return;
      const position = positionOn(admissions.get(viewer.competitionId) ?? [], viewer.registration.admission);
      if (position === null) ended.push(viewer);
      else if (position !== viewer.position) send(viewer, 'WAITLISTED', position);
    });
    if (ended.length > 0) await this.sendOutcomes(ended);
  }

  private async identify(viewer: Viewer): Promise<void> {
    const found = await this.registrations.find(viewer.userId, viewer.competitionId);
    if (found !== null && found.admission !== null) viewer.registration = { ...found, admission: found.admission };
    else this.remove(viewer);
  }

  /** These were on the waitlist: they have got a seat, or their registration has ended. */
  private async sendOutcomes(viewers: readonly Viewer[]): Promise<void> {
    const ids = viewers.map(({ registration }) => registration?.registrationId ?? '');
    const statuses = await this.registrations.statuses(ids);
    for (const [n, viewer] of viewers.entries()) {
      const status = statuses.get(ids[n] as string);
      if (status === undefined || status === 'WAITLISTED') continue;
      send(viewer, status, null);
      this.remove(viewer);
    }
  }
}

function lastAdmissions(viewers: readonly Viewer[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { competitionId, registration } of viewers)
    if (registration !== null) last.set(competitionId, Math.max(registration.admission, last.get(competitionId) ?? 0));
  return last;
}

function send(viewer: Viewer, status: RegistrationStatus, position: number | null): void {
  if (viewer.registration === null) return;
  const { registrationId, registeredAt } = viewer.registration;
  viewer.position = position;
  const event: RegistrationEvent = { registrationId, status, position, registeredAt };
  viewer.subscriber.sendOwn(encode(null, 'registration', event));
}
