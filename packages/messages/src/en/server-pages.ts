/** The pages that the front server sends without the web app. What is between title and action are its paragraphs. */
export const serverPages = {
  unavailable: {
    title: 'We’ll be right back',
    outage: 'Mini Compete isn’t available at the moment. This usually takes less than a minute.',
    registrationsAreSafe: 'Everything you’ve registered for is safe.',
    action: 'Try again',
  },
  failed: {
    title: 'Something went wrong',
    logged: 'We’ve logged it. Everything you’ve registered for is safe.',
    reference: 'If it keeps happening, quote this reference:',
    action: 'Try again',
  },
  tooEarly: {
    title: 'The page wasn’t ready yet',
    nothingChanged: 'It was still loading when you pressed the button, so nothing has changed. Please try again.',
    action: 'Back to the page',
  },
} as const;
