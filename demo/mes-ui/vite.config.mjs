import vue from '@vitejs/plugin-vue'
import { uiConfig } from '../setup/ui-config.mjs'

export default uiConfig('mes-ui', [vue()])
