import { useTexts } from '#texts';
import { Loading, Skeleton } from '@/components/ui/skeleton';

export default function HistoryLoading() {
  const t = useTexts('common');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="h-9 w-64" />
      {['first', 'second', 'third'].map((row) => (
        <Skeleton key={row} className="mt-8 h-24" />
      ))}
    </Loading>
  );
}
