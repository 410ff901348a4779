import { IMPORT_VERDICTS, type Import, type ImportDetails } from '@mini-compete/shared/imports';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { CommitForm } from '@/components/registrations/imports/commit-form';
import { ImportProgress } from '@/components/registrations/imports/import-progress';
import { RowTable } from '@/components/registrations/imports/row-table';
import { BackLink } from '@/components/ui/back-link';
import { ChipLink } from '@/components/ui/chip';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { getImport, listImportRows } from '@/lib/api/imports';
import { listInvitations } from '@/lib/api/invitations';
import { isApiError } from '@/lib/api/problem';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getFormats, getTexts } from '@/lib/i18n/texts.server';
import { getChoice, getParam, type SearchParams, withParams } from '@/lib/search-params';
import { loadAsStaff } from '../../load-as-staff';

type Props = { params: Promise<{ id: string; importId: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('imports'), params.then(({ id }) => loadCompetition(id))]);
  return { title: t('metaTitle', { title }) };
}

const VIEWS = ['all', ...IMPORT_VERDICTS] as const;
const PAGE_SIZE = 100;

export default async function ImportPage({ params, searchParams }: Props) {
  const { id, importId } = await params;
  const values = await searchParams;
  const view = { verdict: getChoice(values, 'verdict', VIEWS), after: getParam(values, 'after') };
  const pathOf = ({ verdict, after }: typeof view) =>
    withParams(`/organize/${id}/imports/${importId}`, { verdict: verdict === 'all' ? null : verdict, after });
  const { competition, user } = await loadAsStaff(id, pathOf(view), 'import');
  const [t, { number }, found, rows] = await Promise.all([
    getTexts('imports'),
    getFormats(),
    getImport(serverCall, id, importId).catch(missing),
    listImportRows(serverCall, id, importId, { verdict: view.verdict, cursor: view.after, limit: PAGE_SIZE }).catch(
      missing,
    ),
  ]);
  const { counts } = found;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <ManageHeader competition={competition} tab="invitations" viewer={user} />
      <BackLink href={`/organize/${id}/imports`} className="mt-8">
        {t('title')}
      </BackLink>
      <h2 className="mt-2 text-xl wrap-anywhere">
        <bdi>{found.fileName ?? t('unnamed')}</bdi>
      </h2>
      <FileNotes found={found} />
      <div className="mt-6 max-w-2xl">
        <Step competition={{ id, startDate: competition.startDate }} found={found} />
      </div>
      <nav aria-label={t('filter')} className="mt-10 flex flex-wrap gap-2">
        {VIEWS.map((verdict) => (
          <ChipLink key={verdict} href={pathOf({ verdict, after: '' })} selected={verdict === view.verdict}>
            {t(`verdict.${verdict}`)}
            <span className="tabular font-normal">{number(verdict === 'all' ? total : counts[verdict])}</span>
          </ChipLink>
        ))}
      </nav>
      {rows.items.length === 0 ? (
        <p className="mt-6 text-muted">{t('noRows')}</p>
      ) : (
        <>
          <RowTable rows={rows.items} />
          <LoadMore
            href={rows.nextCursor && pathOf({ ...view, after: rows.nextCursor })}
            shown={rows.items.length}
            total={rows.total}
          />
        </>
      )}
    </>
  );
}

/** An address that was made up, or an import that was deleted. */
function missing(error: unknown): never {
  if (isApiError(error) && (error.status === 404 || error.status === 400)) notFound();
  throw error;
}

const SEPARATORS = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;
const ENCODINGS = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
} as const;

async function FileNotes({ found: { encoding, separator, unknownColumns } }: { found: Import }) {
  const [t, { list }] = await Promise.all([getTexts('imports'), getFormats()]);
  return (
    <div className="mt-1 max-w-prose text-sm text-muted">
      <p>{t('readAs', { encoding: ENCODINGS[encoding], separator: SEPARATORS[separator] })}</p>
      {unknownColumns.length > 0 && (
        <p className="mt-1 wrap-anywhere">
          {t('unknownColumns', { count: unknownColumns.length })} {list(unknownColumns)}
        </p>
      )}
    </div>
  );
}

type StepProps = { competition: { id: string; startDate: string | null }; found: ImportDetails };

async function Step({ competition, found }: StepProps) {
  const { id, state, counts, invitations } = found;
  if (state !== 'checked') return <ImportProgress competitionId={competition.id} found={found} />;
  const t = await getTexts('imports');
  if (counts.NEW === 0) return <Notice title={t('commit.nothing')}>{t('commit.nothingText')}</Notice>;
  const { free } = await listInvitations(serverCall, competition.id, { limit: 1 });
  if (counts.NEW > free)
    return (
      <Notice tone="warning" title={t('commit.tooFew')}>
        {t('commit.tooFewText', { count: counts.NEW, free })}
      </Notice>
    );
  return (
    <ClientTexts of={['imports', 'validation']}>
      <CommitForm competition={competition} importId={id} count={counts.NEW} invitations={invitations} />
    </ClientTexts>
  );
}
