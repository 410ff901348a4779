import type { mail as en } from '../en/mail.js';
import type { Translation } from '../en/translation.js';

export const mail = {
  confirmed: {
    title: 'تم تأكيد مقعدك: {competition}',
    text: '{by, select, HOLD {شكرًا على التأكيد. مقعدك في {competition} أصبح لك.} APPLICATION {قُبل طلبك للمشاركة في {competition}، ولك مقعد فيها.} INVITATION {قبلت الدعوة إلى {competition}، ومقعدك مؤكَّد.} IMPORT {سجّلك المنظّم في {competition}، ومقعدك مؤكَّد.} other {مقعدك في {competition} مؤكَّد.}}',
    note: 'إذا تعذّر عليك الحضور، فانسحب من المسابقة رجاءً ليذهب مقعدك إلى التالي في قائمة الانتظار.',
  },
  /** Before the text of a confirmation, or of a message about the waitlist. */
  reinstated: 'أعاد المنظّم تسجيلك في {competition}.',
  promoted: {
    title: 'حصلت على مقعد: {competition}',
    text: 'شغر مقعد في {competition}، وكان دورك هو التالي في قائمة الانتظار. المقعد لك الآن.',
    note: 'إذا لم يعد بإمكانك الحضور، فانسحب من المسابقة رجاءً ليذهب المقعد إلى التالي في قائمة الانتظار.',
  },
  waiting: {
    title: 'أنت في قائمة الانتظار: {competition}',
    text: '{by, select, APPLICATION {وضعك المنظّم في قائمة انتظار {competition}.} other {جميع المقاعد في {competition} محجوزة، وأنت الآن في قائمة الانتظار.}} حين يأتي دورك ستحصل على مقعد تلقائيًا، وسنخبرك بذلك.',
    textToConfirm:
      '{by, select, APPLICATION {وضعك المنظّم في قائمة انتظار {competition}.} other {جميع المقاعد في {competition} محجوزة، وأنت الآن في قائمة الانتظار.}} حين يأتي دورك سنحجز لك مقعدًا مؤقتًا ونطلب منك تأكيده.',
    note: 'تجد ترتيبك في صفحة «تسجيلاتي».',
  },
  notPromoted: {
    title: 'لا مقعد هذه المرة: {competition}',
    text: 'أُغلقت قائمة انتظار {competition} ولم يشغر مقعد لك. نأسف لأن الأمر لم يتم هذه المرة.',
  },
  applied: {
    title: 'وصل طلبك: {competition}',
    reinstated: 'أعاد المنظّم فتح طلبك للمشاركة في {competition}.',
    text: 'وصلنا طلبك للمشاركة في {competition}. المنظّم هو من يقرر من يشارك، وسنخبرك فور صدور القرار.',
    by: 'سيصلك الرد في موعد أقصاه {when}.',
    note: 'ليس عليك فعل شيء حتى ذلك الحين. يمكنك سحب طلبك من صفحة المسابقة.',
  },
  decisionsLate: {
    title: 'طلبك لا يزال قيد النظر: {competition}',
    text: 'كان منظّم {competition} ينوي أن يقرر قبل الآن، لكنه يحتاج إلى مزيد من الوقت. نعتذر عن الانتظار.',
    note: 'يبقى طلبك كما هو، وسنخبرك فور صدور القرار.',
  },
  rejected: {
    title: 'لا مقعد هذه المرة: {competition}',
    text: 'لم يقبل المنظّم طلبك للمشاركة في {competition}. نأسف لأن الأمر لم يتم هذه المرة.',
  },
  held: {
    title: 'أكّد مقعدك: {competition}',
    text: '{by, select, WAITLIST {شغر مقعد في {competition}، وكان دورك هو التالي في قائمة الانتظار.} APPLICATION {قُبل طلبك للمشاركة في {competition}، ولك فيها مقعد.} other {لك مقعد في {competition}.}} نحتفظ به لك حتى {when}.',
    note: 'أكّد مقعدك من صفحة المسابقة قبل هذا الموعد، وإلا ذهب المقعد إلى شخص آخر.',
  },
  holdEnding: {
    title: 'مقعدك ما زال ينتظر تأكيدك: {competition}',
    text: 'نحتفظ لك بمقعد في {competition} حتى {when}، ولم تؤكده بعد.',
    note: 'أكّد مقعدك من صفحة المسابقة قبل هذا الموعد، وإلا ذهب المقعد إلى شخص آخر.',
  },
  expired: {
    title: 'انتهت مهلة تأكيد مقعدك: {competition}',
    text: 'احتفظنا لك بمقعد في {competition} حتى {when}. لم يُؤكَّد حتى ذلك الموعد، فانتهى تسجيلك وأصبح المقعد متاحًا.',
    note: 'يمكنك التسجيل مجددًا ما دام التسجيل مفتوحًا.',
    noteApply: 'يمكنك تقديم طلب جديد ما دام التسجيل مفتوحًا.',
  },
  left: {
    title: 'تم انسحابك: {competition}',
    text: 'لم تعد مسجَّلًا في {competition}.',
    note: 'إذا غيّرت رأيك، فيمكنك التسجيل مجددًا ما دام التسجيل مفتوحًا.',
  },
  withdrawn: {
    title: 'سحبت طلبك: {competition}',
    text: 'سُحب طلبك للمشاركة في {competition}.',
    note: 'إذا غيّرت رأيك، فيمكنك تقديم طلب جديد ما دام التسجيل مفتوحًا.',
  },
  removed: {
    title: 'أُزيل تسجيلك: {competition}',
    text: 'أزال المنظّم تسجيلك من {competition}.',
  },
  changed: {
    title: '{what, select, date {موعد جديد} place {مكان جديد} other {موعد ومكان جديدان}}: {competition}',
    text: 'غيّر المنظّم {what, select, date {موعد} place {مكان} other {موعد ومكان}} {competition}.',
    undecided: 'لم تُعلَن التفاصيل الجديدة بعد.',
    note: 'إذا لم يناسبك ذلك، فيمكنك الانسحاب من صفحة المسابقة.',
  },
  cancelled: {
    title: 'أُلغيت: {competition}',
    text: 'ألغى المنظّم {competition}، وانتهى تسجيلك بذلك. ليس عليك فعل أي شيء.',
  },
  reminder: {
    title: 'اقترب الموعد: {competition}',
    text: 'تبدأ {competition} خلال الساعات الأربع والعشرين القادمة.',
    note: 'إذا تعذّر عليك الحضور، فانسحب من المسابقة رجاءً كي يعلم المنظّم بذلك.',
  },
  newSignIn: {
    title: 'تسجيل دخول جديد إلى حسابك',
    text: 'سجّل أحدهم الدخول إلى حسابك من جهاز لم نعرفه من قبل.',
    note: 'إن كنت أنت، فكل شيء على ما يرام. وإلا فغيّر كلمة المرور: سيؤدي ذلك إلى إنهاء جميع الجلسات الأخرى.',
  },
  staffInvited: {
    title: 'دعوة للانضمام إلى طاقم {competition}',
    text: 'يدعوك {inviter} إلى الانضمام إلى طاقم {competition} بصفة {role, select, OWNER {مالك} MANAGER {مدير} REVIEWER {مراجع} other {مسؤول حضور}}.',
    textAnonymous:
      'أنت مدعوّ إلى الانضمام إلى طاقم {competition} بصفة {role, select, OWNER {مالك} MANAGER {مدير} REVIEWER {مراجع} other {مسؤول حضور}}.',
    note: 'سجّل الدخول بالعنوان {email} لقبول الدعوة. الدعوة صالحة حتى {when}.',
  },
  staffJoined: {
    title: 'عضو جديد في طاقم {competition}',
    text: 'قبل {name} الدعوة وأصبح ضمن طاقم {competition} بصفة {role, select, OWNER {مالك} MANAGER {مدير} REVIEWER {مراجع} other {مسؤول حضور}}.',
  },
  staffRemoved: {
    title: 'لم تعد ضمن طاقم {competition}',
    text: 'أزالك أحد المالكين من طاقم {competition}.',
  },
  staffRoleChanged: {
    title: 'تغيّر دورك: {competition}',
    text: 'أصبحت ضمن طاقم {competition} بصفة {role, select, OWNER {مالك} MANAGER {مدير} REVIEWER {مراجع} other {مسؤول حضور}}.',
  },
  invited: {
    title: 'أنت مدعوّ: {competition}',
    text: 'يدعوك {inviter} إلى المشاركة في {competition}. هناك مقعد محجوز لك.',
    textAnonymous: 'أنت مدعوّ إلى المشاركة في {competition}. هناك مقعد محجوز لك.',
    message: 'كتب لك المنظّم:',
    note: 'سجّل الدخول بالعنوان {email} لقبول الدعوة. المقعد محجوز لك حتى {when}، وبعد ذلك يُمنح لغيرك.',
  },
  invitationWithdrawn: {
    title: 'سُحبت الدعوة: {competition}',
    text: 'سحب المنظّم دعوتك إلى {competition}، فلم يعد هناك مقعد محجوز لك.',
    cancelled: 'ألغى المنظّم {competition}، وانتهت دعوتك بذلك.',
  },
  resetLink: {
    title: 'تعيين كلمة مرور جديدة',
    text: 'طلب أحدهم، ونرجو أن يكون أنت، إعادة تعيين كلمة مرور حسابك. الرابط صالح لمرة واحدة ولمدة ساعة.',
    note: 'إن لم تكن أنت من طلب ذلك، فتجاهل هذه الرسالة: ستبقى كلمة المرور كما هي.',
  },
  verify: {
    title: '{code} هو رمزك في Mini Compete',
    text: 'أدخل هذا الرمز حيث طلبته لتأكيد عنوان بريدك الإلكتروني. يبقى صالحًا 10 دقائق. وإن كنت ما زلت في المتصفح نفسه، فيمكنك استخدام الزر بدلًا منه.',
    note: 'لا تعطِ هذا الرمز لأحد. إن لم تطلبه فتجاهل هذه الرسالة: لن يحدث شيء من دون الرمز.',
  },
  addressChanged: {
    title: 'عنوان بريدك الإلكتروني على وشك أن يتغيّر',
    text: 'طلب شخص مسجّل الدخول إلى حسابك تغيير عنوان بريده الإلكتروني. سيحل العنوان الجديد محل هذا العنوان فور تأكيده.',
    note: 'إن كنت أنت من طلب ذلك، فليس عليك فعل شيء هنا. وإلا فافتح ملفك الشخصي فورًا وألغِ التغيير وغيّر كلمة المرور: سيؤدي ذلك إلى إنهاء جميع الجلسات الأخرى. وإذا لم يعد بإمكانك تسجيل الدخول، فتواصل مع القائمين على هذا الموقع.',
  },
  exportReady: {
    title: 'بياناتك جاهزة للتنزيل',
    text: 'طلبت ملفًا يضم كل ما نحتفظ به عنك. يمكنك تنزيله من صفحة ملفك الشخصي خلال ٧ أيام.',
    note: 'إن لم تكن أنت من طلبه فغيّر كلمة مرورك، فقد يكون شخص آخر قد دخل إلى حسابك.',
  },
  announcement: {
    testSubject: 'تجربة: {subject}',
    everyone: 'الجميع',
    noDate: 'لم يُحدَّد بعد',
  },
  organizerNote: 'ملاحظة من المنظّم:',
  details: {
    when: 'الموعد',
    where: 'المكان',
    reason: 'السبب',
    device: 'الجهاز',
    address: 'عنوان IP',
    newEmail: 'العنوان الجديد',
  },
  frame: {
    greeting: 'مرحبًا {name}،',
    greetingOnly: 'مرحبًا،',
    viewCompetition: 'عرض المسابقة',
    confirmSeat: 'تأكيد مقعدك',
    viewInvitation: 'عرض الدعوة',
    viewStaff: 'عرض الطاقم',
    manageCompetition: 'إدارة المسابقة',
    reviewSessions: 'مراجعة جلساتك',
    setPassword: 'تعيين كلمة مرور جديدة',
    verify: 'تأكيد عنوان البريد',
    openProfile: 'فتح ملفك الشخصي',
    leaveQuestion: 'لا يمكنك الحضور؟',
    leave: 'الانسحاب من المسابقة',
    footer: 'تصلك هذه الرسالة لأن لديك حسابًا في Mini Compete.',
    footerInvited: 'دعا أحدهم صاحب هذا العنوان في Mini Compete. إن كنت لا تعرفه، فتجاهل هذه الرسالة.',
    footerAnnouncement: 'تصلك هذه الرسالة لأنك سجّلت في مسابقة.',
    unsubscribeQuestion: 'لا تريد مزيدًا من الإعلانات عن هذه المسابقة؟',
    unsubscribe: 'إلغاء الاشتراك',
    mailbox: 'جميع رسائلك',
  },
} satisfies Translation<typeof en>;
