package entity

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsad/lang/pack"
	"marsad/text"
)

// longArticle gives about 700 words of our own sentences, over and over.
func longArticle(lang string) string {
	body, err := os.ReadFile(filepath.Join("testdata", lang+".txt"))
	if err != nil {
		return ""
	}
	words := strings.Fields(string(body))
	var b strings.Builder
	for i := 0; i < 700; i++ {
		b.WriteString(words[i%len(words)])
		if i%70 == 69 {
			b.WriteString("\n\n")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func BenchmarkFind(b *testing.B) {
	for _, lang := range []string{"ar", "en", "ru"} {
		b.Run(lang, func(b *testing.B) {
			d := text.Analyze(longArticle(lang), pack.For(lang))
			names := Default()
			names.Find(d)
			b.ReportAllocs()
			for b.Loop() {
				names.Find(d)
			}
		})
	}
}
