import type { Metadata } from 'next';
import { useTexts } from '#texts';
import { EmptyState } from '@/components/seats/empty-state';
import { ButtonLink } from '@/components/ui/button';
import { getTexts } from '@/lib/i18n/texts.server';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('layout'))('notFound.title'),
});

export default function NotFound() {
  const t = useTexts('layout');
  return (
    <>
      <h1 className="mb-8 text-3xl">{t('notFound.title')}</h1>
      <EmptyState
        title={t('notFound.heading')}
        action={
          <>
            <ButtonLink tone="primary" href="/competitions">
              {t('notFound.search')}
            </ButtonLink>
            <ButtonLink href="/">{t('error.home')}</ButtonLink>
          </>
        }
      >
        {t('notFound.text')}
      </EmptyState>
    </>
  );
}
