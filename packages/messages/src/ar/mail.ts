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
  noShow: {
    title: 'لم يعد مقعدك محجوزًا لك: {competition}',
    text: 'لم يُسجَّل حضورك في {competition} بعد بدئها، فألغى المنظّم حجز مقعدك.',
    note: 'هل أنت هناك، أم حدث خطأ؟ تحدّث إلى المنظّم عند المدخل.',
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
  /** Messages to the members of a team. `isCaptain`: whether the reader is. */
  team: {
    reinstated: 'أعاد المنظّم تسجيل فريقك {team} في {competition}.',
    confirmed: {
      title: 'فريق {team} ضمن المشاركين: {competition}',
      text: '{by, select, HOLD {{isCaptain, select, yes {شكرًا على التأكيد.} other {أكّد القائد المشاركة.}} فريقك {team} ضمن المشاركين في {competition}.} APPLICATION {قُبل طلب فريقك {team} للمشاركة في {competition}، وأنت ضمن المشاركين.} other {فريقك {team} مسجَّل في {competition}، وأنت ضمن المشاركين.}}',
      note: 'إذا تعذّر عليك الحضور، فغادر الفريق رجاءً كي يعلم الآخرون والمنظّم بذلك.',
    },
    promoted: {
      title: 'حصل فريق {team} على مكان: {competition}',
      text: 'توفّر مكان لفريقك {team} في {competition}، وكان دوره هو التالي في قائمة الانتظار. أنتم الآن ضمن المشاركين.',
      note: 'إذا لم يعد بإمكانك الحضور، فغادر الفريق رجاءً كي يعلم الآخرون والمنظّم بذلك.',
    },
    waiting: {
      title: 'فريق {team} في قائمة الانتظار: {competition}',
      text: '{by, select, APPLICATION {وضع المنظّم فريقك {team} في قائمة انتظار {competition}.} other {لا مكان لفريقك كاملًا في {competition} بعد، ولذلك فإن {team} في قائمة الانتظار.}} حين يأتي دوركم سيحصل فريقك على مكان تلقائيًا، وسنخبرك بذلك.',
      textToConfirm:
        '{by, select, APPLICATION {وضع المنظّم فريقك {team} في قائمة انتظار {competition}.} other {لا مكان لفريقك كاملًا في {competition} بعد، ولذلك فإن {team} في قائمة الانتظار.}} حين يأتي دوركم سنحجز مكان فريقك مؤقتًا ونطلب {isCaptain, select, yes {منك} other {من القائد}} تأكيده.',
    },
    notPromoted: {
      text: 'أُغلقت قائمة انتظار {competition} ولم يتوفّر مكان لفريقك {team}. نأسف لأن الأمر لم يتم هذه المرة.',
    },
    applied: {
      reinstated: 'أعاد المنظّم فتح طلب فريقك {team} للمشاركة في {competition}.',
      text: 'قدّم فريقك {team} طلبًا للمشاركة في {competition}. المنظّم هو من يقرر من يشارك، وسنخبرك فور صدور القرار.',
      note: 'ليس عليك فعل شيء حتى ذلك الحين. {isCaptain, select, yes {يمكنك} other {يمكن للقائد}} سحب طلب {team} من صفحة الفريق.',
    },
    decisionsLate: {
      note: 'يبقى طلب فريقك {team} كما هو، وسنخبرك فور صدور القرار.',
    },
    rejected: {
      text: 'لم يقبل المنظّم طلب فريقك {team} للمشاركة في {competition}. نأسف لأن الأمر لم يتم هذه المرة.',
    },
    held: {
      title: '{isCaptain, select, yes {أكّد مشاركة فريقك} other {على القائد تأكيد المشاركة}}: {competition}',
      text: '{by, select, WAITLIST {توفّر مكان لفريقك {team} في {competition}، وكان دوره هو التالي في قائمة الانتظار.} APPLICATION {قُبل طلب فريقك {team} للمشاركة في {competition}.} other {لفريقك {team} مكان في {competition}.}} نحتفظ به لكم حتى {when}.',
      note: '{isCaptain, select, yes {أكّده بصفتك القائد من صفحة المسابقة قبل هذا الموعد} other {على قائد الفريق، {captain}، تأكيده قبل هذا الموعد}}، وإلا ذهب المكان إلى غيركم.',
    },
    holdEnding: {
      title: '{isCaptain, select, yes {فريقك ما زال ينتظر تأكيدك} other {القائد لم يؤكّد بعد}}: {competition}',
      text: 'نحتفظ بمكان فريقك {team} في {competition} حتى {when}، ولم يُؤكَّد بعد.',
    },
    expired: {
      title: 'انتهت مهلة تأكيد مكان فريقك: {competition}',
      text: 'احتفظنا لفريقك {team} بمكان في {competition} حتى {when}. لم يُؤكَّد حتى ذلك الموعد، فانتهى تسجيل فريقك.',
      note: 'يمكن للقائد تسجيل الفريق مجددًا ما دام التسجيل مفتوحًا.',
      noteApply: 'يمكن للقائد تقديم طلب جديد للفريق ما دام التسجيل مفتوحًا.',
    },
    left: {
      title: 'لم يعد فريق {team} مسجَّلًا: {competition}',
      text: '{isCaptain, select, yes {سحبت} other {سحب القائد}} تسجيل فريقك {team} من {competition}.',
      note: 'يبقى الفريق نفسه قائمًا، ويمكن تسجيله مجددًا ما دام التسجيل مفتوحًا.',
    },
    withdrawn: {
      title: 'سحب فريق {team} طلبه: {competition}',
      text: '{isCaptain, select, yes {سحبت} other {سحب القائد}} طلب فريقك {team} للمشاركة في {competition}.',
    },
    removed: {
      title: 'أُزيل تسجيل فريق {team}: {competition}',
      text: 'أزال المنظّم تسجيل فريقك {team} من {competition}.',
    },
    /** To who has left the team, and to whom its captain has removed. */
    leftIt: {
      title: 'غادرت فريق {team}: {competition}',
      text: 'لم تعد عضوًا في فريق {team} في {competition}.',
    },
    removedFromIt: {
      title: 'أُزلت من فريق {team}: {competition}',
      text: 'أزالك القائد من فريق {team} في {competition}.',
    },
    noShow: {
      title: 'لم تعد في فريق {team}: {competition}',
      text: 'لم يُسجَّل حضورك في {competition} بعد بدئها، فأنهى المنظّم عضويتك في فريق {team}. يتابع الفريق من دونك.',
    },
    joined: {
      title: 'أنت في فريق {team}: {competition}',
      text: '{standing, select, SEATED {انضممت إلى فريق {team}، وأنت ضمن المشاركين في {competition}.} HELD {انضممت إلى فريق {team}. نحتفظ له بمكان في {competition} حتى {when}.} WAITLISTED {انضممت إلى فريق {team}، وترتيبه {position, number} في قائمة انتظار {competition}. {mustConfirm, select, yes {حين يأتي دوركم سنحجز مكان فريقك مؤقتًا ونطلب {isCaptain, select, yes {منك} other {من القائد}} تأكيده.} other {حين يأتي دوركم سيحصل فريقك على مكان تلقائيًا.}}} APPLIED {انضممت إلى فريق {team} الذي قدّم طلبًا للمشاركة في {competition}. سنخبرك فور صدور القرار.} other {{isCaptain, select, yes {أنت قائد فريق {team} في {competition}. لم يُسجَّل الفريق بعد: شارك رمز الانضمام، وسجّل الفريق حين ينضم الجميع.} other {انضممت إلى فريق {team} في {competition}. لم يُسجَّل الفريق بعد؛ القائد {captain} هو من يسجّله.}}}}',
    },
    changed: {
      title:
        '{event, select, JOINED {انضم {name} إلى {team}} LEFT {غادر {name} فريق {team}} REMOVED {أُزيل {name} من {team}} NO_SHOW {لم يعد {name} في {team}} CAPTAIN {{isCaptain, select, yes {أنت الآن قائد {team}} other {{name} الآن قائد {team}}}} other {غادر أحد الأعضاء فريق {team}}}: {competition}',
      text: '{event, select, JOINED {انضم {name} إلى فريقك {team} في {competition}.} LEFT {غادر {name} فريقك {team} في {competition}.} REMOVED {أزال القائد {name} من فريقك {team} في {competition}.} NO_SHOW {لم يُسجَّل حضور {name} في {competition} بعد بدئها، فأنهى المنظّم عضويته في فريقك {team}.} CAPTAIN {{isCaptain, select, yes {أنت الآن قائد فريقك {team} في {competition}. أنت من يسجّل الفريق ويؤكّد مكانه ويمكنك سحبه.} other {{name} الآن قائد فريقك {team} في {competition}.}}} other {حذف أحد أعضاء فريقك {team} في {competition} حسابه.}}',
    },
    belowMinimum: {
      title:
        '{missing, plural, zero {لا ينقص {team} أحد} one {ينقص {team} عضو واحد} two {ينقص {team} عضوان} few {ينقص {team} # أعضاء} many {ينقص {team} # عضوًا} other {ينقص {team} # عضو}}: {competition}',
      text: 'أصبح فريقك {team} أصغر من المطلوب في {competition}: {missing, plural, zero {يجب أن ينضم # عضو} one {يجب أن ينضم عضو آخر} two {يجب أن ينضم عضوان آخران} few {يجب أن ينضم # أعضاء آخرين} many {يجب أن ينضم # عضوًا آخر} other {يجب أن ينضم # عضو آخر}} حتى {when}، وإلا انتهى تسجيل الفريق.',
      note: 'تجد رمز الانضمام في صفحة الفريق.',
    },
    tooSmall: {
      title: 'كان فريق {team} أصغر من المطلوب: {competition}',
      text: '{teamMin, plural, zero {يلزم كل فريق # عضو على الأقل} one {يلزم كل فريق عضو واحد على الأقل} two {يلزم كل فريق عضوان على الأقل} few {يلزم كل فريق # أعضاء على الأقل} many {يلزم كل فريق # عضوًا على الأقل} other {يلزم كل فريق # عضو على الأقل}} في {competition}. كان أعضاء فريقك {team} أقل من ذلك عند تثبيت الفرق، فانتهى تسجيله.',
    },
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
  invitationExpired: {
    title: 'انتهت الدعوة: {competition}',
    text: 'لم تُقبل الدعوة إلى {competition} حتى {when}، فلم يعد المقعد محجوزًا لك.',
    note: 'تجد في صفحة المسابقة هل ما زالت المشاركة ممكنة.',
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
  device: {
    onSystem: '{browser} على {system}',
    unknown: 'جهاز غير معروف',
  },
  frame: {
    greeting: 'مرحبًا {name}،',
    greetingOnly: 'مرحبًا،',
    viewCompetition: 'عرض المسابقة',
    ticket: 'تذكرتك',
    ticketNumber: 'رقم التذكرة {number}',
    ticketPicture: 'رمز QR لتذكرتك',
    ticketHint: 'أظهر هذا الرمز عند المدخل، على هاتفك أو على ورقة.',
    showTicket: 'عرض التذكرة',
    confirmSeat: 'تأكيد مقعدك',
    viewTeam: 'عرض الفريق',
    viewInvitation: 'عرض الدعوة',
    viewStaff: 'عرض الطاقم',
    manageCompetition: 'إدارة المسابقة',
    reviewSessions: 'مراجعة جلساتك',
    setPassword: 'تعيين كلمة مرور جديدة',
    verify: 'تأكيد عنوان البريد',
    openProfile: 'فتح ملفك الشخصي',
    leaveQuestion: 'لا يمكنك الحضور؟',
    leave: 'الانسحاب من المسابقة',
    leaveTeam: 'مغادرة الفريق',
    footer: 'تصلك هذه الرسالة لأن لديك حسابًا في Mini Compete.',
    footerInvited: 'دعا أحدهم صاحب هذا العنوان في Mini Compete. إن كنت لا تعرفه، فتجاهل هذه الرسالة.',
    footerAnnouncement: 'تصلك هذه الرسالة لأنك سجّلت في مسابقة.',
    unsubscribeQuestion: 'لا تريد مزيدًا من الإعلانات عن هذه المسابقة؟',
    unsubscribe: 'إلغاء الاشتراك',
    mailbox: 'جميع رسائلك',
  },
} satisfies Translation<typeof en>;
