/** A page that is traced by the script tag. */
export const traced = (attributes = '', rest = '') =>
  `<title>shop</title><script src="/ordertrace.min.js" data-service="shop" data-apis="/api/" ${attributes}></script>${rest}`
