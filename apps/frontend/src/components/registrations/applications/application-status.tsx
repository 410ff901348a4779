import type { Application } from '@mini-compete/shared/applications';
import { useTexts } from '#texts';
import { StatusLabel, type StatusShape, type StatusTone } from '@/components/ui/status-label';

type Key =
  | 'status.undecided'
  | 'status.accepted'
  | 'status.held'
  | 'status.waitlisted'
  | 'status.rejected'
  | 'status.left'
  | 'status.removed'
  | 'status.expired'
  | 'status.noShow'
  | 'status.canceled'
  | 'status.tooSmall'
  | 'status.noShow'
  | 'status.erased';
type Display = readonly [text: Key, tone: StatusTone, shape: StatusShape];

const ENDED: Record<NonNullable<Application['endReason']>, Display> = {
  LEFT: ['status.left', 'neutral', 'bar'],
  REMOVED: ['status.removed', 'error', 'cross'],
  REJECTED: ['status.rejected', 'error', 'cross'],
  EXPIRED: ['status.expired', 'neutral', 'bar'],
  COMPETITION_CANCELLED: ['status.canceled', 'neutral', 'cross'],
  TEAM_TOO_SMALL: ['status.tooSmall', 'neutral', 'bar'],
  NO_SHOW: ['status.noShow', 'neutral', 'bar'],
  ERASED: ['status.erased', 'neutral', 'cross'],
};

const STATUS: Record<Exclude<Application['status'], 'CANCELLED'>, Display> = {
  APPLIED: ['status.undecided', 'neutral', 'ring'],
  PENDING: ['status.accepted', 'success', 'tick'],
  CONFIRMED: ['status.accepted', 'success', 'tick'],
  HELD: ['status.held', 'warning', 'half'],
  WAITLISTED: ['status.waitlisted', 'warning', 'square'],
};

export function ApplicationStatus({ application: { status, endReason } }: { application: Application }) {
  const t = useTexts('applications');
  const [text, tone, shape] = status === 'CANCELLED' ? ENDED[endReason ?? 'LEFT'] : STATUS[status];
  return (
    <StatusLabel tone={tone} shape={shape}>
      {t(text)}
    </StatusLabel>
  );
}
