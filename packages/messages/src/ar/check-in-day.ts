import type { checkInDay as en } from '../en/check-in-day.js';
import type { Translation } from '../en/translation.js';

export const checkInDay = {
  metaTitle: 'تسجيل الدخول إلى {title}',
  title: 'تسجيل الدخول',
  lost: 'لا يوجد اتصال. نواصل المحاولة، وقد تكون هذه الأرقام قديمة.',
  openDoor: 'تسجيل دخول الناس',
  printList: 'قائمة الحضور',
  in: 'حضروا',
  of: 'من {expected, number} متوقَّعين',
  progress: 'حضر {in, number} من {expected, number}',
  recent:
    '{count, plural, zero {لا أحد في آخر خمس دقائق} one {شخص واحد في آخر خمس دقائق} two {شخصان في آخر خمس دقائق} few {# أشخاص في آخر خمس دقائق} many {# شخصًا في آخر خمس دقائق} other {# شخص في آخر خمس دقائق}}',
  lastHour: 'الساعة الأخيرة',
  lastHourText:
    '{total, plural, zero {لم يحضر أحد} one {حضر شخص واحد} two {حضر شخصان} few {حضر # أشخاص} many {حضر # شخصًا} other {حضر # شخص}} في الساعة الأخيرة، وبحدّ أقصى {peak, number} في دقيقة واحدة.',
  noneYet: 'لم يُسجَّل دخول أحد بعد',
  noneYetText: 'افتح «تسجيل دخول الناس» على الهواتف عند المدخل. يعمل ذلك بلا شبكة أيضًا.',
  doors: {
    title: 'المداخل',
    empty: 'لم يُفتح أي جهاز كمدخل بعد.',
    in: '{count, plural, zero {لا أحد} one {شخص واحد} two {شخصان} few {# أشخاص} many {# شخصًا} other {# شخص}}',
    synced: 'تزامن {when}',
    never: 'لم يتزامن قط',
    remaining:
      '{count, plural, zero {لا عمليات مسح معلّقة} one {عملية مسح واحدة لم تُرفع} two {عمليتا مسح لم تُرفعا} few {# عمليات مسح لم تُرفع} many {# عملية مسح لم تُرفع} other {# عملية مسح لم تُرفع}}',
    unnamed: 'تطبيق آخر',
  },
  problems: {
    title: 'يستحق النظر',
    empty: 'لا شيء يحتاج إلى نظر.',
    ALREADY_IN: 'مُسحت مرة أخرى. دخل منذ {when} من {door}.',
    ENDED: 'كان التسجيل قد انتهى.',
    NOT_DECIDED: 'لا مقعد مؤكَّد.',
    INVALID_TICKET: 'تذكرة لم تعد صالحة',
    ENTRY_AFTER_RELEASE: 'دخل قبل إتاحة مقعده لغيره.',
    more: 'تُعرض أحدث {count, number}.',
  },
  decide: {
    title:
      'مسح {name} {count, plural, zero {صفرًا من التذاكر} one {تذكرة واحدة} two {تذكرتين} few {# تذاكر} many {# تذكرة} other {# تذكرة}} بلا دور',
    text: 'انتهى الدور قبل وصول عمليات المسح، فهي لا تُحتسب بعد. {door}، من {from} إلى {to}.',
    accept: 'احتسابها',
    discard: 'تجاهلها',
    accepted:
      '{count, plural, zero {تم البتّ فيها من قبل.} one {عملية مسح واحدة محتسبة الآن.} two {عمليتا مسح محتسبتان الآن.} few {# عمليات مسح محتسبة الآن.} many {# عملية مسح محتسبة الآن.} other {# عملية مسح محتسبة الآن.}}',
    discarded:
      '{count, plural, zero {تم البتّ فيها من قبل.} one {تم تجاهل عملية مسح واحدة.} two {تم تجاهل عمليتَي مسح.} few {تم تجاهل # عمليات مسح.} many {تم تجاهل # عملية مسح.} other {تم تجاهل # عملية مسح.}}',
  },
  latest: {
    title: 'آخر عمليات المسح',
    by: '{door}، مسحها {name}',
    alone: 'مسحها {name}',
    result: {
      WELCOME: 'دخل',
      ALREADY_IN: 'دخل من قبل',
      ENDED: 'منتهٍ',
      NOT_DECIDED: 'بلا مقعد',
      NOT_ON_LIST: 'ليس في القائمة',
      INVALID_TICKET: 'تذكرة غير صالحة',
      UNDONE: 'تم التراجع',
    },
    more: 'عرض المزيد',
    undo: 'تراجع',
    undoLabel: 'التراجع عن تسجيل دخول {name}',
    undone: 'تم التراجع عن تسجيل دخول {name}.',
  },
  noShows: {
    title: 'من لم يحضروا',
    text: 'أتِح مقاعد من لم يحضروا لمن في قائمة الانتظار.',
    notBegun: 'يمكنك ذلك بعد البدء، {when}.',
    noDate: 'يمكنك ذلك بعد البدء. لا موعد لهذه المسابقة بعد.',
    open: 'إتاحة المقاعد…',
    loading: 'نبحث عمّن لم يحضر…',
    dialogTitle:
      '{count, plural, zero {حضر الجميع} one {إتاحة مقعد شخص واحد؟} two {إتاحة مقعدَي شخصين؟} few {إتاحة مقاعد # أشخاص؟} many {إتاحة مقاعد # شخصًا؟} other {إتاحة مقاعد # شخص؟}}',
    nobody: 'سجّل الدخول كل من لديه مقعد.',
    who: '{count, plural, zero {{names}} one {{names} وشخص آخر} two {{names} وشخصان آخران} few {{names} و# آخرون} many {{names} و# آخرون} other {{names} و# آخرون}}',
    effect: 'تنتهي تسجيلاتهم، وتصلهم رسالة.',
    promoted:
      '{count, plural, zero {لن يتقدّم أحد من قائمة الانتظار.} one {سيتقدّم شخص واحد من قائمة الانتظار.} two {سيتقدّم شخصان من قائمة الانتظار.} few {سيتقدّم # أشخاص من قائمة الانتظار.} many {سيتقدّم # شخصًا من قائمة الانتظار.} other {سيتقدّم # شخص من قائمة الانتظار.}}',
    undo: 'يبدأ ذلك خلال {seconds} ثوانٍ، ويمكنك التراجع حتى ذلك الحين.',
    doorsTitle:
      '{count, plural, zero {تزامنت كل المداخل} one {مدخل واحد لم يتزامن منذ البدء} two {مدخلان لم يتزامنا منذ البدء} few {# مداخل لم تتزامن منذ البدء} many {# مدخلًا لم تتزامن منذ البدء} other {# مدخل لم تتزامن منذ البدء}}',
    doorsText:
      'ربما أدخلت أشخاصًا يبدون غائبين هنا. الأفضل أن تنتظر حتى تعود إلى الاتصال. وإلا فستُحتسب عمليات المسح التي ترفعها لاحقًا، لكن المقاعد تكون قد ذهبت.',
    withoutDoor: 'عدم انتظار {door} ({state})',
    confirm:
      '{count, plural, zero {لا مقاعد} one {إتاحة مقعد واحد} two {إتاحة مقعدين} few {إتاحة # مقاعد} many {إتاحة # مقعدًا} other {إتاحة # مقعد}}',
    missing: 'ضع علامة على كل مدخل لا تريد انتظاره.',
  },
} satisfies Translation<typeof en>;
