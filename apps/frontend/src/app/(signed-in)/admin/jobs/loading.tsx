import { Loading, Skeleton } from '@/components/ui/skeleton';

export default function JobsLoading() {
  return (
    <Loading label="Loading the jobs">
      <Skeleton className="h-9 w-32" />
      <Skeleton className="mt-10 h-40" />
      <Skeleton className="mt-8 h-40" />
    </Loading>
  );
}
