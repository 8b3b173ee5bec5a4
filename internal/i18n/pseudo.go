package i18n

import (
	"strings"
	"sync"
)

// Pseudo is the locale that no person reads: English letters with marks, a third longer and written from right to left, so that a
// word that bypasses the catalog, a box that is too narrow and a physical left or right strike the eye.
const Pseudo = "qps"

var pseudo = sync.OnceValue(func() *catalog {
	en := load()["en"]
	c := &catalog{Language: Language{Tag: Pseudo, Name: "Pseudo", Dir: "rtl", Draft: true}, phrases: map[string]map[string]string{}, lists: en.lists, plural: en.plural}
	for key, forms := range en.phrases {
		c.phrases[key] = map[string]string{}
		for category, s := range forms {
			if !strings.HasPrefix(key, "number.") && !strings.HasPrefix(key, "list.") && !strings.HasPrefix(key, "language.") {
				s = stretch(s)
			}
			c.phrases[key][category] = s
		}
	}
	return c
})

var accents = strings.NewReplacer("a", "á", "e", "é", "i", "í", "o", "ó", "u", "ú", "c", "ç", "n", "ñ", "A", "Á", "E", "É", "I", "Í", "O", "Ó", "U", "Ú")

// stretch accents a phrase outside of its braces and lengthens it.
func stretch(s string) string {
	var b strings.Builder
	b.WriteString("⟦")
	for rest := s; rest != ""; {
		before, after, ok := strings.Cut(rest, "{")
		b.WriteString(accents.Replace(before))
		if !ok {
			break
		}
		name, more, _ := strings.Cut(after, "}")
		b.WriteString("{" + name + "}")
		rest = more
	}
	b.WriteString(strings.Repeat("·", len(s)/4))
	b.WriteString("⟧")
	return b.String()
}
