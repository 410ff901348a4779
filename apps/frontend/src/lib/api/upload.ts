import { publicApiOrigin } from '@/lib/config';
import { pageLanguage } from '@/lib/i18n/fallback-texts';
import { readResponse } from './client';
import { ApiError } from './problem';

/** The server gives up earlier: it waits 30 s for a request, and looks at its connections every 30 s. */
const UPLOAD_TIMEOUT_MS = 75_000;

/** Sends a file to the API as it is. XMLHttpRequest and not fetch, which reports no progress of what it sends. */
export function upload<T>(
  path: `/${string}`,
  file: Blob,
  onProgress: (share: number) => void,
  { method = 'PUT', key }: { method?: 'PUT' | 'POST'; key?: string } = {},
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, `${publicApiOrigin}/api${path}`);
    request.withCredentials = true;
    request.timeout = UPLOAD_TIMEOUT_MS;
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', pageLanguage());
    if (key !== undefined) request.setRequestHeader('idempotency-key', key);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      try {
        const { status, responseText: text } = request;
        resolve(readResponse<T>({ status, text, retryAfter: request.getResponseHeader('retry-after') }));
      } catch (error) {
        reject(error);
      }
    };
    const fail = () => reject(new ApiError('NO_RESPONSE', {}));
    request.onerror = fail;
    request.ontimeout = fail;
    request.onabort = fail;
    request.send(file);
  });
}
