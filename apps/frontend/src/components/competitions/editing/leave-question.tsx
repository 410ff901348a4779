'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';

/** Asks before a page with unsaved changes is left: by closing it, or by a link on it. */
export function LeaveQuestion({ when: isChanged }: { when: boolean }) {
  const t = useTexts('editing');
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => {
    if (!isChanged) return;
    const beforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const beforeLink = (event: MouseEvent) => {
      const path = pathOfLink(event);
      if (path === null) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(path);
    };
    window.addEventListener('beforeunload', beforeUnload);
    // Captured at the window: React listens at the document, and the router would navigate.
    window.addEventListener('click', beforeLink, true);
    return () => {
      window.removeEventListener('beforeunload', beforeUnload);
      window.removeEventListener('click', beforeLink, true);
    };
  }, [isChanged]);
  return (
    <Dialog
      open={target !== null}
      onOpenChange={(open) => !open && setTarget(null)}
      title={t('leave.title')}
      actions={
        <>
          <Button onClick={() => setTarget(null)}>{t('leave.stay')}</Button>
          <Button
            tone="primary"
            onClick={() => {
              if (target) router.push(target);
              setTarget(null);
            }}
          >
            {t('leave.leave')}
          </Button>
        </>
      }
    >
      <p>{t('leave.text')}</p>
    </Dialog>
  );
}

/** The path of another page of this site that a plain click opens here; null for every other click. */
function pathOfLink(event: MouseEvent): string | null {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const { origin, pathname, search, hash } = new URL(link.href, window.location.href);
  const isHere = pathname === window.location.pathname && search === window.location.search;
  if (origin !== window.location.origin || isHere || link.target === '_blank' || link.hasAttribute('download'))
    return null;
  return pathname + search + hash;
}
