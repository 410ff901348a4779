import { useTexts } from '#texts';
import { Loading, Skeleton } from '@/components/ui/skeleton';

export default function MailboxLoading() {
  const t = useTexts('mailbox');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="h-9 w-40" />
      <div className="mt-10 max-w-96">
        {['first', 'second', 'third', 'fourth'].map((row) => (
          <Skeleton key={row} className="mt-4 h-16" />
        ))}
      </div>
    </Loading>
  );
}
