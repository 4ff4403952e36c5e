// TypeScript knows no .vue files: what is in their <script setup> is kept small, and the rest in .ts files.
declare module '*.vue' {
  import type { Component } from 'vue'

  const component: Component
  export default component
}
