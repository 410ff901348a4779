import type { Translation } from '../en/translation.js';
import type { validation as en } from '../en/validation.js';

export const validation = {
  required: 'هذا الحقل مطلوب.',
  invalid: 'هذه القيمة غير صالحة.',
  unknownField: 'حقل غير معروف.',
  email: 'أدخل بريدًا إلكترونيًا مثل name@example.com.',
  dateTime: 'أدخل التاريخ والوقت.',
  uuid: 'هذا المعرّف غير صالح.',
  minLength:
    'استخدم {count, plural, zero {# حرف} one {حرفًا واحدًا} two {حرفين} few {# أحرف} many {# حرفًا} other {# حرف}} على الأقل.',
  maxLength:
    'استخدم {count, plural, zero {# حرف} one {حرفًا واحدًا} two {حرفين} few {# أحرف} many {# حرفًا} other {# حرف}} على الأكثر.',
  minNumber: 'أدخل {minimum, number} أو أكثر.',
  maxNumber: 'أدخل {maximum, number} أو أقل.',
  wholeNumber: 'أدخل عددًا صحيحًا.',
  maxItems:
    'استخدم {count, plural, zero {# عنصر} one {عنصرًا واحدًا} two {عنصرين} few {# عناصر} many {# عنصرًا} other {# عنصر}} على الأكثر.',
  oneOf: 'اختر واحدًا من: {options}.',
  minChoices:
    'اختر {count, plural, zero {# خيار} one {خيارًا واحدًا} two {خيارين} few {# خيارات} many {# خيارًا} other {# خيار}} على الأقل.',
  maxChoices:
    'اختر {count, plural, zero {# خيار} one {خيارًا واحدًا} two {خيارين} few {# خيارات} many {# خيارًا} other {# خيار}} على الأكثر.',
  minDate: 'أدخل {date} أو يومًا بعده.',
  maxDate: 'أدخل {date} أو يومًا قبله.',
  rule: {
    singleLine: 'استخدم سطرًا واحدًا من نص عادي.',
    noControlCharacters: 'أزل رموز التحكم.',
    years: 'أدخل تاريخًا بين عامي 1970 و9999.',
    tag: 'استخدم الحروف والأرقام وشَرطات مفردة فقط.',
    nothingToChange: 'لا يوجد ما يُغيَّر.',
    currentPassword: 'أدخل كلمة مرورك الحالية لتعيين كلمة جديدة.',
    deadlineAfterOpening: 'يجب أن يُغلق التسجيل بعد فتحه.',
    deadlineInFuture: 'يجب أن يكون موعد إغلاق التسجيل في المستقبل.',
    startAfterDeadline: 'لا يمكن أن تبدأ المسابقة قبل إغلاق التسجيل.',
    startNeeded: 'تحتاج المسابقة إلى موعد بدء: فحتى ذلك الحين تُمنح المقاعد لمن في قائمة الانتظار وتُؤكَّد.',
    promotionAfterDeadline: 'لا يمكن أن يتوقف منح المقاعد لقائمة الانتظار قبل إغلاق التسجيل.',
    endNeedsStart: 'أدخل موعد البداية أولًا.',
    endAfterStart: 'يجب أن تكون النهاية بعد البداية.',
    cursor: 'هذا المؤشر لا يخص هذه القائمة.',
    timeZone: 'أدخل منطقة زمنية مثل Europe/Berlin.',
    pictureTooSmall: 'اختر صورة لا يقل عرضها عن 400 بكسل وارتفاعها عن 200 بكسل.',
    httpsLink: 'أدخل عنوانًا يبدأ بـ ‎https://‎.',
    verificationCode: 'أدخل الأرقام الستة الواردة في الرسالة.',
    eachOnce: 'اذكر كل شخص مرة واحدة فقط.',
    calendarDate: 'أدخل يومًا موجودًا في التقويم، مثل 2026-12-24.',
    webAddress: 'أدخل عنوان ويب يبدأ بـ https:// أو http://.',
    consentNeeded: 'يجب أن توافق على هذا كي تسجّل.',
    tooManyAnswers: 'هذه إجابات أكثر مما يمكن لمسابقة أن تطلبه.',
    answersTooLong: 'إجاباتك طويلة جدًا. اختصرها قليلًا.',
    questionIdsUnique: 'يحتاج كل سؤال إلى معرّف خاص به.',
    optionsNeeded: 'أضف خيارات للاختيار منها.',
    optionsUnique: 'هناك خياران متطابقان.',
    notForThisKind: 'هذا لا يناسب هذا النوع من الأسئلة.',
    boundsInOrder: 'لا يجوز أن يقل الحد الأعلى عن الحد الأدنى.',
  },
} satisfies Translation<typeof en>;
