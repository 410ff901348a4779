import type { MyTicket } from '@mini-compete/shared/check-ins';
import type { ReactNode } from 'react';
import { useFormats, useTexts } from '#texts';
import { PrintButton } from '@/components/registrations/registrants/print-button';
import { LocalTime } from '@/components/ui/local-time';
import { StatusLabel } from '@/components/ui/status-label';

/** One's own ticket: on a phone the code fills the width of the screen, on paper it is half a page. */
export function Ticket({ ticket }: { ticket: MyTicket }) {
  const t = useTexts('ticket');
  const { instant } = useFormats();
  const { competition, svg, number, name, team, checkedInAt } = ticket;
  return (
    <article className="mt-6 max-w-3xl overflow-hidden rounded-lg border border-line bg-raised print:mt-0 print:max-w-[16cm] print:border-2 print:border-ink">
      <div className="grid grid-cols-[minmax(0,1fr)] sm:grid-cols-[minmax(0,1fr)_minmax(0,20rem)] print:grid-cols-[minmax(0,1fr)_7cm]">
        <div className="order-2 flex flex-col p-6 sm:order-1 sm:p-8 print:order-1 print:p-6">
          <p className="text-sm text-muted">{t('title')}</p>
          <h1 className="mt-1 text-2xl wrap-break-word">
            <bdi>{competition.title}</bdi>
          </h1>
          {checkedInAt !== null && (
            <StatusLabel tone="success" shape="tick" className="mt-3 whitespace-normal!">
              <span suppressHydrationWarning>{t('checkedIn', { when: instant(checkedInAt, 'short') })}</span>
            </StatusLabel>
          )}
          <dl className="mt-6 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-3 text-base">
            <Fact label={t('name')}>
              <bdi>{name}</bdi>
            </Fact>
            {team !== null && (
              <Fact label={t('team')}>
                <bdi>{team}</bdi>
              </Fact>
            )}
            <Fact label={t('when')}>
              {competition.startDate === null ? t('toBeAnnounced') : <LocalTime iso={competition.startDate} />}
            </Fact>
            {competition.location !== null && (
              <Fact label={t('where')}>
                <bdi>{competition.location}</bdi>
              </Fact>
            )}
          </dl>
          <p className="mt-6 text-sm text-muted">{t('personal')}</p>
          <div className="no-print mt-6">
            <PrintButton label={t('print')} />
          </div>
        </div>
        <div className="order-1 flex flex-col items-center justify-center gap-3 border-line bg-sunken p-5 max-sm:border-b sm:order-2 sm:border-s sm:p-6 print:order-2 print:border-s print:bg-transparent print:p-4">
          <p className="text-center text-sm sm:hidden print:hidden">{t('show')}</p>
          {/* White in the dark theme too, and where the browser forces colors: readers need the contrast. */}
          <div
            role="img"
            aria-label={t('picture')}
            className="w-full max-w-80 overflow-hidden rounded-md bg-[#fff] forced-color-adjust-none [&>svg]:block [&>svg]:h-auto [&>svg]:w-full"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: the API draws it, with nothing but squares
            dangerouslySetInnerHTML={{ __html: svg }}
          />
          <p className="text-center">
            <span className="block text-sm text-muted">{t('number')}</span>
            <bdi dir="ltr" className="tabular block text-xl font-semibold tracking-wide">
              {number}
            </bdi>
          </p>
          <p className="hidden text-center text-sm text-muted sm:block print:block">{t('show')}</p>
        </div>
      </div>
    </article>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 font-semibold wrap-break-word">{children}</dd>
    </>
  );
}
