import type {
  CommitImport,
  ImportDetails,
  ImportList,
  ImportRowPage,
  ImportRowsQuery,
} from '@mini-compete/shared/imports';
import { publicApiOrigin } from '@/lib/config';
import type { Call } from './client';
import { query } from './query';
import { upload } from './upload';

const path = (competitionId: string) => `/competitions/${encodeURIComponent(competitionId)}/imports` as const;

export const listImports = (call: Call, competitionId: string) => call<ImportList>(path(competitionId));

export const getImport = (call: Call, competitionId: string, importId: string) =>
  call<ImportDetails>(`${path(competitionId)}/${encodeURIComponent(importId)}`);

export const listImportRows = (call: Call, competitionId: string, importId: string, filter: Partial<ImportRowsQuery>) =>
  call<ImportRowPage>(`${path(competitionId)}/${encodeURIComponent(importId)}/rows${query(filter)}`);

/** Stores a verdict for each row. Nobody is registered or invited yet. */
export const checkFile = (competitionId: string, file: File, onProgress: (share: number) => void, key: string) =>
  upload<ImportDetails>(`${path(competitionId)}${query({ fileName: file.name.slice(0, 200) })}`, file, onProgress, {
    method: 'POST',
    key,
  });

export const commitImport = (call: Call, competitionId: string, importId: string, body: CommitImport, key: string) =>
  call<ImportDetails>(`${path(competitionId)}/${importId}/commit`, {
    method: 'POST',
    body,
    headers: { 'idempotency-key': key },
  });

/** URL of the report, for a download link. */
export const importReportUrl = (competitionId: string, importId: string): string =>
  `${publicApiOrigin}/api${path(competitionId)}/${importId}/report.csv`;
