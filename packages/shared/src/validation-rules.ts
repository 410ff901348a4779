/** Checks of our own, beside those of Zod. The catalogs have a text for each: `validation.rule` in packages/messages. */
export type ValidationRule =
  | 'singleLine'
  | 'noControlCharacters'
  | 'years'
  | 'tag'
  | 'nothingToChange'
  | 'currentPassword'
  | 'deadlineAfterOpening'
  | 'deadlineInFuture'
  | 'startAfterDeadline'
  | 'startNeeded'
  | 'promotionAfterDeadline'
  | 'endNeedsStart'
  | 'endAfterStart'
  | 'cursor'
  | 'timeZone'
  | 'pictureTooSmall'
  | 'httpsLink'
  | 'verificationCode'
  | 'eachOnce'
  | 'calendarDate'
  | 'webAddress'
  | 'consentNeeded'
  | 'tooManyAnswers'
  | 'answersTooLong'
  | 'questionIdsUnique'
  | 'optionsNeeded'
  | 'optionsUnique'
  | 'notForThisKind'
  | 'boundsInOrder';

/** For `refine`: the error carries the rule, and gets its text in the reader's language. */
export const rule = (name: ValidationRule) => ({ params: { rule: name } });
