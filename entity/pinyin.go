package entity

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"marsad/text"
)

//go:embed data/pinyin.txt
var pinyinTable string

// pinyin tells how a character is read in a Chinese name.
var pinyin = sync.OnceValue(func() map[rune]string {
	m := map[rune]string{}
	for line := range strings.Lines(pinyinTable) {
		if syllable, chars, ok := strings.Cut(strings.TrimSpace(line), " "); ok && syllable != "#" {
			for _, r := range chars {
				m[r] = syllable
			}
		}
	}
	return m
})

// doubleFamilies are the family names of two characters that are met.
const doubleFamilies = "欧阳 司马 诸葛 上官 夏侯 皇甫 公孙 慕容 令狐 东方 南宫 司徒"

// Pinyin reads a Chinese person's name of two to four characters in Latin letters without tones: the family name, which stands first, and the
// given name in one word, as newspapers write them. It reads only names of which it knows every character; foreign names, which are written
// with a dot or by their sound, are none.
func Pinyin(name string) (family, given string, ok bool) {
	n := utf8.RuneCountInString(name)
	if n < 2 || n > 4 {
		return "", "", false
	}
	families := 1
	for _, double := range strings.Fields(doubleFamilies) {
		if strings.HasPrefix(name, double) && n > 2 {
			families = 2
		}
	}
	if n-families > 2 {
		return "", "", false
	}
	read := pinyin()
	for _, r := range name {
		s, known := read[r]
		if !known {
			return "", "", false
		}
		if families--; families >= 0 {
			family += s
		} else {
			given += s
		}
	}
	return family, given, true
}

// SamePinyin tells whether a name in Latin letters is that of a Chinese person in pinyin, the family name first or last: Shen Ruolan, Ruolan
// Shen, SHEN Ruo-lan are 沈若澜. Tones and hyphens do not count.
func SamePinyin(han, latin string) bool {
	family, given, ok := Pinyin(han)
	if !ok {
		return false
	}
	words := strings.FieldsFunc(text.Plain(text.Normalize(latin)), func(r rune) bool { return r < 'a' || r > 'z' })
	if len(words) < 2 || len(words) > 4 {
		return false
	}
	spelt := func(s, as string) bool { return s == as || s == strings.ReplaceAll(as, "lv", "lu") }
	first, last := words[0], words[len(words)-1]
	return spelt(first, family) && spelt(strings.Join(words[1:], ""), given) ||
		spelt(last, family) && spelt(strings.Join(words[:len(words)-1], ""), given)
}
