import { Left } from '@mini-compete/shared/registrations';
import { LeftTeam, Team, TeamPage, TeamPreview } from '@mini-compete/shared/teams';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Teams';

const JOINING = [
  'ALREADY_IN_TEAM',
  'STAFF_CANNOT_REGISTER',
  'COMPETITION_CANCELLED',
  'ALREADY_DECIDED',
  'TEAMS_LOCKED',
  'QUESTIONS_CHANGED',
  'TEAM_FULL',
  'COMPETITION_FULL',
] as const;

export const TEAMS: RouteDocs = {
  'GET /api/competitions/{id}/teams': {
    tag,
    summary: 'List the teams of a competition',
    description: 'For its staff, newest first, registered or not. `search` also finds members by name or address.',
    responses: { 200: TeamPage },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'GET /api/competitions/{id}/teams/my': {
    tag,
    summary: 'Read my team',
    description: 'With its code, its members, and its registration if it has an active one.',
    responses: { 200: Team },
    errors: ['TEAM_NOT_FOUND'],
  },
  'POST /api/competitions/{id}/teams': {
    tag,
    summary: 'Create a team',
    description:
      'The person becomes its captain and first member, and gives the answers that every member gives. The team is registered by `POST /api/competitions/{id}/register` with its `teamId`.',
    responses: { 201: Team },
    errors: ['COMPETITION_NOT_FOUND', 'FOR_PERSONS', 'TEAM_NAME_TAKEN', ...JOINING, 'UPGRADE_IN_PROGRESS'],
    key: true,
  },
  'POST /api/teams/find': {
    tag,
    summary: 'Find a team by its code',
    description: 'What joining would mean. Changes nothing.',
    responses: { 200: TeamPreview },
    errors: ['TEAM_NOT_FOUND'],
  },
  'POST /api/teams/join': {
    tag,
    summary: 'Join a team',
    description:
      'With the code that its members see. A team that has seats takes one more, if one is free and nobody waits; a team on the waitlist keeps its place. Where addresses have to be verified, joining a registered team needs a verified one. Joining again returns the same response. The time at which the request arrives counts.',
    responses: { 200: Team },
    errors: ['TEAM_NOT_FOUND', ...JOINING, 'EMAIL_NOT_VERIFIED'],
    key: true,
  },
  'PATCH /api/teams/{id}': {
    tag,
    summary: 'Rename a team',
    description: 'By its captain. Names of a competition must not look alike.',
    responses: { 200: Team },
    errors: ['TEAM_NOT_FOUND', 'NOT_CAPTAIN', 'TEAM_NAME_TAKEN'],
    key: true,
  },
  'POST /api/teams/{id}/code': {
    tag,
    summary: 'Renew the code of a team',
    description: 'By its captain. The old code stops working.',
    responses: { 200: Team },
    errors: ['TEAM_NOT_FOUND', 'NOT_CAPTAIN'],
    key: true,
  },
  'POST /api/teams/{id}/captain': {
    tag,
    summary: 'Make another member the captain',
    description: 'By the captain until then.',
    responses: { 200: Team },
    errors: ['TEAM_NOT_FOUND', 'NOT_CAPTAIN', 'NOT_A_MEMBER'],
    key: true,
  },
  'PUT /api/teams/{id}/answers': {
    tag,
    summary: 'Answer as a member',
    description: 'All answers again to the questions that every member answers, until the teams are fixed.',
    responses: { 200: Team },
    errors: ['TEAM_NOT_FOUND', 'TEAMS_LOCKED', 'QUESTIONS_CHANGED'],
    key: true,
  },
  'DELETE /api/teams/{id}/members/{userId}': {
    tag,
    summary: 'Leave a team, or remove a member',
    description:
      'Oneself, at any time; somebody else only as the captain, until the teams are fixed. The seat goes on at once. When the captain leaves, the longest-serving member is captain; when the last one leaves, the team and its registration end.',
    responses: { 200: LeftTeam },
    errors: ['TEAM_NOT_FOUND', 'NOT_CAPTAIN', 'NOT_A_MEMBER', 'TEAMS_LOCKED'],
    key: true,
  },
  'POST /api/teams/{id}/withdraw': {
    tag,
    summary: 'Withdraw a team',
    description: 'By its captain: ends the registration. The team stays, and may be registered again.',
    responses: { 200: Left },
    errors: ['TEAM_NOT_FOUND', 'NOT_CAPTAIN', 'NOT_REGISTERED'],
    key: true,
  },
};
