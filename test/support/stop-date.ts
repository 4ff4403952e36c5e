import type { Page } from '@playwright/test'

/** Stops `Date` in every page, and has the pages at `path` be later by so much: how soon a page comes after another is no longer up to the machine. */
export const stopDate = (page: Page, path = '', laterMs = 0) =>
  page.addInitScript(
    ({ at, path, laterMs }) => {
      Date.now = () => (location.pathname === path ? at + laterMs : at)
    },
    { at: Date.now(), path, laterMs },
  )
