package story

import (
	"strings"
	"testing"
	"time"

	"marsad/analysis"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// The same four sentences in six languages; own is another report of what they tell.
var told4 = map[string]string{
	"en": "Two workers died in a fire at the port on Monday. “We asked for new sensors three times,” the union said. The company denied that. The court will hear both sides in eleven days.",
	"fr": "Deux ouvriers sont morts lundi dans un incendie au port. « Nous avons demandé trois fois de nouveaux capteurs », a dit le syndicat. L’entreprise l’a démenti. Le tribunal entendra les deux parties dans onze jours.",
	"es": "Dos trabajadores murieron el lunes en un incendio en el puerto. «Pedimos tres veces nuevos sensores», dijo el sindicato. La empresa lo negó. El tribunal oirá a las dos partes dentro de once días.",
	"ru": "Двое рабочих погибли в понедельник при пожаре в порту. «Мы три раза просили новые датчики», — сказали в профсоюзе. Компания это отрицает. Суд выслушает обе стороны через одиннадцать дней.",
	"ar": "قتل عاملان يوم الاثنين في حريق في الميناء. وقالت النقابة: «طلبنا ثلاث مرات أجهزة استشعار جديدة». ونفت الشركة ذلك. وستستمع المحكمة إلى الجانبين بعد أحد عشر يوما.",
	"zh": "周一，港口发生火灾，两名工人死亡。工会说：“我们三次要求安装新的传感器。”公司予以否认。法院将在十一天后听取双方意见。",
}

const own4 = "Ships were told to stay away from the quay while smoke hung over the town. Schools closed at noon. Insurers expect a bill of many millions of euros. A museum beside the warehouse lost its roof and some paintings."

func readOf(w *Window, lang, s string) *reading {
	d := text.Analyze(s, pack.For(lang))
	a := news.Article{ID: 1, Lang: lang, Text: s, Published: news.Stamp{Time: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC), Zoned: true}}
	return w.read(Input{Article: a, Doc: d, Analysis: analysis.Of(a, d, entity.Default()), Arrived: a.Published.Time})
}

func TestSentencesLieBesideTheirTranslations(t *testing.T) {
	w := NewWindow(Options{})
	own := readOf(w, "en", own4)
	for l, s := range told4 {
		a := readOf(w, l, s)
		for k, other := range told4 {
			if k == l {
				continue
			}
			b := readOf(w, k, other)
			lain := w.beside(&a.article, &b.article)
			n := 0
			for _, c := range lain.chains {
				for _, c := range c {
					if c.a == c.b {
						n++
					}
				}
			}
			if n < 3 {
				t.Errorf("%s beside %s: %v", l, k, lain.chains)
			}
		}
		if c := w.beside(&a.article, &own.article).chains; len(c) > 0 && len(c[0]) > 1 && l != "en" {
			t.Errorf("%s beside a report of its own: %v", l, c)
		}
	}
}

// A trace says what its sentences hold, however long the text and whatever is cut.
func TestTraceIsWhole(t *testing.T) {
	w := NewWindow(Options{})
	for l, s := range told4 {
		for _, n := range []int{1, 3, 30} {
			a := readOf(w, l, strings.Repeat(s+"\n\n", n))
			var buf [maxLines]line
			lines := a.lines(buf[:0])
			if want := min(4*n, maxLines); len(lines) > want || n == 1 && len(lines) != 4 {
				t.Errorf("%s, %d times: %d lines", l, n, len(lines))
			}
			size := 0
			for i, x := range lines {
				size += 2 + len(x.events)
				if x.long == 0 || x.paragraph != (i%4 == 0) {
					t.Errorf("%s: line %d is %+v", l, i, x)
				}
				for _, e := range x.events {
					if e < firstCode && int(e) >= len(a.keys) {
						t.Errorf("%s: event %d of %d keys", l, e, len(a.keys))
					}
				}
			}
			if size != len(a.marks)-len(a.keys) || size > maxTrace {
				t.Errorf("%s: %d bytes of %d", l, size, len(a.marks)-len(a.keys))
			}
		}
	}
}

// Every concept that a pack names is one that the others can name too.
func TestConceptsAreShared(t *testing.T) {
	known := pack.For("en").Story.Concepts
	for _, p := range pack.All() {
		if p.Story == nil {
			continue
		}
		for name, words := range p.Story.Concepts {
			if _, ok := known[name]; !ok {
				t.Errorf("%s: %q is no concept", p.Lang, name)
			}
			if words == "" {
				t.Errorf("%s: no words for %q", p.Lang, name)
			}
		}
	}
}

func TestOutletNamedInText(t *testing.T) {
	for _, c := range []struct {
		outlet, lang, text string
		named              bool
	}{
		{"The Harbour Courier", "en", "The dam held, the Harbour Courier reported.", true},
		{"The Harbour Courier", "en", "A courier came to the harbour.", false},
		{"Le Rivage", "fr", "Selon Le Rivage, le pont a tenu.", true},
		{"Le Rivage", "fr", "Le pont relie un rivage à l’autre.", false},
		{"Волжские вести", "ru", "Об этом пишут «Волжские вести».", true},
		{"وكالة أنباء النهر", "ar", "وقال الوزير لوكالة أنباء النهر إن السد صمد.", true},
		{"海湾新闻网", "zh", "他对海湾新闻网说，大坝没有垮。", true},
		{"", "en", "Nobody said it.", false},
	} {
		o := &outlet{name: plainName(c.outlet)}
		if got := o.namedIn(text.Analyze(c.text, pack.For(c.lang))); got != c.named {
			t.Errorf("%s in %q: %v", c.outlet, c.text, got)
		}
	}
}
