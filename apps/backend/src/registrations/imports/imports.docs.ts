import { ImportDetails, ImportList, ImportRowPage } from '@mini-compete/shared/imports';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Organizing';

export const IMPORTS: RouteDocs = {
  'GET /api/competitions/{id}/imports': {
    tag,
    summary: 'List imports',
    description: 'The latest 20. Imports are deleted after 30 days.',
    responses: { 200: ImportList },
  },
  'POST /api/competitions/{id}/imports': {
    tag,
    summary: 'Check a file with people',
    description:
      'Reads a CSV file (UTF-8, UTF-16 or windows-1252; separated by commas, semicolons or tabs; at most 5 MB and 10,000 rows) and stores a verdict for each row. Nobody is registered or invited yet. The first line names the columns, in any of our languages: one with email addresses, and optionally one with names, or one with first and one with last names.',
    upload: ['text/csv'],
    responses: { 201: ImportDetails },
    errors: ['CSV_COLUMN_MISSING', 'CSV_UNREADABLE', 'BODY_TOO_LARGE', 'TOO_MANY_REQUESTS'],
    key: true,
  },
  'GET /api/competitions/{id}/imports/{importId}': {
    tag,
    summary: 'Read an import',
    description:
      'With its progress once it is committed. Before that, with how many people would be invited, and how many may be today.',
    responses: { 200: ImportDetails },
    errors: ['IMPORT_NOT_FOUND'],
  },
  'GET /api/competitions/{id}/imports/{importId}/rows': {
    tag,
    summary: 'List the rows of an import',
    responses: { 200: ImportRowPage },
    errors: ['IMPORT_NOT_FOUND'],
  },
  'GET /api/competitions/{id}/imports/{importId}/report.csv': {
    tag,
    summary: 'Download the report of an import',
    description:
      'Each row with its verdict, the reason, and what became of it. Cells are safe against formula injection.',
    responses: { 200: [{ type: 'text/csv', description: 'The report' }] },
    errors: ['IMPORT_NOT_FOUND', 'TOO_MANY_REQUESTS'],
  },
  'POST /api/competitions/{id}/imports/{importId}/commit': {
    tag,
    summary: 'Commit an import',
    description:
      'Reserves a seat for each NEW row: all or none. Then a job registers people whose account has this address, verified, and invites the others. With `notify`, those who are invited count for the quota of the day; without it, they count when their invitations are sent. It never ends a registration. Committing again changes nothing.',
    responses: { 202: ImportDetails },
    errors: [
      'IMPORT_NOT_FOUND',
      'EMAIL_NOT_VERIFIED',
      'COMPETITION_CANCELLED',
      'REGISTRATION_NOT_OPEN',
      'CAPACITY_TOO_SMALL',
      'QUOTA_EXCEEDED',
      'UPGRADE_IN_PROGRESS',
    ],
    key: true,
  },
};
