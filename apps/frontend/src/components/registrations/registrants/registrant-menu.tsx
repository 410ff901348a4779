'use client';

import { directionOf } from '@mini-compete/shared/languages';
import { Copy, EllipsisVertical, Mail, MessageSquareText, UserMinus, UserPlus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { useLanguage, useTexts } from '#texts';
import { useToast } from '@/components/ui/toast';
import { AnswersDialog, ShowAnswersText } from './answers-dialog';
import { COUNT_ID } from './registrants-query';
import { ReinstateDialog } from './reinstate-dialog';
import { type MenuRegistrant, RemoveDialog } from './remove-dialog';

type Props = {
  competition: { id: string; waiting: number; isCanceled: boolean };
  registrant: MenuRegistrant;
  hasAnswers: boolean;
};

const ITEM =
  'flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-3 text-sm font-semibold outline-none select-none data-highlighted:bg-sunken forced-colors:data-highlighted:outline-2 [&_svg]:size-4 [&_svg]:shrink-0';

/** What an organizer can do with a person. */
export function RegistrantMenu({ competition, registrant, hasAnswers }: Props) {
  const t = useTexts('registrants');
  const toast = useToast();
  const language = useLanguage();
  const [dialog, setDialog] = useState<'remove' | 'reinstate' | 'answers' | null>(null);
  const removed = useRef(false);
  const opensDialog = useRef<typeof dialog>(null);
  const { name, email, status } = registrant;
  const hasEnded = status === 'CANCELLED';
  useEffect(
    () => () => {
      // The row of the person disappears from this list with the focus in it.
      if (removed.current) document.getElementById(COUNT_ID)?.focus();
    },
    [],
  );
  return (
    <>
      <DropdownMenu.Root dir={directionOf(language)}>
        <DropdownMenu.Trigger
          aria-label={t('menu', { name })}
          className="grid size-11 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink data-[state=open]:bg-sunken"
        >
          <EllipsisVertical aria-hidden="true" className="size-5" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={4}
            collisionPadding={8}
            onCloseAutoFocus={() => {
              // Only now: the dialog returns the focus to what had it when it opened, and the menu item will be gone.
              if (opensDialog.current) setDialog(opensDialog.current);
              opensDialog.current = null;
            }}
            className="z-40 min-w-56 animate-rise rounded-lg border border-line bg-raised p-2 shadow-float"
          >
            {hasAnswers && (
              <DropdownMenu.Item
                className={ITEM}
                onSelect={() => {
                  opensDialog.current = 'answers';
                }}
              >
                <MessageSquareText aria-hidden="true" />
                <ShowAnswersText />
              </DropdownMenu.Item>
            )}
            <DropdownMenu.Item asChild>
              <a href={`mailto:${email}`} className={ITEM}>
                <Mail aria-hidden="true" />
                {t('mail')}
              </a>
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className={ITEM}
              onSelect={() => void navigator.clipboard.writeText(email).then(() => toast(t('copied', { email })))}
            >
              <Copy aria-hidden="true" />
              {t('copy')}
            </DropdownMenu.Item>
            {(!hasEnded || !competition.isCanceled) && (
              <>
                <DropdownMenu.Separator className="my-2 border-t border-line" />
                <DropdownMenu.Item
                  className={hasEnded ? ITEM : `${ITEM} text-error`}
                  onSelect={() => {
                    opensDialog.current = hasEnded ? 'reinstate' : 'remove';
                  }}
                >
                  {hasEnded ? <UserPlus aria-hidden="true" /> : <UserMinus aria-hidden="true" />}
                  {hasEnded ? t('reinstate') : t('remove')}
                </DropdownMenu.Item>
              </>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {dialog === 'answers' && (
        <AnswersDialog competitionId={competition.id} registrant={registrant} close={() => setDialog(null)} />
      )}
      {dialog === 'reinstate' && (
        <ReinstateDialog
          competitionId={competition.id}
          registrant={registrant}
          close={(isReinstated) => {
            removed.current = isReinstated;
            setDialog(null);
          }}
        />
      )}
      {dialog === 'remove' && (
        <RemoveDialog
          competition={competition}
          registrant={registrant}
          close={(isRemoved) => {
            removed.current = isRemoved;
            setDialog(null);
          }}
        />
      )}
    </>
  );
}
