import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Subscriber } from '../../platform/live/subscriber.js';
import { StaffRoles } from '../staff/staff-roles.js';

/** The subscribers of drafts: only staff, whose roles are checked again while they watch. */
@Injectable()
export class DraftViewers {
  /** By competition, the person behind each subscriber. */
  private readonly viewers = new Map<string, Map<Subscriber, string>>();

  constructor(private readonly staffRoles: StaffRoles) {}

  /** People who are not on the staff must not learn that the draft exists. */
  async ensureMayWatch(competitionId: string, userId: string | null): Promise<void> {
    if (userId === null || (await this.staffRoles.find(userId, competitionId)) === null)
      throw new DomainError('COMPETITION_NOT_FOUND');
  }

  add(competitionId: string, userId: string, subscriber: Subscriber): void {
    const viewers = this.viewers.get(competitionId) ?? new Map<Subscriber, string>();
    this.viewers.set(competitionId, viewers.set(subscriber, userId));
    subscriber.onClose(() => {
      viewers.delete(subscriber);
      if (viewers.size === 0 && this.viewers.get(competitionId) === viewers) this.viewers.delete(competitionId);
    });
  }

  /** Ends the streams of those who are not on the staff any more. */
  async endRevoked(competitionId: string): Promise<void> {
    const viewers = [...(this.viewers.get(competitionId) ?? [])];
    await Promise.all(
      viewers.map(async ([subscriber, userId]) => {
        if ((await this.staffRoles.find(userId, competitionId)) === null) subscriber.end();
      }),
    );
  }
}
