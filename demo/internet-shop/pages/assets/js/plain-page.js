import { startLanguage } from './language.js'

startLanguage()
