import { AnswerCounts, RegistrationAnswers } from '@mini-compete/shared/registrations';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

export const QUESTIONS: RouteDocs = {
  'GET /api/competitions/{id}/registration': {
    tag: 'Registrations',
    summary: 'Read my answers',
    description: 'The answers of my active registration, with the questions.',
    responses: { 200: RegistrationAnswers },
    errors: ['NOT_REGISTERED'],
  },
  'PATCH /api/competitions/{id}/registration': {
    tag: 'Registrations',
    summary: 'Change my answers',
    description:
      'Until the deadline. `answers` are all of them, not only those that change. QUESTIONS_CHANGED contains the present questions and their version.',
    responses: { 200: RegistrationAnswers },
    errors: ['NOT_REGISTERED', 'REGISTRATION_CLOSED', 'QUESTIONS_CHANGED'],
    key: true,
  },
  'GET /api/competitions/{id}/answers': {
    tag: 'Organizing',
    summary: 'Count answers',
    description: 'How many active people have chosen each option.',
    responses: { 200: AnswerCounts },
    errors: ['COMPETITION_NOT_FOUND', 'TOO_MANY_REQUESTS'],
  },
  'GET /api/competitions/{id}/registrations/{registrationId}/answers': {
    tag: 'Organizing',
    summary: "Read a person's answers",
    responses: { 200: RegistrationAnswers },
    errors: ['COMPETITION_NOT_FOUND', 'REGISTRATION_NOT_FOUND'],
  },
};
