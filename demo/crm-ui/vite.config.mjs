import { uiConfig } from '../setup/ui-config.mjs'

export default uiConfig('crm-ui')
