import type { IForbiddenRuleType } from 'dependency-cruiser';

/**
 * The back end, from the ground up: a folder may use the rows below its own, and nothing in its own row but itself.
 * Files beside the folders (main.*, the lists of modules) use all and are used by none.
 */
export const BACKEND_ROWS = [
  ['common'],
  ['config'],
  ['prisma'],
  ['idempotency', 'queue'],
  ['cron', 'mail'],
  ['auth'],
  ['competitions'],
  ['live'],
  ['registrations'],
  ['admin', 'front', 'health', 'mailbox', 'openapi', 'organizing'],
] as const;

/** What Prisma makes of the schema: the shapes of the tables, for whoever asks the database. */
const GENERATED = 'generated';

function rowRules(): IForbiddenRuleType[] {
  const below: string[] = [];
  return BACKEND_ROWS.flatMap((row) => {
    const allowed = [...below];
    below.push(...row);
    return row.map((folder) => ({
      name: `backend-${folder}-uses-what-is-below-it`,
      severity: 'error' as const,
      from: { path: `^backend/${folder}/` },
      to: { path: '^backend/', pathNot: `^backend/(${[folder, GENERATED, ...allowed].join('|')})/` },
    }));
  });
}

const forbid = (name: string, from: string, to: string, pathNot?: string): IForbiddenRuleType => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to, ...(pathNot && { pathNot }) },
});

export const RULES: IForbiddenRuleType[] = [
  ...rowRules(),
  {
    name: 'backend-folder-has-its-row',
    severity: 'error',
    from: { path: '^backend/[^/]+/', pathNot: `^backend/(${[...BACKEND_ROWS.flat(), GENERATED].join('|')})/` },
    to: {},
  },
  forbid('shared-uses-only-zod', '^shared/', '.', '^shared/|(^|/)node_modules/zod/'),
  forbid('apps-do-not-mix', '^backend/', '^frontend/'),
  forbid('apps-do-not-mix-either', '^frontend/', '^backend/|/node_modules/(@nestjs|@prisma|pg|bullmq)/'),
  // The field of seats is the mark of the context, at every size: part of the look, not of a domain.
  forbid(
    'ui-knows-no-domain',
    '^frontend/components/ui/',
    '^frontend/',
    '^frontend/(components/(ui|seats)/|lib/(?!api/))',
  ),
  forbid(
    'seats-know-no-domain',
    '^frontend/components/seats/',
    '^frontend/',
    '^frontend/(components/seats/|lib/(?!api/))',
  ),
  forbid('components-do-not-use-routes', '^frontend/components/', '^frontend/app/'),
  forbid('lib-uses-only-lib', '^frontend/lib/', '^frontend/', '^frontend/lib/'),
  { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
  { name: 'no-folder-cycle', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
];
