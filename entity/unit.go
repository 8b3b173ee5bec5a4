package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/text"
)

// unit is a part of a person's or organization's name that is compared as one: a word without its article, or عبد الرحمن,
// which some write as one word and some as two or three.
type unit struct {
	letters string // Latin: a to z; other scripts: see Letters
	script  text.Script
	article bool // an article stood before it
	written bool // … written together with it in Arabic, or what looks like one: الكسندر is Alexander
	joined  bool // made of two words that stand side by side: an alternative to them
	from    int  // words that it covers
	to      int
	last    bool
}

// bare gives the unit without its place in a name.
func (u unit) bare() unit {
	u.from, u.to, u.last = 0, 0, false
	return u
}

// unitsOf takes a name apart. Words that only tie names together (bin, ould, al) are left out, but for the first.
func unitsOf(name string) []unit {
	var out []unit
	words := untitled(nameWords(name))
	for i := 0; i < len(words); i++ {
		w := words[i]
		if i+1 < len(words) && (i > 0 && filial[w.letters] || article(w.letters, words[i+1].letters)) {
			if !filial[w.letters] {
				words[i+1].article = true
			}
			continue
		}
		if servant[w.letters] && i+1 < len(words) {
			next := i + 1
			if next+1 < len(words) && article(words[next].letters, words[next+1].letters) {
				next++
			}
			if words[next].script == w.script {
				w.letters = serve(w) + words[next].letters
				i = next
			}
		}
		if f := father[w.letters]; f != "" && i+1 < len(words) && (i > 0 || !genitive[w.letters]) {
			w.letters = f
		}
		if len(words) > 1 && len(w.letters) == 1 {
			continue // an initial says next to nothing
		}
		out = append(out, w)
	}
	for i := range out {
		out[i].from, out[i].to = i, i+1
		out[i] = bareArticle(out[i])
	}
	if len(out) > 0 {
		out[len(out)-1].last = true
	}
	return out
}

// honours are words that registers put before names, and other registers leave out.
var honours = map[string]bool{"sheikh": true, "shaykh": true, "sheik": true, "cheikh": true, "shaikh": true, "dr": true, "mr": true, "mrs": true,
	"prof": true, "doctor": true, "profesor": true, "general": true, "gen": true, "colonel": true, "brigadier": true, "admiral": true, "president": true,
	"minister": true, "prince": true, "king": true,
	"الشيخ": true, "شيخ": true, "الدكتور": true, "دكتور": true, "اللواء": true, "العميد": true, "العقيد": true, "الفريق": true, "العماد": true, "الامير": true, "الملك": true,
	"السيد": true, "السيده": true, "المهندس": true, "الاستاذ": true, "الرييس": true, "الرئيس": true, "الوزير": true, "الجنرال": true,
	"доктор": true, "генерал": true, "шейх": true, "полковник": true}

// untitled leaves out the honours at the beginning, where two words remain; three behind sheikh, which some are called by their parents.
func untitled(words []unit) []unit {
	for len(words) > 2 && honours[words[0].letters] && (len(words) > 3 || !sheikh[words[0].letters]) {
		words = words[1:]
	}
	return words
}

var sheikh = map[string]bool{"sheikh": true, "shaykh": true, "sheik": true, "cheikh": true, "shaikh": true, "شيخ": true, "шейх": true}

// nameWords gives the words of a name as the models read them; a word of two scripts counts for the one it begins in.
func nameWords(name string) []unit {
	var out []unit
	for _, f := range strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’' && r != 'ʿ' && r != 'ʾ' && r != '`' && r != '"'
	}) {
		n := text.Normalize(f)
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(n, "'\""))
		script := text.ScriptOf(r)
		u := unit{script: script}
		u.written = strings.HasPrefix(f, "ال")
		if script == text.Latin {
			u.letters = LatinLetters(f)
		} else {
			u.letters = string(Letters(f))
		}
		if u.letters != "" {
			out = append(out, compound(u, n)...)
		}
	}
	if len(out) == 1 {
		out = apartName(out[0])
	}
	if len(out) > 16 {
		out = out[:16]
	}
	return out
}

// compounds are the second halves of names that some write as one word and some as two: نور الدين, Noureddine; نصر الله, Nasrallah.
var compounds = []struct{ ending, word string }{
	{"الدين", "الدين"}, {"الله", "الله"},
	{"allah", "allah"}, {"ullah", "allah"}, {"ollah", "allah"}, {"illah", "allah"}, {"ellah", "allah"},
	{"eddine", "din"}, {"eddin", "din"}, {"addin", "din"}, {"uddin", "din"}, {"oddin", "din"}, {"eddeen", "din"}, {"addeen", "din"},
	{"uddeen", "din"}, {"aldin", "din"}, {"eldin", "din"}, {"aldeen", "din"}, {"eldeen", "din"}, {"eldine", "din"}, {"aldine", "din"},
	{"uldin", "din"}, {"iddine", "din"}, {"iddin", "din"}, {"addine", "din"}, {"edine", "din"}, {"udin", "din"},
	{"ддин", "дин"}, {"алла", "алла"}, {"улла", "алла"},
}

// halves are words that are only half a name.
var halves = map[string]bool{"din": true, "dine": true, "deen": true, "eddin": true, "uddin": true, "دين": true, "alah": true, "الله": true, "له": true,
	"abu": true, "ابو": true, "дин": true, "алла": true, "umm": true, "ام": true}

// compound cuts such a word, whose normal form is n; the first half keeps three letters, in Arabic two.
func compound(u unit, n string) []unit {
	n = text.Plain(n)
	for _, c := range compounds {
		first, ok := strings.CutSuffix(n, c.ending)
		least := 3
		if u.script == text.Arabic {
			least = 2
		}
		if !ok || utf8.RuneCountInString(first) < least || strings.HasPrefix(first, "abd") || servant[first] {
			continue
		}
		a, b := u, unit{letters: c.word, script: u.script, written: u.script == text.Arabic}
		if u.script == text.Latin {
			a.letters = LatinLetters(first)
			b.letters, b.article = LatinLetters(c.word), true
		} else {
			a.letters = string(Letters(first))
		}
		if a.letters != "" {
			return []unit{a, b}
		}
	}
	return []unit{u}
}

// apartName cuts a Korean or Chinese name that is written as one word: the family name is its first syllable.
func apartName(u unit) []unit {
	runes := []rune(u.letters)
	cut := 0
	switch {
	case u.script == text.Han && len(runes) >= 2 && len(runes) <= 4:
		cut = 1
	case u.script == text.Hangul && len(runes) <= 9:
		for cut = 1; cut < len(runes) && !leading(runes[cut]); cut++ {
		}
	}
	if cut == 0 || cut >= len(runes) {
		return []unit{u}
	}
	return []unit{{letters: string(runes[:cut]), script: u.script}, {letters: string(runes[cut:]), script: u.script}}
}

// leading tells whether a Hangul letter begins a syllable.
func leading(r rune) bool { return r >= 0x1100 && r <= 0x1112 }

// filial are the words between the names of a child and a parent.
var filial = map[string]bool{"bin": true, "ibn": true, "ben": true, "bint": true, "ould": true, "wuld": true, "binti": true,
	"بن": true, "ابن": true, "بنت": true, "ولد": true, "бен": true, "бин": true, "ибн": true, "בן": true, "b": true, "y": true, "i": true}

// servant are the spellings of عبد, which is half a name.
var servant = map[string]bool{"عبد": true, "abd": true, "abdul": true, "abdel": true, "abdal": true, "abdu": true, "abdol": true,
	"abder": true, "abdur": true, "abdus": true, "abdoul": true, "абд": true, "абдул": true, "абдель": true, "абдуль": true, "עבד": true}

// serve gives the usual beginning of a name with عبد, whose article is left out by then.
func serve(w unit) string {
	if w.script == text.Latin {
		return "abdul"
	}
	return w.letters
}

// father are the spellings of أبو, by the usual one.
var father = map[string]string{"abu": "abu", "abou": "abu", "abo": "abu", "aboo": "abu", "abi": "abu", "aba": "abu", "bou": "abu", "bu": "abu",
	"ابو": "ابو", "ابي": "ابو", "ابا": "ابو", "بو": "ابو"}

// genitive are those of them that only stand after another word; alone in front they are a name of their own (Abiy, أبي).
var genitive = map[string]bool{"abi": true, "aba": true, "ابي": true, "ابا": true}

// article tells whether w is an article, given the word after it: al, el, and the forms that take its first letter (ar-Rahman).
func article(w, next string) bool {
	switch w {
	case "al", "el", "ul", "аль", "эль", "אל", "ال", "the":
		return true
	case "ar", "as", "ash", "az", "an", "at", "ad", "er", "es", "ez", "en", "et", "ed", "ud", "ur", "us":
		return next != "" && next[0] == w[1]
	}
	return false
}

// bareArticle takes the written-together Arabic article off, where enough remains.
func bareArticle(u unit) unit {
	rest, ok := strings.CutPrefix(u.letters, "ال")
	if u.written = u.written && ok && utf8.RuneCountInString(rest) >= 3; u.written {
		u.letters, u.article = rest, true
	}
	return u
}

// joins adds to units the pairs of neighbours written as one, and to Hangul and Han names their syllables apart.
func joins(units []unit) []unit {
	out := units
	for i := 0; i+1 < len(units); i++ {
		a, b := units[i], units[i+1]
		if a.script != b.script || !short(a) && !short(b) {
			continue
		}
		l := a.letters + b.letters
		if b.article && b.script == text.Arabic {
			l = a.letters + "ال" + b.letters
		}
		out = append(out, unit{letters: l, script: a.script, article: a.article, joined: true, from: a.from, to: b.to, last: b.last})
	}
	return out
}

// short tells whether a word is one that writers join to its neighbour: Nasr Allah, Jong Un, Bel Kacem.
func short(u unit) bool {
	if u.script == text.Latin || u.script == text.Cyrillic {
		return len(u.letters) <= 5
	}
	return utf8.RuneCountInString(u.letters) <= 4
}
