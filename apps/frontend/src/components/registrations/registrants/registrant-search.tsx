import { Search } from 'lucide-react';
import Form from 'next/form';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import type { RegistrantsView } from './registrants-query';

/** Keeps filter and order. Works without JavaScript. */
export function RegistrantSearch({ path, view: { show, sort, search } }: { path: string; view: RegistrantsView }) {
  const t = useTexts('organizing');
  return (
    <Form action={path} scroll={false} className="flex w-full max-w-md gap-2" role="search">
      {show !== 'active' && <input type="hidden" name="show" value={show} />}
      {sort !== 'registered' && <input type="hidden" name="sort" value={sort} />}
      <label htmlFor="registrant-search" className="sr-only">
        {t('people.searchLabel')}
      </label>
      <Input
        id="registrant-search"
        type="search"
        name="search"
        defaultValue={search}
        key={search}
        maxLength={200}
        placeholder={t('people.placeholder')}
      />
      <Button type="submit" icon={<Search aria-hidden="true" className="size-4" />}>
        {t('people.search')}
      </Button>
    </Form>
  );
}
