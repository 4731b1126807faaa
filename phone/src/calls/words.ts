/** What the call pages say, in both languages. */

export interface Words {
    readonly locale: string;
    readonly calls: string;
    readonly search: string;
    readonly number: string;
    readonly agent: string;
    readonly cause: string;
    readonly find: string;
    readonly more: string;
    readonly none: string;
    readonly when: string;
    readonly from: string;
    readonly to: string;
    readonly how: string;
    readonly live: string;
    readonly verdict: string;
    readonly judging: string;
    readonly noQuality: string;
    readonly evidence: (bad: number, judged: number, run: number) => string;
    readonly timeline: string;
    readonly ladder: string;
    readonly message: string;
    readonly pick: string;
    readonly filter: string;
    readonly keys: string;
    readonly changed: string;
    readonly bothLegs: string;
    readonly oneLeg: string;
    readonly ours: string;
    readonly text: string;
    readonly capture: string;
    readonly key: string;
    readonly keyHint: string;
    readonly open: string;
    readonly missing: string;
    readonly failed: string;
    readonly back: string;
    readonly recording: string;
    readonly play: string;
    readonly pause: string;
    readonly measures: Readonly<Record<'loss' | 'jitter' | 'mos' | 'rtt', string>>;
    readonly toUs: (party: string) => string;
    readonly fromUs: (party: string) => string;
    readonly kinds: Readonly<Record<string, string>>;
    readonly titles: Readonly<Record<string, string>>;
}

const en: Words = {
    locale: 'en',
    calls: 'Calls',
    search: 'Search calls',
    number: 'Number',
    agent: 'Agent or trunk',
    cause: 'Cause',
    find: 'Find',
    more: 'Older',
    none: 'Nothing was found.',
    when: 'When',
    from: 'From',
    to: 'To',
    how: 'How it ended',
    live: 'live',
    verdict: 'Verdict',
    judging: 'Listening…',
    noQuality: 'This call had no sound that could be judged.',
    evidence: (bad, judged, run) =>
        bad === 0
            ? `No bad second in ${judged} s.`
            : `${bad} of ${judged} s were bad, at worst ${run} s in a row.`,
    timeline: 'One time axis',
    ladder: 'Ladder',
    message: 'Message',
    pick: 'Choose a row to see the whole message.',
    filter: 'Filter rows',
    keys: 'j k: next, previous · /: filter · x: both legs or one',
    changed: 'Changed in the description',
    bothLegs: 'Both legs',
    oneLeg: 'This leg',
    ours: 'Jackfield',
    text: 'As text',
    capture: 'For Wireshark',
    key: 'API key',
    keyHint: 'A key with the scope diagnosis:read. It stays in this tab alone.',
    open: 'Open',
    missing: 'There is no such call; it may be older than what is kept.',
    failed: 'The server cannot be reached. Trying again…',
    back: 'All calls',
    recording: 'Recording',
    play: 'Play',
    pause: 'Pause',
    measures: { loss: 'Loss, %', jitter: 'Jitter, ms', mos: 'MOS', rtt: 'Round trip, ms' },
    toUs: (party) => `${party} → us`,
    fromUs: (party) => `us → ${party}`,
    kinds: {
        call: 'Call',
        refused_call: 'Refused call',
        refused_registration: 'Refused sign-in',
        refused_request: 'Refused request',
        refused_connection: 'Refused connection',
    },
    titles: {},
};

const ru: Words = {
    locale: 'ru',
    calls: 'Звонки',
    search: 'Поиск звонков',
    number: 'Номер',
    agent: 'Оператор или транк',
    cause: 'Причина',
    find: 'Найти',
    more: 'Раньше',
    none: 'Ничего не найдено.',
    when: 'Когда',
    from: 'Кто',
    to: 'Кому',
    how: 'Чем кончилось',
    live: 'идёт',
    verdict: 'Вывод',
    judging: 'Слушаем…',
    noQuality: 'В этом звонке не было звука, о котором можно судить.',
    evidence: (bad, judged, run) =>
        bad === 0
            ? `Ни одной плохой секунды из ${judged} с.`
            : `Плохо было ${bad} с из ${judged} с, дольше всего ${run} с подряд.`,
    timeline: 'Одна ось времени',
    ladder: 'Лестница',
    message: 'Сообщение',
    pick: 'Выберите строку, чтобы увидеть сообщение целиком.',
    filter: 'Отбор строк',
    keys: 'j k: дальше, назад · /: отбор · x: обе стороны или одна',
    changed: 'Изменилось в описании',
    bothLegs: 'Обе стороны',
    oneLeg: 'Эта сторона',
    ours: 'Jackfield',
    text: 'Текстом',
    capture: 'Для Wireshark',
    key: 'Ключ API',
    keyHint: 'Ключ с правом diagnosis:read. Он остаётся только в этой вкладке.',
    open: 'Открыть',
    missing: 'Такого звонка нет; возможно, он старше того, что хранится.',
    failed: 'Сервер недоступен. Пробуем снова…',
    back: 'Все звонки',
    recording: 'Запись',
    play: 'Слушать',
    pause: 'Пауза',
    measures: { loss: 'Потери, %', jitter: 'Джиттер, мс', mos: 'MOS', rtt: 'Туда и обратно, мс' },
    toUs: (party) => `${party} → мы`,
    fromUs: (party) => `мы → ${party}`,
    kinds: {
        call: 'Звонок',
        refused_call: 'Звонок отклонён',
        refused_registration: 'Вход отклонён',
        refused_request: 'Запрос отклонён',
        refused_connection: 'Соединение отклонено',
    },
    titles: {
        'call begins': 'звонок начался',
        'leg begins': 'сторона появилась',
        answered: 'ответ',
        holds: 'удержание',
        'takes back': 'снято с удержания',
        'agent joined': 'оператор в звонке',
        'agent left': 'оператор вышел',
        'takes part': 'участвует',
        'nobody joined': 'никто не присоединился',
        transfers: 'переводит',
        transferred: 'переведён',
        'transfer failed': 'перевод не удался',
        'connection lost': 'соединение потеряно',
        'phone is back': 'телефон вернулся',
        'leg ends': 'сторона ушла',
        'customer reached': 'клиент ответил',
        'call ends': 'звонок кончился',
        waits: 'ждёт',
        'in a menu': 'в меню',
        'left menus': 'вышел из меню',
        'offer rings': 'звонит оператору',
        'offer answered': 'оператор ответил',
        'offer missed': 'оператор не взял',
        'recording begins': 'запись началась',
        'recording is ready': 'запись готова',
        'recording failed': 'запись не удалась',
        'ICE connected': 'ICE соединён',
        'DTLS connected': 'DTLS соединён',
        'DTLS failed': 'DTLS не удался',
        'DTLS closed': 'DTLS закрыт',
        'first RTP packet': 'первый пакет RTP',
        'a key was pressed': 'нажата клавиша',
        'no RTP comes': 'RTP не приходит',
        'RTP comes again': 'RTP снова приходит',
        'consent lost': 'согласие утрачено',
        'the peer reports loss': 'собеседник сообщает о потерях',
        'quality echo has measured': 'эхо-тест измерил',
        'media closed': 'звук закрыт',
        refused: 'отклонено',
    },
};

export const WORDS = { en, ru } as const;
