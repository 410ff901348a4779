import type { RegistrationAnswers } from '@mini-compete/shared/registrations';
import { useTexts } from '#texts';
import { AnswersView } from '@/components/competitions/questions/answers-view';

/** For the staff: what was answered; of a team, what the team and then what each member has answered. */
export function TeamAnswersView({ answers: { members, ...own } }: { answers: RegistrationAnswers }) {
  const t = useTexts('questions');
  const common = useTexts('common');
  if (members === undefined) return <AnswersView {...own} />;
  return (
    <div className="flex flex-col gap-5">
      {own.questions.length > 0 && (
        <section>
          <h4 className="mb-2 font-semibold">{t('team')}</h4>
          <AnswersView {...own} />
        </section>
      )}
      {members.map(({ userId, name, ...given }) => (
        <section key={userId}>
          <h4 className="mb-2 font-semibold">
            <bdi>{name || common('deletedAccount')}</bdi>
          </h4>
          {given.questions.length > 0 ? <AnswersView {...given} /> : <p className="text-sm text-muted">{t('none')}</p>}
        </section>
      ))}
    </div>
  );
}
