import { createRouter, createWebHistory, type Router, type RouterOptions } from 'vue-router'
import BoardView from './views/board-view.vue'
import MissingView from './views/missing-view.vue'
import OrderView from './views/order-view.vue'
import ParkedView from './views/parked-view.vue'

const routes: RouterOptions['routes'] = [
  { path: '/', name: 'board', component: BoardView },
  { path: '/orders/:id', name: 'order', component: OrderView, props: true },
  { path: '/parked', name: 'parked', component: ParkedView },
  { path: '/:rest(.*)*', name: 'missing', component: MissingView },
]

/** Creates the router. Going back, the page is where it was; a filter of the same page moves nothing. */
export function createMesRouter(): Router {
  return createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
}
