/** The schema of the Shop DB, which the Shop API and the CRM API share: whichever starts first brings it up to date. */
export const shopMigrations = new URL('./migrations/', import.meta.url)
