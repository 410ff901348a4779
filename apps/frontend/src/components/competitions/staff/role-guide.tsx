import { STAFF_ROLES } from '@mini-compete/shared/permissions';
import { useTexts } from '#texts';

/** What each role can do. */
export function RoleGuide() {
  const t = useTexts('staff');
  const common = useTexts('common');
  return (
    <section aria-labelledby="staff-roles">
      <h2 id="staff-roles" className="text-lg">
        {t('rolesTitle')}
      </h2>
      <dl className="mt-4 flex flex-col gap-4 text-sm">
        {STAFF_ROLES.map((role) => (
          <div key={role}>
            <dt className="font-semibold">{common(`staffRole.${role}`)}</dt>
            <dd className="mt-0.5 text-muted">{t(`roleText.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
