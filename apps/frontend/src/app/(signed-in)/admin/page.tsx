import type { Metadata } from 'next';
import { ConsoleTabs } from '@/components/operations/console-tabs';
import { Integrity } from '@/components/operations/integrity';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { getInvariants } from '@/lib/api/admin';
import { serverCall } from '@/lib/api/server';
import { getTexts } from '@/lib/i18n/texts.server';
import { requireUser } from '@/lib/session';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('console'))('integrity.title'),
});

export default async function Admin() {
  await requireUser('/admin', 'ADMIN');
  const [report, t] = await Promise.all([getInvariants(serverCall), getTexts('console')]);
  return (
    <>
      <AutoRefresh seconds={10} />
      <h1 className="text-2xl">{t('integrity.title')}</h1>
      <div className="mt-6 mb-8">
        <ConsoleTabs current="integrity" />
      </div>
      <Integrity report={report} />
    </>
  );
}
