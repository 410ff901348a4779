import type { Registrant } from '@mini-compete/shared/registrations';
import type { EndReason } from '@mini-compete/shared/seats';
import { useTexts } from '#texts';
import { StatusLabel, type StatusShape, type StatusTone } from '@/components/ui/status-label';

type Display = { text: Key; tone: StatusTone; shape: StatusShape };
type Key =
  | 'status.confirmed'
  | 'status.pending'
  | 'status.held'
  | 'status.waitlisted'
  | 'status.applied'
  | 'status.rejected'
  | 'status.expired'
  | 'status.left'
  | 'status.removed'
  | 'status.noShow'
  | 'status.canceled'
  | 'status.tooSmall'
  | 'status.noShow'
  | 'status.erased';

const ENDED: Record<EndReason, Display> = {
  LEFT: { text: 'status.left', tone: 'neutral', shape: 'bar' },
  REMOVED: { text: 'status.removed', tone: 'error', shape: 'cross' },
  REJECTED: { text: 'status.rejected', tone: 'error', shape: 'cross' },
  EXPIRED: { text: 'status.expired', tone: 'neutral', shape: 'bar' },
  COMPETITION_CANCELLED: { text: 'status.canceled', tone: 'neutral', shape: 'cross' },
  TEAM_TOO_SMALL: { text: 'status.tooSmall', tone: 'neutral', shape: 'bar' },
  NO_SHOW: { text: 'status.noShow', tone: 'neutral', shape: 'bar' },
  ERASED: { text: 'status.erased', tone: 'neutral', shape: 'cross' },
};

function displayOf({ status, endReason }: Registrant): Display {
  switch (status) {
    case 'CONFIRMED':
      return { text: 'status.confirmed', tone: 'success', shape: 'tick' };
    case 'PENDING':
      return { text: 'status.pending', tone: 'success', shape: 'half' };
    case 'HELD':
      return { text: 'status.held', tone: 'warning', shape: 'half' };
    case 'APPLIED':
      return { text: 'status.applied', tone: 'neutral', shape: 'square' };
    case 'WAITLISTED':
      return { text: 'status.waitlisted', tone: 'warning', shape: 'square' };
    case 'CANCELLED':
      return ENDED[endReason ?? 'LEFT'];
  }
}

export function RegistrantStatus({ registrant }: { registrant: Registrant }) {
  const t = useTexts('organizing');
  const { text, tone, shape } = displayOf(registrant);
  return (
    <StatusLabel tone={tone} shape={shape}>
      {t(text)}
      {registrant.position !== null && <span className="tabular"> #{registrant.position}</span>}
    </StatusLabel>
  );
}
