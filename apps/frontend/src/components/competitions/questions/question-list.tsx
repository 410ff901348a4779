'use client';

import { ArrowDown, ArrowUp, GripVertical, Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { NativeButton } from '@/components/ui/native';
import type { DraftQuestion } from './draft-question';
import { editorId, QuestionEditor } from './question-editor';
import { useReorder } from './use-reorder';

type Props = {
  drafts: readonly DraftQuestion[];
  /** By the index of the question and the name of the field, such as `2.label`. */
  errors: ReadonlyMap<string, string>;
  /** The id of the question that is edited. */
  openId: string | null;
  setOpenId: (id: string | null) => void;
  change: (drafts: readonly DraftQuestion[]) => void;
  forTeams: boolean;
};

export const handleId = (id: string) => editorId(id, 'handle');

/** The questions in their order. One of them is open to be edited; what changes is announced. */
export function QuestionList({ drafts, errors, openId, setOpenId, change, forTeams }: Props) {
  const t = useTexts('questionBuilder');
  const [announcement, setAnnouncement] = useState('');
  const labelOf = (draft: DraftQuestion) => draft.label.trim() || t('untitled');
  const move = (from: number, to: number) => {
    const draft = drafts[from];
    if (draft === undefined || to < 0 || to >= drafts.length) return;
    change(drafts.toSpliced(from, 1).toSpliced(to, 0, draft));
    setAnnouncement(t('moved', { label: labelOf(draft), position: to + 1, count: drafts.length }));
  };
  const remove = (index: number) => {
    const draft = drafts[index];
    if (draft === undefined) return;
    change(drafts.toSpliced(index, 1));
    setAnnouncement(t('removed', { label: labelOf(draft) }));
    const next = drafts[index + 1] ?? drafts[index - 1];
    document.getElementById(next ? handleId(next.id) : 'add-question')?.focus();
  };
  const { dragged, handleOf, rowRef } = useReorder(move);
  return (
    <>
      <p role="status" className="sr-only">
        {announcement}
      </p>
      <p id="drag-help" className="sr-only">
        {t('dragHelp')}
      </p>
      <ol className="flex flex-col gap-3">
        {drafts.map((draft, index) => {
          const label = labelOf(draft);
          const own = errorsOf(errors, index);
          const isOpen = openId === draft.id;
          return (
            <li
              key={draft.id}
              ref={rowRef(index)}
              className={`rounded-lg border bg-raised ${dragged === index ? 'border-accent shadow-float' : own.size > 0 ? 'border-error' : 'border-line'}`}
            >
              <div className="flex items-start gap-1 p-2">
                <NativeButton
                  id={handleId(draft.id)}
                  aria-label={t('drag', { label })}
                  aria-describedby="drag-help"
                  className="grid size-11 shrink-0 cursor-grab touch-none place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink active:cursor-grabbing"
                  {...handleOf(index)}
                >
                  <GripVertical aria-hidden="true" className="size-5" />
                </NativeButton>
                <div className="min-w-0 grow py-1.5">
                  <p className={`font-semibold leading-snug ${draft.label.trim() ? '' : 'text-muted'}`}>
                    <bdi>{label}</bdi>
                  </p>
                  <p className="text-sm text-muted">
                    {t(`kinds.${draft.kind}`)}
                    {forTeams && ` · ${t(`answeredBy.${draft.answeredBy}`)}`}
                    {draft.required &&
                      ` · ${t(draft.kind === 'CONSENT' ? 'fields.consentRequired' : 'fields.required')}`}
                  </p>
                </div>
                <div className="flex shrink-0 max-sm:flex-wrap max-sm:justify-end max-sm:max-w-24">
                  <IconButton label={t('up', { label })} inactive={index === 0} onClick={() => move(index, index - 1)}>
                    <ArrowUp />
                  </IconButton>
                  <IconButton
                    label={t('down', { label })}
                    inactive={index === drafts.length - 1}
                    onClick={() => move(index, index + 1)}
                  >
                    <ArrowDown />
                  </IconButton>
                  <IconButton
                    label={t('editLabel', { label })}
                    expanded={isOpen}
                    onClick={() => setOpenId(isOpen ? null : draft.id)}
                  >
                    <Pencil />
                  </IconButton>
                  <IconButton label={t('deleteLabel', { label })} onClick={() => remove(index)}>
                    <Trash2 />
                  </IconButton>
                </div>
              </div>
              {isOpen && (
                <div className="flex flex-col gap-4 border-t border-line p-4">
                  <QuestionEditor
                    draft={draft}
                    errors={own}
                    forTeams={forTeams}
                    onChange={(changes) =>
                      change(drafts.map((other) => (other === draft ? { ...draft, ...changes } : other)))
                    }
                  />
                  <div>
                    <Button
                      size="sm"
                      onClick={() => {
                        setOpenId(null);
                        document.getElementById(handleId(draft.id))?.focus();
                      }}
                    >
                      {t('done')}
                    </Button>
                  </div>
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}

const errorsOf = (errors: ReadonlyMap<string, string>, index: number): ReadonlyMap<string, string> =>
  new Map(
    [...errors]
      .filter(([path]) => path.startsWith(`${index}.`))
      .map(([path, message]) => [path.slice(`${index}.`.length), message]),
  );

/** Inactive at the ends of the list, but focusable: a disabled button would lose the focus when its row gets there. */
function IconButton({
  label,
  inactive = false,
  expanded,
  onClick,
  children,
}: {
  label: string;
  inactive?: boolean;
  expanded?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <NativeButton
      aria-label={label}
      title={label}
      aria-disabled={inactive || undefined}
      aria-expanded={expanded}
      onClick={() => !inactive && onClick()}
      className="grid size-11 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink aria-disabled:opacity-40 [&_svg]:size-4.5"
    >
      {children}
    </NativeButton>
  );
}
