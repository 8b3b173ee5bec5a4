package page

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"marsad/lang/pack"
	"marsad/news"
)

// FuzzByline asserts what holds of every name that a byline gives: no digits, no addresses, nothing that is said before a name, and no
// name twice.
func FuzzByline(f *testing.F) {
	for _, s := range [...]string{"By Jane Doe and John Roe, AP", "Von Anna Berg | Foto: Jan Harms", "記者王曉明／台北報導", "글 김하늘 기자 사진 이바다", "بقلم سلمى الحداد وكريم البستاني", "＝", "by by by", "文・", "A. B. C. D.", "https://a.example/b", "x@y.example (X Y)", "(（[【〔", "و و و"} {
		f.Add(s, uint8(len(s)))
	}
	packs := pack.All()
	f.Fuzz(func(t *testing.T, s string, k uint8) {
		lang := packs[int(k)%len(packs)].Lang
		lex := lexiconOf(lang)
		names := readByline(s, lang)
		for i, n := range names {
			switch {
			case strings.ContainsFunc(n, unicode.IsDigit), strings.ContainsAny(n, "@/:|<>\n"), n != strings.TrimSpace(n), n == "":
				t.Errorf("%q in %s gives the name %q", s, lang, n)
			case lex.say(squash(n)).whole&(saysBy|saysAnd|saysStaff) != 0:
				t.Errorf("%q in %s gives %q, which is no name", s, lang, n)
			case slices.ContainsFunc(names[:i], func(m string) bool { return same(m, n) }):
				t.Errorf("%q in %s gives %q twice", s, lang, n)
			}
		}
	})
}

// FuzzStamp asserts that a moment read from anything lies in the years that pages speak of.
func FuzzStamp(f *testing.F) {
	for _, s := range [...]string{"令和6年6月7日 10時30分", "15 ม.ค. 2567", "二〇二四年六月十九日", "Updated June 20, 2024 Published June 19, 2024", "1403/05/13", "2020-12-05T23:15:0Z", "民國113年", "〇〇〇〇年", "十十十月", "ม.ค."} {
		f.Add(s, uint8(len(s)))
	}
	packs := pack.All()
	f.Fuzz(func(t *testing.T, s string, k uint8) {
		d := dateReader{lex: lexiconOf(packs[int(k)%len(packs)].Lang)}
		if st, ok := d.stamp(s, news.FromText); ok && (st.Time.Year() < firstYear-1 || st.Time.Year() > lastYear+1) {
			t.Errorf("%q is %v", s, st.Time)
		}
	})
}

// FuzzCredit asserts that a caption and its credit are words of what they were taken from.
func FuzzCredit(f *testing.F) {
	for _, s := range [...]string{"The ferry (Reuters)", "渡し船＝山田花子撮影", "Prom. Fot. Ewa Lisiak", "FILE PHOTO: A. B/C", "（图/新华社）", "Foto:", "©", "(((", "撮影"} {
		f.Add(s, uint8(len(s)))
	}
	packs := pack.All()
	f.Fuzz(func(t *testing.T, s string, k uint8) {
		caption, credit := splitCredit(lexiconOf(packs[int(k)%len(packs)].Lang), s)
		if !strings.Contains(s, caption) || !strings.Contains(s, credit) {
			t.Errorf("%q gives %q and %q", s, caption, credit)
		}
	})
}
