import type { MailboxMessage } from '@mini-compete/shared/mailbox';
import { useFormats, useTexts } from '#texts';
import { StatusLabel } from '@/components/ui/status-label';

/** For lists: only what the reader may have to act on. */
export function DeliveryWarning({ delivery }: Pick<MailboxMessage, 'delivery'>) {
  const t = useTexts('mailbox');
  if (delivery !== 'failed' && delivery !== 'unknown') return null;
  return (
    <StatusLabel tone={delivery === 'failed' ? 'error' : 'warning'} shape={delivery === 'failed' ? 'cross' : 'half'}>
      {t(`deliveryShort.${delivery}`)}
    </StatusLabel>
  );
}

/** For a single message, as a sentence. */
export function DeliveryText({ message }: { message: MailboxMessage }) {
  const { delivery, sentAt, createdAt } = message;
  const t = useTexts('mailbox');
  const { instant } = useFormats();
  return (
    <p className="text-sm text-muted" suppressHydrationWarning>
      {delivery === 'sent'
        ? t('delivery.sent', { time: instant(sentAt ?? createdAt, 'full') })
        : t(`delivery.${delivery}`)}
    </p>
  );
}
