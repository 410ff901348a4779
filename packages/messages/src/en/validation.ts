import type { ValidationRule } from '@mini-compete/shared/validation-rules';

/** Shown beside a field, and as `message` of an item of `errors`. */
export const validation = {
  required: 'This field is required.',
  invalid: 'This value isn’t valid.',
  unknownField: 'Unknown field.',
  email: 'Enter an email address like name@example.com.',
  dateTime: 'Enter a date and time.',
  uuid: 'This isn’t a valid id.',
  minLength: 'Use at least {count, plural, one {# character} other {# characters}}.',
  maxLength: 'Use at most {count, plural, one {# character} other {# characters}}.',
  minNumber: 'Enter {minimum, number} or more.',
  maxNumber: 'Enter {maximum, number} or less.',
  wholeNumber: 'Enter a whole number.',
  maxItems: 'Use at most {count, plural, one {# item} other {# items}}.',
  oneOf: 'Choose one of: {options}.',
  rule: {
    singleLine: 'Use one line of plain text.',
    noControlCharacters: 'Remove the control characters.',
    years: 'Enter a date between 1970 and 9999.',
    tag: 'Use letters, digits and single hyphens only.',
    nothingToChange: 'Nothing to change.',
    currentPassword: 'Enter your current password to set a new one.',
    deadlineAfterOpening: 'Registration must close after it opens.',
    deadlineInFuture: 'Registration must close in the future.',
    startAfterDeadline: 'The competition can’t start before registration closes.',
    endNeedsStart: 'Enter a start before you enter an end.',
    endAfterStart: 'The end must be after the start.',
    cursor: 'This cursor doesn’t belong to this list.',
    timeZone: 'Enter a time zone like Europe/Berlin.',
    pictureTooSmall: 'Choose a picture that is at least 400 pixels wide and 200 high.',
  } as const satisfies Record<ValidationRule, string>,
} as const;
