'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { UNDO_SECONDS } from '@mini-compete/shared/undo';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { cancelCompetition, deleteCompetition } from '@/lib/api/competitions';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { FormSection } from './form-section';

type Subject = Pick<Competition, 'id' | 'title' | 'capacity' | 'seatsLeft' | 'waiting' | 'status'>;

/** Deletes a competition without active registrations, cancels any other. The dialog says how many people get a message. */
export function CancelOrDelete({ competition, applied }: { competition: Subject; applied: number }) {
  const people =
    competition.status === 'cancelled'
      ? 0
      : competition.capacity - competition.seatsLeft + competition.waiting + applied;
  return people === 0 ? <Delete competition={competition} /> : <Cancel competition={competition} people={people} />;
}

function Delete({ competition: { id, title } }: { competition: Subject }) {
  const t = useTexts('editing');
  const router = useRouter();
  const toast = useToast();
  const remove = async () => {
    await deleteCompetition(call, id);
    toast(t('delete.done', { title }));
    router.push('/organize');
    router.refresh();
  };
  return (
    <Confirmed
      title={t('delete.title')}
      text={t('delete.text')}
      open={t('delete.open')}
      question={t('delete.question', { title })}
      consequence={t('delete.consequence')}
      keep={t('keep')}
      confirm={t('delete.confirm')}
      request={remove}
    />
  );
}

function Cancel({ competition: { id, title }, people }: { competition: Subject; people: number }) {
  const t = useTexts('editing');
  const router = useRouter();
  const toast = useToast();
  const key = useRef('');
  const cancel = async () => {
    key.current ||= newIdempotencyKey();
    await cancelCompetition(call, id, key.current);
    toast(t('cancel.done', { title }));
    router.push(`/organize/${id}`);
    router.refresh();
  };
  return (
    <Confirmed
      title={t('cancel.title')}
      text={t('cancel.text', { count: people })}
      open={t('cancel.open')}
      question={t('cancel.question', { title })}
      consequence={t('cancel.consequence', { count: people, seconds: UNDO_SECONDS })}
      keep={t('keep')}
      confirm={t('cancel.confirm', { count: people })}
      request={cancel}
    />
  );
}

type ConfirmedProps = {
  title: string;
  text: string;
  open: string;
  question: string;
  consequence: string;
  keep: string;
  confirm: string;
  request: () => Promise<void>;
};

function Confirmed({ title, text, open, question, consequence, keep, confirm, request }: ConfirmedProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { busy, failure, run, clear } = useSubmit();
  return (
    <FormSection id="end" title={title} text={text}>
      <div>
        <Button
          tone="caution"
          onClick={() => {
            clear();
            setIsOpen(true);
          }}
        >
          {open}
        </Button>
      </div>
      <Dialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title={question}
        actions={
          <>
            <Button onClick={() => setIsOpen(false)}>{keep}</Button>
            <Button tone="danger" busy={busy} onClick={() => void run(request)}>
              {confirm}
            </Button>
          </>
        }
      >
        <p>{consequence}</p>
        {failure && (
          <p role="alert" className="font-semibold text-error">
            {failure.title}
          </p>
        )}
      </Dialog>
    </FormSection>
  );
}
