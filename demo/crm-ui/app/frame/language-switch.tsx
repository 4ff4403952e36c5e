import { useTexts } from '../texts/texts'

/** Written in the language that it leads to, for whoever cannot read the other. */
export function LanguageSwitch() {
  const { language, texts, choose } = useTexts()
  const other = language === 'ru' ? 'en' : 'ru'
  return (
    <button type="button" className="quiet" lang={other} onClick={() => choose(other)}>
      {texts.switchLanguage}
    </button>
  )
}
