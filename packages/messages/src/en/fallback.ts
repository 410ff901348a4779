/** Texts for where no texts have been provided: errors of the network, and a page that failed as a whole. */
export const fallback = {
  noConnection: 'No connection to the server.',
  unreadableResponse: 'The server sent an unreadable response.',
  pageFailed: 'This page couldn’t load',
  safe: 'Everything you’ve registered for is safe. Try again in a moment.',
  retry: 'Try again',
} as const;
