package entity_test

import (
	"slices"
	"testing"

	"marsad/entity"
	"marsad/lang/pack"
	"marsad/text"
)

// TestNamesAndTheirEnds holds where names begin and end beside verbs, titles, heads and other names, in scripts with and without capitals.
func TestNamesAndTheirEnds(t *testing.T) {
	for _, c := range []struct {
		lang, s string
		want    []string // kind and words
	}{
		{"ru", "Глава Гильдии портов Сароники Даная Василаки ушла в отставку.", []string{"ORG Гильдии портов Сароники"}},
		{"ru", "Об этом сообщил представитель Гильдии портов Сароники Эрнест Калл.", []string{"ORG Гильдии портов Сароники", "PER Эрнест Калл"}},
		{"ru", "В Минобороны и МЧС это опровергли.", []string{"ORG Минобороны", "ORG МЧС"}},
		{"ar", "أفادت صحيفة الفجر بأن الجسر أغلق.", []string{"ORG صحيفة الفجر"}},
		{"ar", "اتهم فادي قرنفل الشركة بإخفاء النتائج.", []string{"PER فادي قرنفل"}},
		{"ar", "وقال محمد ماجد العيطان مدير الميناء إن السفن عادت.", []string{"PER محمد ماجد العيطان"}},
		{"ar", "وتراجعت مبيعات شركة لومينروت الأمر الذي أقلق السوق.", []string{"ORG شركة لومينروت"}},
		{"zh", "塞拉姆·克里奇没有排除再次参选的可能性。", []string{"PER 塞拉姆·克里奇"}},
		{"zh", "尤素福·德米尔威胁起诉。", []string{"PER 尤素福·德米尔"}},
		{"zh", "苏丹红新月会称，道路已中断。", []string{"ORG 苏丹红新月会"}},
		{"he", "שרה גולדמן האשימה את החברה בהסתרת מידע.", []string{"PER שרה גולדמן"}},
		{"fa", "رضا پناهی، مدیر شرکت، استعفا کرد.", []string{"PER رضا پناهی"}},
		{"fr", "La réunion aura lieu lundi.", nil},
		{"de", "Das Ministerium wollte die Zahlen nicht bestätigen.", nil},
		{"en", "The report by Boston University was read aloud.", []string{"ORG Boston University"}},
	} {
		var got []string
		for _, m := range entity.Default().Find(text.Analyze(c.s, pack.For(c.lang))) {
			got = append(got, string(m.Kind)+" "+c.s[m.Start:m.End])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.s, got, c.want)
		}
	}
}
