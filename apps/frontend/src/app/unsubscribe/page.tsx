import type { Subscription } from '@mini-compete/shared/announcements';
import type { Metadata } from 'next';
import { SubscriptionForm } from '@/components/registrations/announcements/subscription-form';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { getSubscription } from '@/lib/api/announcements';
import { isApiError } from '@/lib/api/problem';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { getParam, type SearchParams } from '@/lib/search-params';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('subscription'))('title'),
  robots: { index: false },
  referrer: 'no-referrer',
});

type Props = { searchParams: Promise<SearchParams> };

/** The target of the unsubscribe link in announcements. Opening it changes nothing, because mail scanners open links. */
export default async function Unsubscribe({ searchParams }: Props) {
  const token = getParam(await searchParams, 'token');
  const [subscription, t] = await Promise.all([readSubscription(token), getTexts('subscription')]);
  return (
    <div className="mx-auto max-w-xl">
      {subscription === null ? (
        <>
          <h1 className="text-2xl">{t('invalidTitle')}</h1>
          <Notice tone="error" className="mt-6" title={t('invalid')} />
          <ButtonLink className="mt-6" href="/competitions">
            {t('toHome')}
          </ButtonLink>
        </>
      ) : (
        <ClientTexts of={['subscription']}>
          <SubscriptionForm token={token} subscription={subscription} />
        </ClientTexts>
      )}
    </div>
  );
}

/** Null for an invalid link. */
async function readSubscription(token: string): Promise<Subscription | null> {
  if (!token) return null;
  try {
    return await getSubscription(serverCall, token);
  } catch (error) {
    if (isApiError(error, 'UNSUBSCRIBE_TOKEN_INVALID', 'VALIDATION_FAILED')) return null;
    throw error;
  }
}
