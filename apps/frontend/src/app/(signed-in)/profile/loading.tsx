import { useTexts } from '#texts';
import { Loading, Skeleton } from '@/components/ui/skeleton';

export default function ProfileLoading() {
  const t = useTexts('common');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="h-9 w-40" />
      <Skeleton className="mt-3 h-5 w-56" />
      {['name', 'password', 'sessions'].map((part) => (
        <div key={part} className="mt-8 grid gap-x-14 gap-y-5 border-t border-line pt-8 lg:grid-cols-[20rem_1fr]">
          <Skeleton className="h-6 w-32" />
          <Skeleton className="h-24 max-w-xl" />
        </div>
      ))}
    </Loading>
  );
}
