package text

import "testing"

// TestArabicStems sees that a word and its plural, its feminine adjective and what belongs to somebody have one stem, and that names and nouns
// of different things have not.
func TestArabicStems(t *testing.T) {
	stem := func(s string) string { return Stem(Normalize(s), "arabic") }
	for _, same := range [][]string{
		{"انفجار", "انفجارات", "انفجارا", "انفجاراتها"}, {"غارة", "غارات", "غاراته"}, {"هجوم", "هجمات", "هجوما"}, {"زلزال", "زلازل", "زلزالا"},
		{"مطار", "مطارات"}, {"طائرة", "طائرات", "طائراتهم"}, {"رئيس", "رؤساء", "رئيسة", "رئيسها", "رئيسا"}, {"قتيل", "قتلى", "قتيلا"},
		{"ميناء", "موانئ"}, {"فلسطيني", "فلسطينية", "فلسطينيين", "فلسطينيون"}, {"حكومة", "حكومات", "حكومته"}, {"وزارة", "وزارات", "وزارتها"},
		{"مسؤول", "مسؤولين", "مسؤولون"}, {"محكمة", "محاكم"}, {"مؤتمر", "مؤتمرات"}, {"عملية", "عمليات"}, {"اتفاق", "اتفاقات", "اتفاقا"},
	} {
		for _, s := range same[1:] {
			if stem(s) != stem(same[0]) {
				t.Errorf("%s: %s, %s: %s", same[0], stem(same[0]), s, stem(s))
			}
		}
	}
	for _, other := range [][2]string{
		{"مدرسة", "مدرس"}, {"جامعة", "جامع"}, {"مكتبة", "مكتب"}, {"عملية", "عملي"}, {"سليمان", "سليم"}, {"حسين", "حسن"},
		{"سوريا", "سوري"}, {"روسيا", "روسي"}, {"أوكرانيا", "أوكراني"}, {"بوتين", "بوت"}, {"لبنان", "لبن"},
	} {
		if stem(other[0]) == stem(other[1]) {
			t.Errorf("%s and %s have one stem, %s", other[0], other[1], stem(other[0]))
		}
	}
	for _, s := range []string{"", "ا", "ه", "ات", "ين"} {
		if got := stem(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}
