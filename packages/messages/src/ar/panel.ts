import type { panel as en } from '../en/panel.js';
import type { Translation } from '../en/translation.js';

export const panel = {
  label: 'التسجيل',
  live: 'مباشر',
  lost: 'انقطع الاتصال، وما زلنا نحاول',
  canceledTitle: 'أُلغيت',
  canceledText: 'ألغى المنظّم هذه المسابقة في {date}، وتصل رسالة إلى جميع المسجّلين.',
  seats: {
    left: 'بقي <n>{left, number}</n> من {capacity, plural, zero {# مقعد} one {مقعد واحد} two {مقعدين} few {# مقاعد} many {# مقعدًا} other {# مقعد}}',
    unfilled:
      'ظلّ <n>{left, number}</n> شاغرًا من {capacity, plural, zero {# مقعد} one {مقعد واحد} two {مقعدين} few {# مقاعد} many {# مقعدًا} other {# مقعد}}',
    taken:
      '{capacity, plural, zero {لا مقاعد} one {المقعد محجوز} two {المقعدان محجوزان} few {المقاعد الـ# كلها محجوزة} many {المقاعد الـ# كلها محجوزة} other {المقاعد الـ# كلها محجوزة}}',
    wasFull:
      '{capacity, plural, zero {لا مقاعد} one {كان المقعد محجوزًا} two {كان المقعدان محجوزين} few {كانت المقاعد الـ# كلها محجوزة} many {كانت المقاعد الـ# كلها محجوزة} other {كانت المقاعد الـ# كلها محجوزة}}',
    dot: 'المقعد ذو النقطة لك',
  },
  past: {
    title: 'أُقيمت المسابقة',
    registered:
      '{count, plural, zero {لم يسجّل أحد} one {كان شخص واحد مسجّلًا} two {كان شخصان مسجّلين} few {كان # أشخاص مسجّلين} many {كان # شخصًا مسجّلين} other {كان # شخص مسجّلين}}',
  },
  waitlist: {
    count:
      '{count, plural, zero {لا أحد} one {شخص واحد} two {شخصان} few {# أشخاص} many {# شخصًا} other {# شخص}} في قائمة الانتظار',
    before:
      '{count, plural, =0 {لا أحد قبلك} zero {لا أحد قبلك} one {شخص واحد قبلك} two {شخصان قبلك} few {# أشخاص قبلك} many {# شخصًا قبلك} other {# شخص قبلك}}',
  },
  time: {
    closed: 'أُغلق التسجيل {time}',
    opensIn: 'يُفتح التسجيل بعد',
    closesIn: 'يُغلق التسجيل بعد',
    opensShort: 'يُفتح بعد {duration}',
    closesShort: 'يُغلق بعد {duration}',
  },
  action: {
    register: 'سجّل',
    registering: 'جارٍ التسجيل…',
    join: 'انضم إلى قائمة الانتظار',
    joining: 'جارٍ الانضمام…',
    full: 'لا مقاعد شاغرة',
    fullHint: 'لا قائمة انتظار لهذه المسابقة. إذا انسحب أحد ظهر المقعد هنا فورًا.',
    first: 'ستكون الأول في قائمة الانتظار.',
    position: 'سيكون رقمك {position, number} في قائمة الانتظار.',
    automatic: 'إذا شغر مقعد حصلت عليه تلقائيًا.',
    sleeping: 'يتفعّل الزر تلقائيًا عند فتح التسجيل.',
    signInFirst: '<link>سجّل الدخول</link> قبل الفتح لتكون جاهزًا.',
    haveAccount: 'لديك حساب؟ <link>سجّل الدخول</link>',
    organizer: 'أنت داخل بحساب منظّم. للتسجيل استخدم حساب مشارك.',
    noScript: 'يحتاج التسجيل إلى JavaScript، أما القراءة فلا.',
  },
  organizer: {
    own: 'أنت منظّم هذه المسابقة',
    staff: 'أنت ضمن الطاقم: {role}',
    manage: 'الإدارة',
    page: 'صفحة الطاقم',
    edit: 'تعديل',
  },
  mine: {
    registered: 'أنت مسجّل',
    wasRegistered: 'كنت مسجّلًا',
    gotNoSeat: 'لم يشغر مقعد لك',
    waitlisted: 'رقمك {position} في قائمة الانتظار',
    confirming: 'حُجز مقعدك، وسيصلك التأكيد في رسائلك.',
    confirmed: 'تأكّد مقعدك. تجد التفاصيل في رسائلك.',
    promoted: 'شغر مقعد وأصبح لك. تجد رسالة بذلك في رسائلك.',
    waiting: 'إذا شغر مقعد حصلت عليه تلقائيًا وأرسلنا إليك رسالة. لا شيء عليك حتى ذلك الحين.',
    noMorePromotions: 'أُغلق التسجيل، فلم تعد قائمة الانتظار تتقدم.',
    registeredSince: 'مسجّل منذ {time}',
    waitingSince: 'في قائمة الانتظار منذ {time}',
    leave: 'إلغاء التسجيل',
    leaveWaitlist: 'مغادرة قائمة الانتظار',
  },
  status: {
    leaving: 'جارٍ إلغاء التسجيل…',
    retryLeave: 'نحاول مجددًا. يُحتسب مرة واحدة فقط.',
    retryRegister: 'نعيد إرسال الطلب نفسه، فلا يمكن تسجيلك مرتين. ابقَ هنا أو أعد التحميل.',
    attempt: 'المحاولة {attempt, number}',
    seatTaken: 'حُجز آخر مقعد للتو. يمكنك الانضمام إلى قائمة الانتظار.',
    unclear: 'ليس لك مقعد ما لم تذكر هذه الصفحة ذلك. حاول مجددًا.',
    left: 'أُلغي تسجيلك',
    leftText: 'أصبح مقعدك شاغرًا.',
    slow: 'يستغرق هذا وقتًا أطول من المعتاد',
    slowText: 'لا رد بعد. لا يمكن تسجيلك مرتين: ابقَ هنا أو أعد التحميل.',
    inProgress: 'طلبك قيد التنفيذ',
    throttled: 'محاولات كثيرة، لحظة من فضلك',
    stillTrying: 'يستغرق هذا وقتًا أطول من المعتاد، وما زلنا نحاول',
  },
  resume: {
    title: 'راجع هذا قبل أن تسجّل',
    dates: 'تغيّر الموعد أو المكان أثناء تسجيل دخولك.',
    full: 'حُجزت كل المقاعد أثناء تسجيل دخولك. يمكنك الانضمام إلى قائمة الانتظار.',
    open: 'هناك مقعد شاغر الآن.',
  },
  announce: {
    open: 'فُتح التسجيل.',
    full: 'جميع المقاعد محجوزة.',
    seatFree: 'شغر مقعد من جديد.',
    closed: 'أُغلق التسجيل.',
    cancelled: 'أُلغيت هذه المسابقة.',
    promoted: 'حصلت على مقعد.',
    moved: 'أصبح رقمك {position, number} في قائمة الانتظار.',
  },
} satisfies Translation<typeof en>;
