import type { AnnouncementState, RecipientPage } from '@mini-compete/shared/announcements';
import { useTexts } from '#texts';
import { EmptyState } from '@/components/seats/empty-state';
import { ButtonLink } from '@/components/ui/button';
import { ChipLink } from '@/components/ui/chip';
import { Table } from '@/components/ui/table';

export const DELIVERY_FILTERS = ['all', 'sent', 'queued', 'failed', 'unknown'] as const;
export type DeliveryFilter = (typeof DELIVERY_FILTERS)[number];

type Props = {
  state: AnnouncementState;
  page: RecipientPage;
  filter: DeliveryFilter;
  hrefOf: (filter: DeliveryFilter, after?: string) => string;
};

/** To whom it went, and how that went for each of them. */
export function Recipients({ state, page, filter, hrefOf }: Props) {
  const t = useTexts('announcements');
  const common = useTexts('common');
  return (
    <section aria-labelledby="announcement-recipients" className="mt-12">
      <h2 id="announcement-recipients" className="text-lg">
        {t('sent.recipients')}
      </h2>
      <nav aria-label={t('sent.filter')} className="mt-4 flex flex-wrap gap-2">
        {DELIVERY_FILTERS.map((choice) => (
          <ChipLink key={choice} href={hrefOf(choice)} selected={choice === filter}>
            {choice === 'all' ? t('sent.all') : t(`sent.delivery.${choice}`)}
          </ChipLink>
        ))}
      </nav>
      {page.items.length === 0 ? (
        <div className="mt-6">
          <EmptyState title={t('sent.noneTitle')}>{t('sent.noneText')}</EmptyState>
        </div>
      ) : (
        <div className="mt-4">
          <Table
            caption={t('sent.recipients')}
            rows={page.items}
            keyOf={({ registrationId }) => registrationId}
            columns={[
              {
                key: 'name',
                head: t('sent.name'),
                primary: true,
                cell: ({ name }) => <bdi className="font-semibold">{name ?? common('deletedAccount')}</bdi>,
              },
              {
                key: 'delivery',
                head: t('sent.deliveries'),
                cell: ({ delivery, isBounced }) => (
                  <span>
                    {delivery === null
                      ? t(state === 'STOPPED' ? 'sent.neverWritten' : 'sent.notWritten')
                      : t(`sent.delivery.${delivery}`)}
                    {isBounced && <span className="block text-error">{t('sent.bounced')}</span>}
                  </span>
                ),
              },
            ]}
          />
        </div>
      )}
      {page.nextCursor && (
        <ButtonLink className="no-print mt-6" href={hrefOf(filter, page.nextCursor)} scroll={false}>
          {common('loadMore')}
        </ButtonLink>
      )}
    </section>
  );
}
