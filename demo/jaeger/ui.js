// Read by Jaeger at its start and put into its page: what support finds there beside Jaeger's own search.
// Jaeger puts it there as a replacement of a regular expression, so no dollar sign may stand here.
function UIConfig() {
  const day = 86400e6
  const now = Date.now() * 1000
  // Both ends are named, for Jaeger would look at the last two days only, and an order is asked about after months.
  const time = '&start=' + (now - 90 * day) + '&end=' + (now + day) + '&limit=100'

  function search(service, tags) {
    return '/search?service=' + service + time + '&tags=' + encodeURIComponent(JSON.stringify(tags))
  }

  // What stands in the braces is put in by Jaeger, encoded.
  function searchId(service, name) {
    const tags = '{"' + name + '":"ID"}'
    return '/search?service=' + service + time + '&tags=' + encodeURIComponent(tags).replace('ID', '#{' + name + '}')
  }

  const hops = [
    ['shop-api', 'shop-db', 'Магазин → база: заказ не сохранён'],
    ['shop-api', '3d-files', 'Магазин → файлы: модель не сохранена'],
    ['crm-api', 'shop-db', 'CRM → база: подтверждение не прошло'],
    ['crm-api', 'queue', 'CRM → очередь: заказ не дошёл до MES'],
    ['crm-api', '3d-files', 'CRM → файлы: модель не прочитана'],
    ['mes-api', 'mes-db', 'MES → база: заказ не взять или не сдвинуть'],
    ['mes-api', 'queue', 'MES → очередь: статус не вернулся'],
  ]
  const services = ['internet-shop', 'shop-api', 'crm', 'crm-api', 'mes-ui', 'mes-api']

  function links(name, what) {
    return [
      {
        type: 'tags',
        key: name,
        url: '/by-order/?' + name + '=#{' + name + '}',
        text: 'Все трассы ' + what + ' #{' + name + '}',
      },
    ].concat(
      services.map((service) => ({
        type: 'tags',
        key: name,
        url: searchId(service, name),
        text: service + ': поиск по ' + name + ' #{' + name + '}',
      })),
    )
  }

  return {
    archiveEnabled: false,
    dependencies: { menuEnabled: true },
    monitor: { menuEnabled: false },
    // Traces are read here and nowhere written.
    disableFileUploadControl: true,
    search: { maxLookback: { label: '4 Weeks', value: '4w' }, maxLimit: 1500 },
    topTagPrefixes: ['order_id', 'user_id', 'order.', 'error', 'peer.service', 'http.'],
    linkPatterns: links('order_id', 'заказа').concat(links('user_id', 'пользователя')),
    menu: [
      { label: 'Медленные заказы', url: '/analyst/', anchorTarget: '_self' },
      { label: 'По номеру заказа', url: '/by-order/', anchorTarget: '_self' },
      {
        label: 'Где теряются заказы',
        items: hops.map((hop) => ({
          label: hop[2],
          url: search(hop[0], { error: 'true', 'peer.service': hop[1] }),
          anchorTarget: '_self',
        })),
      },
      {
        label: 'Неудачные шаги',
        items: ['internet-shop', 'crm', 'mes-ui'].map((service) => ({
          label: service,
          url: search(service, { 'order.outcome': 'failed' }),
          anchorTarget: '_self',
        })),
      },
      { label: 'Выйти', url: '/leave', anchorTarget: '_self' },
    ],
  }
}
