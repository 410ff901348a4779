import { isUnsettled } from '@mini-compete/shared/registration-status';
import type { RegistrationEvent } from '@mini-compete/shared/seats';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ThrottledBatches } from '../../platform/concurrency/throttled-batches.js';
import { broadcast, encode } from '../../platform/live/event-stream.js';
import type { Subscriber } from '../../platform/live/subscriber.js';
import { type ActiveRegistration, ActiveRegistrations, withPosition } from '../catalog/active-registrations.js';
import { positionOn, WaitlistPositions } from '../catalog/waitlist-positions.js';

/** Updates take at most a tenth of the time, of this process and of one database connection. */
const MIN_INTERVAL_MS = 100;
const INTERVAL = { factor: 10, maxMs: 1_000 };

interface Viewer {
  readonly competitionId: string;
  readonly userId: string;
  readonly subscriber: Subscriber;
  /** Null until it has been read, and for a member of a team that is not registered. */
  registration: ActiveRegistration | null;
  /** Of the last event. */
  sent: string;
}

/**
 * Sends people who have applied, are on the waitlist or have a hold what becomes of them, and their position, and members
 * of a team that is not registered what its registration is. After a
 * change each process reads the waitlist and the other registrations once for all its viewers, and the changes of one
 * interval share a read: one read per viewer would cost the square of the waitlist.
 */
@Injectable()
export class LivePositions implements OnModuleDestroy {
  private readonly viewers = new Map<string, Set<Viewer>>();
  private readonly updates = new ThrottledBatches(MIN_INTERVAL_MS, (ids) => this.update(ids), INTERVAL);

  constructor(
    private readonly registrations: ActiveRegistrations,
    private readonly waitlists: WaitlistPositions,
  ) {}

  /** Until the person has a seat, or the registration has ended. Does nothing for people without such a registration. */
  watch(competitionId: string, userId: string, subscriber: Subscriber): void {
    const viewer: Viewer = { competitionId, userId, subscriber, registration: null, sent: '' };
    const viewers = this.viewers.get(competitionId);
    if (viewers === undefined) this.viewers.set(competitionId, new Set([viewer]));
    else viewers.add(viewer);
    subscriber.onClose(() => this.remove(viewer));
    this.updates.add(competitionId);
  }

  /** Somebody may have moved up, or have been decided on. */
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
    await Promise.all(viewers.filter(isInTeam).map((viewer) => this.followTeam(viewer)));
    const admissions = await this.waitlists.listAdmissions(lastAdmissions(viewers));
    /** Not on the waitlist, or not anymore. */
    const others: Viewer[] = [];
    await broadcast(viewers, (viewer) => {
      if (viewer.registration === null) return;
      const { admission } = viewer.registration;
      const waitlist = admissions.get(viewer.competitionId) ?? [];
      const position = admission === null ? null : positionOn(waitlist, admission);
      if (position === null && !isInTeam(viewer)) others.push(viewer);
      else if (position === null && admission !== null) this.updates.add(viewer.competitionId);
      else send(viewer, position);
    });
    if (others.length > 0) await this.sendStates(others);
  }

  private async identify(viewer: Viewer): Promise<void> {
    const { userId, competitionId } = viewer;
    const found = await this.registrations.find(userId, competitionId);
    // The captain of a team that is not registered may register it at any time.
    if (found === null && (await this.registrations.isInTeam(userId, competitionId))) return;
    if (found !== null && isUnsettled(found.status)) {
      viewer.registration = found;
      return;
    }
    // The captain may have registered the team after the page was loaded and before this look.
    if (found?.team) sendOnce(viewer, found);
    this.remove(viewer);
  }

  /** Members come and go, and so do captains: each of them is looked up again. */
  private async followTeam(viewer: Viewer): Promise<void> {
    const before = viewer.registration;
    const found = await this.registrations.find(viewer.userId, viewer.competitionId);
    if (before === null || !this.viewers.get(viewer.competitionId)?.has(viewer)) return;
    if (found?.registrationId === before.registrationId) {
      viewer.registration = found;
      if (isUnsettled(found.status)) return;
      sendOnce(viewer, found);
      this.remove(viewer);
    } else {
      // What the registration of a team that they have left does is not theirs to know.
      sendOnce(viewer, { ...before, status: 'CANCELLED', admission: null, heldUntil: null });
      // Who is still in the team is told when it is registered again.
      await this.identify(viewer);
    }
  }

  private async sendStates(viewers: readonly Viewer[]): Promise<void> {
    const ids = viewers.map(({ registration }) => registration?.registrationId ?? '');
    const states = await this.registrations.states(ids);
    for (const [n, viewer] of viewers.entries()) {
      const state = states.get(ids[n] as string);
      if (state === undefined) continue;
      viewer.registration = state;
      // Its position is in the next update.
      if (state.status === 'WAITLISTED') this.updates.add(viewer.competitionId);
      else send(viewer, null);
      if (!isUnsettled(state.status)) this.remove(viewer);
    }
  }
}

const isInTeam = ({ registration }: Viewer): boolean => (registration?.team ?? null) !== null;

function lastAdmissions(viewers: readonly Viewer[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { competitionId, registration } of viewers) {
    const admission = registration?.admission ?? null;
    if (admission !== null) last.set(competitionId, Math.max(admission, last.get(competitionId) ?? 0));
  }
  return last;
}

/** The last event about a registration. */
function sendOnce(viewer: Viewer, registration: ActiveRegistration): void {
  viewer.registration = registration;
  send(viewer, null);
  viewer.registration = null;
}

/** Unless it has been sent already. */
function send(viewer: Viewer, position: number | null): void {
  if (viewer.registration === null) return;
  const event: RegistrationEvent = withPosition(viewer.registration, position);
  const sent = JSON.stringify(event);
  if (sent === viewer.sent) return;
  viewer.sent = sent;
  viewer.subscriber.sendOwn(encode(null, 'registration', event));
}
