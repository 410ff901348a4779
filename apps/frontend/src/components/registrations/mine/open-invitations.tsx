import type { ListedInvitation } from '@mini-compete/shared/registrations';
import Link from 'next/link';
import { useTexts } from '#texts';
import { WhenAndWhere } from '@/components/competitions/catalog/when-and-where';
import { ButtonLink } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { StatusLabel } from '@/components/ui/status-label';
import { competitionPath, invitationPath } from '@/lib/paths';

type Props = {
  invitations: readonly ListedInvitation[];
  /** See `mostUrgent`. */
  urgent: string | null;
};

/** Seats that are reserved for the person until they accept. */
export function OpenInvitations({ invitations, urgent }: Props) {
  const t = useTexts('registrations');
  if (invitations.length === 0) return null;
  return (
    <section aria-label={t('invited.title')} className="not-last:mb-12">
      <h2 className="text-lg">{t('invited.title')}</h2>
      <ul className="mt-4 border-t border-line">
        {invitations.map(({ token, expiresAt, competition }) => (
          <li key={token} className="grid gap-x-8 gap-y-3 border-b border-line py-5 sm:grid-cols-[1fr_auto]">
            <div className="min-w-0">
              <StatusLabel tone="accent" shape="seat" className="whitespace-normal!">
                {/* One element, or the gap of the label would come between the words. */}
                <span>
                  {t.rich('invited.label', {
                    when: expiresAt,
                    time: () => <LocalTime iso={expiresAt} style="short" />,
                  })}
                </span>
              </StatusLabel>
              <h3 className="mt-2 text-lg leading-snug">
                <Link href={competitionPath(competition.id)} className="hover:text-accent">
                  {competition.title}
                </Link>
              </h3>
              <p className="mt-1 text-sm text-muted">
                <WhenAndWhere competition={competition} noDate={t('noDate')} />
              </p>
            </div>
            <ButtonLink
              tone={token === urgent ? 'primary' : 'secondary'}
              size="sm"
              className="self-start"
              href={invitationPath(token)}
              prefetch={false}
              aria-label={t('invited.acceptLabel', { title: competition.title })}
            >
              {t('invited.accept')}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
