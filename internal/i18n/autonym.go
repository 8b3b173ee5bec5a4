package i18n

import "strings"

// autonyms are the names of languages in themselves (CLDR).
var autonyms = map[string]string{
	"ar": "العربية", "en": "English", "es": "español", "fr": "français", "ru": "русский", "zh": "中文", "de": "Deutsch", "fa": "فارسی",
	"he": "עברית", "tr": "Türkçe", "uk": "українська", "ko": "한국어", "ja": "日本語", "it": "italiano", "pt": "português", "hi": "हिन्दी",
	"ur": "اردو", "id": "Indonesia", "nl": "Nederlands", "pl": "polski", "sv": "svenska", "vi": "Tiếng Việt", "th": "ไทย", "el": "Ελληνικά",
	"ku": "kurdî", "ps": "پښتو", "bn": "বাংলা", "ro": "română", "sr": "српски", "bg": "български", "cs": "čeština", "hu": "magyar",
	"fi": "suomi", "da": "dansk", "no": "norsk", "nb": "norsk bokmål", "ms": "Melayu", "sw": "Kiswahili", "am": "አማርኛ", "so": "Soomaali",
	"az": "azərbaycan", "hy": "հայերեն", "ka": "ქართული", "kk": "қазақ тілі", "ckb": "کوردیی ناوەندی",
}

// Autonym gives a language's name in itself, its tag where we do not know it.
func Autonym(tag string) string {
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if n := autonyms[primary]; n != "" {
		return n
	}
	return tag
}
