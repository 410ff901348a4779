import { AnswerCounts, MemberAnswers, RegistrationAnswers } from '@mini-compete/shared/registrations';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

export const QUESTIONS: RouteDocs = {
  'GET /api/competitions/{id}/registration': {
    tag: 'Registrations',
    summary: 'Read my answers',
    description: 'The answers of my active registration, or of that of my team, with the questions.',
    responses: { 200: RegistrationAnswers },
    errors: ['NOT_REGISTERED'],
  },
  'PATCH /api/competitions/{id}/registration': {
    tag: 'Registrations',
    summary: 'Change my answers',
    description:
      'Until the deadline; for a team, by its captain. `answers` are all of them, not only those that change. QUESTIONS_CHANGED contains the present questions and their version.',
    responses: { 200: RegistrationAnswers },
    errors: ['NOT_REGISTERED', 'NOT_CAPTAIN', 'REGISTRATION_CLOSED', 'QUESTIONS_CHANGED'],
    key: true,
  },
  'GET /api/teams/{id}/answers': {
    tag: 'Teams',
    summary: 'Read my answers as a member',
    description: 'With the questions that every member answers.',
    responses: { 200: MemberAnswers },
    errors: ['TEAM_NOT_FOUND'],
  },
  'GET /api/competitions/{id}/answers': {
    tag: 'Organizing',
    summary: 'Count answers',
    description: 'How many active people, teams and members of teams have chosen each option.',
    responses: { 200: AnswerCounts },
    errors: ['COMPETITION_NOT_FOUND', 'TOO_MANY_REQUESTS'],
  },
  'GET /api/competitions/{id}/registrations/{registrationId}/answers': {
    tag: 'Organizing',
    summary: "Read a registrant's answers",
    description: 'Of a team with what each member has answered.',
    responses: { 200: RegistrationAnswers },
    errors: ['COMPETITION_NOT_FOUND', 'REGISTRATION_NOT_FOUND'],
  },
};
