package query

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// What other houses write for an operator is read as one where nobody can mean a word by it (w/5, near5, pre/3, /s, &&), and refused with
// what to write instead where somebody can (or, organi!, hd=merger).

// operator gives the operator that a word is and what its slash or its end says, "" for a plain word.
func operator(s string) (op, arg string) {
	s = narrow(s)
	switch s {
	case "AND", "OR", "NOT", "NEAR", "ONEAR", "SAME", "ATLEAST":
		return s, ""
	case "&", "&&", "UND":
		return "AND", ""
	case "|", "||", "ODER", "VEYA", "ИЛИ":
		return "OR", ""
	case "ANDNOT", "AND-NOT", "NICHT", "НЕ":
		return "NOT", ""
	case "ADJ":
		return "ONEAR", "1"
	}
	name, arg, counted := strings.Cut(s, "/")
	if !counted {
		name = strings.TrimRight(s, "0123456789")
		arg = s[len(name):]
	}
	known := map[bool]map[string]string{
		true: {"near": "NEAR", "w": "NEAR", "within": "NEAR", "": "NEAR", "onear": "ONEAR", "pre": "ONEAR", "adj": "ONEAR", "same": "SAME",
			"atleast": "ATLEAST", "first": "FIRST"},
		false: {"near": "NEAR", "adj": "ONEAR", "atleast": "ATLEAST"},
	}
	op = known[counted][strings.ToLower(name)]
	unit := strings.ToLower(arg)
	switch {
	case counted && units[unit] != "" && (op == "SAME" || op == "NEAR"):
		return "SAME", units[unit]
	case op == "" || op != name && (arg == "" || !digits(arg)): // a word such as w/o; NEAR/x is an operator with a fault
		return "", ""
	}
	return op, arg
}

// units are the names of a sentence and a paragraph behind the slash of SAME.
var units = map[string]string{"s": "s", "p": "p", "sent": "s", "sentence": "s", "para": "p", "paragraph": "p"}

// narrow gives letters and signs of full width, as keyboards of Chinese and Japanese write them, their usual form.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, s)
}

func digits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// small gives the operator that a word which is none here may be meant as: in small letters, or another language's.
func small(s string) string { return meanings[s] }

var meanings = map[string]string{
	"and": "AND", "و": "AND", "und": "AND", "et": "AND", "ET": "AND", "y": "AND", "Y": "AND", "и": "AND", "И": "AND", "ve": "AND", "VE": "AND",
	"和": "AND", "与": "AND", "與": "AND", "ו": "AND",
	"or": "OR", "أو": "OR", "او": "OR", "یا": "OR", "או": "OR", "или": "OR", "oder": "OR", "ou": "OR", "OU": "OR", "O": "OR", "veya": "OR",
	"或": "OR", "或者": "OR",
	"not": "NOT", "ليس": "NOT", "SAUF": "NOT", "NON": "NOT", "NO": "NOT", "WITHOUT": "NOT", "DEĞİL": "NOT",
}

// foreign refuses what another house's language writes, and says what to write here.
func (t lexeme) foreign(what, instead string) error {
	return &Error{t.start, t.end, "foreign", []string{instead},
		fmt.Sprintf("%s is not read here; write %s, or put it in quotation marks to search for it", what, instead)}
}

// elsewhere names the fields of other houses.
var elsewhere = map[string]string{"hd": "title", "hl": "title", "hlp": "lead", "hlead": "lead", "lp": "lead", "la": "lang", "sn": "source", "rst": "source",
	"publication": "source", "wc": "words", "co": "org", "pd": "published", "from": "source"}

// abroad names the fields in other languages.
var abroad = map[string]string{
	"عنوان": "title", "العنوان": "title", "لغة": "lang", "اللغة": "lang", "مصدر": "source", "المصدر": "source", "تاريخ": "published",
	"التاريخ": "published", "نص": "text", "النص": "text", "مكان": "where", "المكان": "where", "متحدث": "speaker", "المتحدث": "speaker",
	"заголовок": "title", "язык": "lang", "источник": "source", "дата": "published", "текст": "text", "место": "where", "кто": "who",
	"titre": "title", "langue": "lang", "lieu": "where", "texte": "text", "título": "title", "titulo": "title", "idioma": "lang", "fuente": "source",
	"fecha": "published", "texto": "text", "lugar": "where", "titel": "title", "sprache": "lang", "quelle": "source", "datum": "published", "ort": "where",
	"标题": "title", "標題": "title", "语言": "lang", "語言": "lang", "来源": "source", "來源": "source", "日期": "published", "正文": "text",
	"כותרת": "title", "שפה": "lang", "מקור": "source", "תאריך": "published", "تیتر": "title", "زبان": "lang", "منبع": "source", "تاریخ": "published",
	"başlık": "title", "dil": "lang", "kaynak": "source", "tarih": "published",
}

// fieldOf gives the field that a name means here or elsewhere, "" for none.
func fieldOf(name string) string {
	name = strings.ToLower(name)
	if _, known := fields[name]; known {
		return name
	}
	if s := synonyms[name]; s != "" {
		return s
	}
	if s := abroad[name]; s != "" {
		return s
	}
	return elsewhere[name]
}

// tongues are names of languages, for lang:english.
var tongues = map[string]string{
	"arabic": "ar", "العربية": "ar", "عربي": "ar", "عربية": "ar", "english": "en", "الإنجليزية": "en", "russian": "ru", "русский": "ru", "الروسية": "ru",
	"french": "fr", "français": "fr", "francais": "fr", "الفرنسية": "fr", "spanish": "es", "español": "es", "espanol": "es", "german": "de", "deutsch": "de",
	"chinese": "zh", "中文": "zh", "汉语": "zh", "turkish": "tr", "türkçe": "tr", "hebrew": "he", "עברית": "he", "persian": "fa", "farsi": "fa", "فارسی": "fa",
	"italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "japanese": "ja", "日本語": "ja", "korean": "ko", "한국어": "ko",
	"ukrainian": "uk", "українська": "uk", "polish": "pl", "polski": "pl", "dutch": "nl", "nederlands": "nl", "hindi": "hi", "हिन्दी": "hi", "urdu": "ur", "اردو": "ur",
}

// foreignWord tells a word that is written in another house's way, with what to write here.
func foreignWord(s string) (instead string, is bool) {
	if i := strings.IndexAny(s, "<>≤≥"); i > 0 && fieldOf(s[:i]) != "" {
		return fieldOf(s[:i]) + ":" + s[i:], true
	}
	if strings.Contains(s, "|") && hasLetter(s) {
		return "(" + strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '|' }), " OR ") + ")", true
	}
	switch name, value, equals := strings.Cut(s, "="); {
	case s == "XOR":
		return "(a OR b) NOT (a b)", true
	case s == "nodup":
		return "nodup:", true
	case equals && fieldOf(name) != "":
		return fieldOf(name) + ":" + value, true
	}
	if rest, ok := strings.CutPrefix(s, "!"); ok && hasLetter(rest) {
		return "-" + rest, true
	}
	if rest, ok := strings.CutSuffix(s, "!"); ok && hasLetter(rest) && !strings.Contains(rest, "!") {
		return rest + "*", true
	}
	if strings.Contains(s, "!") && hasLetter(s) {
		return strings.ReplaceAll(s, "!", "?"), true
	}
	if i := strings.LastIndexAny(s, "~^"); i > 0 && digits(strings.ReplaceAll(s[i+1:], ".", "")) && hasLetter(s[:i]) {
		return s[:i], true
	}
	return "", false
}

// address refuses an address that was pasted as it is.
func (p *parser) address(t lexeme) error {
	rest := p.src[t.start:]
	if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
		rest = rest[:i]
	}
	u, err := url.Parse(rest)
	if err != nil || u.Hostname() == "" {
		return nil
	}
	t.end = t.start + len(rest)
	return t.foreign(rest, "domain:"+u.Hostname())
}
