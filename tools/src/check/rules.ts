import type { IForbiddenRuleType } from 'dependency-cruiser';

/**
 * The areas of the backend from the lowest to the highest. An area imports itself and the areas before it, never one
 * after it. Files beside the areas (main.*, *.module and so on) may import all areas, and no area imports them.
 */
export const BACKEND_AREAS = [
  'registry',
  'platform',
  'messaging',
  'accounts',
  'competitions',
  'registrations',
  'operations',
] as const;

/** The same order for the components of the web app. All of them may import `seats` and `ui`, which import no area. */
export const COMPONENT_AREAS = [
  'messaging',
  'accounts',
  'competitions',
  'registrations',
  'operations',
  'layout',
] as const;

const BACKEND = 'apps/backend/src';
const FRONTEND = 'apps/frontend/src';
const COMPONENTS = `${FRONTEND}/components`;
const MESSAGES = 'packages/messages/src';
const SHARED = 'packages/shared/src';

function forbid(name: string, from: string, to: string, except?: string): IForbiddenRuleType {
  return { name, severity: 'error', from: { path: from }, to: { path: to, ...(except && { pathNot: except }) } };
}

/** An area may import itself, lower areas and `base`; everything else in `root` is forbidden. */
function areaRules(
  side: string,
  root: string,
  areas: readonly string[],
  base: readonly string[],
): IForbiddenRuleType[] {
  return areas.map((area, index) =>
    forbid(
      `${side}-${area}-imports-only-lower-areas`,
      `^${root}/${area}/`,
      `^${root}/`,
      `^${root}/(${[...base, ...areas.slice(0, index + 1)].join('|')})/`,
    ),
  );
}

const everyFolderIsAnArea = (side: string, root: string, areas: readonly string[]): IForbiddenRuleType => ({
  name: `${side}-folder-is-an-area`,
  severity: 'error',
  from: { path: `^${root}/[^/]+/`, pathNot: `^${root}/(${areas.join('|')})/` },
  to: {},
});

export const RULES: IForbiddenRuleType[] = [
  ...areaRules('backend', BACKEND, BACKEND_AREAS, []),
  everyFolderIsAnArea('backend', BACKEND, BACKEND_AREAS),
  ...areaRules('components', COMPONENTS, COMPONENT_AREAS, ['seats', 'ui']),
  everyFolderIsAnArea('components', COMPONENTS, [...COMPONENT_AREAS, 'seats', 'ui']),
  forbid('seats-import-only-ui', `^${COMPONENTS}/seats/`, `^${COMPONENTS}/`, `^${COMPONENTS}/(seats|ui)/`),
  forbid('ui-imports-no-component', `^${COMPONENTS}/ui/`, `^${COMPONENTS}/`, `^${COMPONENTS}/ui/`),
  forbid('ui-and-seats-do-not-call-the-api', `^${COMPONENTS}/(ui|seats)/`, `^${FRONTEND}/lib/api/`),
  forbid('components-import-no-route', `^${COMPONENTS}/`, `^${FRONTEND}/app/`),
  forbid('lib-imports-only-lib', `^${FRONTEND}/lib/`, `^${FRONTEND}/`, `^${FRONTEND}/lib/`),
  forbid('shared-imports-only-zod', `^${SHARED}/`, '.', `^${SHARED}/|(^|/)node_modules/zod/`),
  forbid(
    'messages-import-only-shared',
    `^${MESSAGES}/`,
    '.',
    `^(${MESSAGES}|${SHARED})/|(^|/)node_modules/(zod|use-intl)/`,
  ),
  forbid('backend-imports-no-frontend', `^${BACKEND}/`, `^${FRONTEND}/`),
  forbid('frontend-imports-no-backend', `^${FRONTEND}/`, `^${BACKEND}/|(^|/)node_modules/(@nestjs|@prisma|pg|bullmq)/`),
  { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
  { name: 'no-folder-cycle', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
];
