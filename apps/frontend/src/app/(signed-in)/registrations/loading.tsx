import { useTexts } from '#texts';
import { Loading, Skeleton } from '@/components/ui/skeleton';

export default function RegistrationsLoading() {
  const t = useTexts('registrations');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="h-9 w-64" />
      <Skeleton className="mt-8 h-6 w-48" />
      {['first', 'second', 'third'].map((row) => (
        <Skeleton key={row} className="mt-6 h-24" />
      ))}
    </Loading>
  );
}
