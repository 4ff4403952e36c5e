const TEXTS = {
  ru: {
    title: 'Встроенное хранилище трасс',
    heading: 'Встроенное хранилище трасс',
    about:
      'Часть демо ordertrace: хранит последние трассы в памяти и отвечает по API запросов Jaeger, версия 3. Это не Jaeger.',
    'title jaeger': 'Трассы заказов',
    'heading jaeger': 'Трассы заказов',
    'about jaeger':
      'Все шаги заказа, от щелчка в браузере до последней записи. Трассы лежат в Jaeger, хранятся три месяца.',
    analyst: 'Медленные заказы',
    leave: 'Выйти',
    field: 'Искать по',
    value: 'Значение',
    placeholder: 'номер заказа или пользователя',
    search: 'Найти',
    list: 'Последние трассы',
    trace: 'Трасса',
    spans: 'спанов: {count}',
    errors: 'с ошибкой: {count}',
    none: 'Трасс пока нет. Оформите заказ в магазине.',
    notFound: 'Ничего не найдено.',
    failed: 'Хранилище не отвечает: {reason}',
    choose: 'Выберите трассу в списке.',
    orphan: 'родитель не пришёл',
    more: 'не показано спанов: {count}',
    steps: 'Шаги заказа',
    before: '← {name}',
    after: '{name} →',
    elsewhere: 'шаг раньше ({id})',
    attributes: 'Атрибуты',
    other: 'English',
  },
  en: {
    title: 'Embedded trace store',
    heading: 'Embedded trace store',
    about:
      "A part of the ordertrace demo: it keeps recent traces in memory and answers Jaeger's query API, version 3. It is not Jaeger.",
    'title jaeger': 'Traces of orders',
    'heading jaeger': 'Traces of orders',
    'about jaeger':
      'Every step of an order, from the click in the browser to the last write. The traces are in Jaeger, for three months.',
    analyst: 'Slow orders',
    leave: 'Log out',
    field: 'Search by',
    value: 'Value',
    placeholder: 'number of an order or a user',
    search: 'Find',
    list: 'Recent traces',
    trace: 'Trace',
    spans: 'spans: {count}',
    errors: 'failed: {count}',
    none: 'No traces yet. Place an order in the shop.',
    notFound: 'Nothing was found.',
    failed: 'The store does not answer: {reason}',
    choose: 'Choose a trace in the list.',
    orphan: 'its parent has not come',
    more: 'spans not shown: {count}',
    steps: 'Steps of the order',
    before: '← {name}',
    after: '{name} →',
    elsewhere: 'a step before ({id})',
    attributes: 'Attributes',
    other: 'Русский',
  },
}

let language = remembered()

/** The text under the key, or under the key with the store that the page stands before; its `{names}` replaced by the values. */
export function text(key, values = {}) {
  const texts = TEXTS[language]
  const [store] = document.documentElement.dataset.store.split(' ')
  return (texts[`${key} ${store}`] ?? texts[key]).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))
}

/** Numbers and times as the chosen language writes them. */
export function locale() {
  return language === 'ru' ? 'ru-RU' : 'en-GB'
}

/** Takes the other language and puts the page into it. */
export function switchLanguage() {
  language = language === 'ru' ? 'en' : 'ru'
  try {
    localStorage.setItem('language', language)
  } catch {
    // Storage is blocked: the choice then holds for this page only.
  }
  applyLanguage()
}

/** Puts every text of the page that has a key into the chosen language. */
export function applyLanguage() {
  document.documentElement.lang = language
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = text(element.dataset.text)
  for (const element of document.querySelectorAll('[data-label]')) element.ariaLabel = text(element.dataset.label)
  for (const element of document.querySelectorAll('[data-hint]')) element.placeholder = text(element.dataset.hint)
  const button = document.getElementById('language')
  button.textContent = text('other')
  button.lang = language === 'ru' ? 'en' : 'ru'
}

function remembered() {
  try {
    return localStorage.getItem('language') === 'en' ? 'en' : 'ru'
  } catch {
    return 'ru'
  }
}
