import type { MyActiveRegistration, OwnInvitation } from '@mini-compete/shared/seats';
import { useFormats, useTexts } from '#texts';

type Props = { invitation: OwnInvitation; registration: MyActiveRegistration | null };

/** A seat is reserved for the viewer, who does not need the link from the message. */
export function InvitationNotice({ invitation, registration }: Props) {
  const t = useTexts('panel');
  const { instant } = useFormats();
  return (
    <div className="animate-rise rounded-md bg-accent-soft p-4">
      <h2 className="text-xl">{t('invited.title')}</h2>
      <p className="mt-1.5 text-sm" suppressHydrationWarning>
        {t('invited.text', { when: instant(invitation.expiresAt, 'full') })}
      </p>
      {registration && (
        <p className="mt-1.5 text-sm">
          {t(registration.status === 'APPLIED' ? 'invited.applied' : 'invited.waitlisted')}
        </p>
      )}
    </div>
  );
}
