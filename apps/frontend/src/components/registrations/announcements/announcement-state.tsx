import type { AnnouncementState } from '@mini-compete/shared/announcements';
import { useTexts } from '#texts';
import { StatusLabel, type StatusShape, type StatusTone } from '@/components/ui/status-label';

const LOOKS: Record<AnnouncementState, { tone: StatusTone; shape: StatusShape }> = {
  DRAFT: { tone: 'neutral', shape: 'ring' },
  PENDING: { tone: 'accent', shape: 'half' },
  SENDING: { tone: 'accent', shape: 'half' },
  SENT: { tone: 'success', shape: 'tick' },
  STOPPED: { tone: 'error', shape: 'square' },
};

export function AnnouncementStateLabel({ state }: { state: AnnouncementState }) {
  const t = useTexts('announcements');
  return <StatusLabel {...LOOKS[state]}>{t(`state.${state}`)}</StatusLabel>;
}
