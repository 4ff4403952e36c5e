import type { Pool } from 'pg'

interface ProductRow {
  id: string
  name_ru: string
  name_en: string
  description_ru: string
  description_en: string
  price_kopecks: number
}

/** A piece of jewellery as the API shows it; the price is in kopecks. */
export interface Product {
  id: string
  name: { ru: string; en: string }
  description: { ru: string; en: string }
  price: number
  currency: 'RUB'
}

/** The catalogue, in its own order. */
export async function listProducts(pool: Pool): Promise<Product[]> {
  const { rows } = await pool.query<ProductRow>(
    'SELECT id, name_ru, name_en, description_ru, description_en, price_kopecks FROM products ORDER BY position',
  )
  return rows.map((row) => ({
    id: row.id,
    name: { ru: row.name_ru, en: row.name_en },
    description: { ru: row.description_ru, en: row.description_en },
    price: row.price_kopecks,
    currency: 'RUB',
  }))
}

/** Is there a product with this id? */
export async function isProduct(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM products WHERE id = $1', [id])
  return rowCount === 1
}
