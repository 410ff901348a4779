import type { Import } from '@mini-compete/shared/imports';
import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { FilePicker } from '@/components/registrations/imports/file-picker';
import { listImports } from '@/lib/api/imports';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getFormats, getTexts } from '@/lib/i18n/texts.server';
import { loadAsStaff } from '../load-as-staff';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('imports'), params.then(({ id }) => loadCompetition(id))]);
  return { title: t('metaTitle', { title }) };
}

export default async function ImportsPage({ params }: Props) {
  const { id } = await params;
  const { competition, user } = await loadAsStaff(id, `/organize/${id}/imports`, 'import');
  const [t, { items }] = await Promise.all([getTexts('imports'), listImports(serverCall, id)]);
  return (
    <>
      <ManageHeader competition={competition} tab="invitations" viewer={user} />
      <div className="mt-8 flex max-w-3xl flex-col gap-10">
        <section aria-labelledby="new-import">
          <h2 id="new-import" className="text-xl">
            {t('title')}
          </h2>
          <p className="mt-2 max-w-prose">{t('text')}</p>
          <pre dir="ltr" className="mt-3 overflow-x-auto rounded-md bg-sunken px-4 py-3 text-sm">
            {/* Each by itself: the names of two columns in Arabic would change places. */}
            <bdi>{t('email')}</bdi>,<bdi>{t('name')}</bdi>
            {`\n${EXAMPLE}`}
          </pre>
          <div className="mt-5">
            <ClientTexts of={['imports']}>
              <FilePicker competitionId={id} />
            </ClientTexts>
          </div>
        </section>
        {items.length > 0 && (
          <section aria-labelledby="earlier-imports">
            <h2 id="earlier-imports" className="text-lg">
              {t('earlier')}
            </h2>
            <p className="mt-1 text-sm text-muted">{t('earlierText')}</p>
            <ul className="mt-4 border-t border-line">
              {items.map((found) => (
                <Item key={found.id} competitionId={id} found={found} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}

const EXAMPLE = 'ada@example.org,Ada Lovelace';

async function Item({ competitionId, found }: { competitionId: string; found: Import }) {
  const [t, { instant, number }] = await Promise.all([getTexts('imports'), getFormats()]);
  const { id, fileName, createdBy, createdAt, state, counts } = found;
  const when = instant(createdAt, 'short');
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line py-3">
      <div className="min-w-0">
        <Link href={`/organize/${competitionId}/imports/${id}`} className="link font-semibold wrap-anywhere">
          <bdi>{fileName ?? t('unnamed')}</bdi>
        </Link>
        <p className="text-sm text-muted" suppressHydrationWarning>
          {createdBy === null ? when : t.rich('byWhom', { when, name: createdBy, n: bdi })}
        </p>
      </div>
      <p className="tabular text-sm">
        {t(`state.${state}`)} · {t('verdict.NEW')}: {number(counts.NEW)}
      </p>
    </li>
  );
}

const bdi = (chunks: ReactNode) => <bdi>{chunks}</bdi>;
