/** Products and an order in the Shop API's own shapes, for pages that are tested without it. */
export const PRODUCTS = [
  ['ring-dawn', 'Кольцо «Рассвет»', 'Dawn ring', 'Золото 585 пробы, гладкая шинка, место под один камень.', 4890000],
  ['ring-signet', 'Перстень-печатка', 'Signet ring', 'Серебро 925 пробы; рисунок печатки берём из модели.', 1450000],
  ['pendant-drop', 'Подвеска «Капля»', 'Drop pendant', 'Серебро с позолотой, цепочка 45 см в комплекте.', 980000],
  ['earrings-fern', 'Серьги «Папоротник»', 'Fern earrings', 'Пара серёг с тонким листом, английский замок.', 1760000],
  ['bracelet-link', 'Браслет из звеньев', 'Link bracelet', 'Звенья по вашей модели, длина от 16 до 21 см.', 2380000],
  ['brooch-swift', 'Брошь «Стриж»', 'Swift brooch', 'Патинированное серебро, булавка с предохранителем.', 1290000],
].map(([id, ru, en, description, price]) => ({
  id,
  name: { ru, en },
  description: { ru: description, en: `${en}, made after your model.` },
  price,
}))

export const PLACED_ORDER = {
  id: 'o-42',
  productId: 'ring-dawn',
  quantity: 2,
  status: 'MANUFACTURING_APPROVED',
  model: { name: 'ring with a very long name of its file, version 12 (final).stl', size: 1_234_567 },
  createdAt: '2026-03-02T09:15:00.000Z',
  history: [
    { status: 'INITIATED', at: '2026-03-02T09:15:00.000Z' },
    { status: 'SUBMITTED', at: '2026-03-02T09:15:01.000Z' },
    { status: 'PRICE_CALCULATED', at: '2026-03-02T11:40:00.000Z' },
    { status: 'MANUFACTURING_APPROVED', at: '2026-03-03T08:02:00.000Z' },
  ],
}
