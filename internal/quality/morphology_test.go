package quality

import (
	"testing"

	"marsad/entity"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// TestMorphology asks for words in one form of texts that have another, and of texts that have a word which only looks like it.
func TestMorphology(t *testing.T) {
	for _, l := range []struct {
		lang          string
		found, others [][2]string // what is asked for, and the text
		floor         float64
	}{
		{"ar", [][2]string{
			{"زلازل", "ضرب زلزال قوي المدينة"}, {"زلزال", "بعد الزلازل التي ضربت"}, {"انفجارات", "وقع انفجار في الميناء"}, {"انفجار", "سمعت الانفجارات"},
			{"هجوم", "سلسلة هجمات"}, {"الهجمات", "في هجوم واحد"}, {"قتلى", "سقط قتيل"}, {"أسير", "تبادل الأسرى"}, {"غارة", "شنت غارات"},
			{"وزير", "اجتماع الوزراء"}, {"رئيس", "رئيسة الحكومة"}, {"فلسطيني", "القضية الفلسطينية"}, {"مسؤول", "قال مسؤولون"}, {"مسؤولين", "وقال المسؤول"},
			{"انتخابات", "لانتخاب رئيس"}, {"حكومة", "شكل حكومته"}, {"مطار", "في مطارات البلاد"}, {"اتفاق", "وقعا اتفاقا"}, {"موانئ", "إلى الميناء"},
			{"لجنة", "أمام اللجان"}, {"مظاهرة", "خرجت مظاهرات"}, {`"هجوم صاروخي"`, "بعد هجمات صاروخية"},
		}, [][2]string{
			{"مدرس", "في مدرسة"}, {"جامع", "طلاب الجامعة"}, {"مكتب", "في المكتبة"}, {"سليم", "قال سليمان"}, {"لبن", "في لبنان"}, {"روسي", "في روسيا"},
			{"حسن", "قال حسين"}, {"عملي", "خلال العملية"},
		}, .95},
		{"ru", [][2]string{
			{"землетрясения", "произошло землетрясение"}, {"выборы", "на выборах"}, {"пожар", "тушат пожары"}, {"самолет", "крушение самолётов"},
			{"Путин", "встреча с Путиным"}, {"Киев", "в Киеве"}, {"соглашение", "текст соглашений"}, {"заложники", "освобождены трое заложников"},
		}, nil, .85},
		{"de", [][2]string{
			{"Häuser", "ein Haus brannte"}, {"Wahl", "nach den Wahlen"}, {"Präsident", "des Präsidenten"}, {"Geiseln", "die Geisel"}, {"Minister", "die Ministerinnen"},
			{"Anschlag", "nach den Anschlägen"}, {"Bürger", "die Bürgerinnen"}, {"Inseln", "auf der Insel"}, {"Verträge", "des Vertrags"}, {"Polizist", "zwei Polizistinnen"}, {"Demonstranten", "ein Demonstrant"},
		}, [][2]string{{"Termine", "zum Term"}, {"Platin", "eine Platte"}, {"Medizin", "die Medien"}, {"gewinnen", "ein Gewehr"}}, .9},
		{"tr", [][2]string{
			{"deprem", "depremin merkezi"}, {"otel", "otelinde çıkan"}, {"ISTANBUL", "İstanbul'da"}, {"seçim", "seçimlerde"}, {"ateşkes", "ateşkesin"},
			{"saldırı", "saldırılarda"}, {"kaza", "kazada"}, {"patlama", "patlamalar"}, {"rehine", "rehinelerin"}, {"yangın", "yangınlarda"}, {"liman", "limanlarından"}, {"bakan", "bakanlar"}, {"ülke", "ülkelerden"},
		}, [][2]string{{"liman", "lider"}, {"seçim", "seçenekler"}}, .85},
		{"es", [][2]string{{"elecciones", "tras la elección"}, {"terremotos", "el terremoto"}, {"heridos", "un herido"}, {"eleccion", "elección"}}, nil, .9},
		{"fr", [][2]string{{"élections", "après l'élection"}, {"otages", "un otage"}, {"elections", "les élections"}, {"blessés", "un blessé"}}, nil, .9},
		{"en", [][2]string{{"earthquakes", "an earthquake hit"}, {"hostage", "all hostages"}, {"resigned", "she resigns"}, {"killing", "was killed"}}, nil, .9},
		{"zh", [][2]string{{"地震", "发生6.2级地震"}, {"總統", "美国总统说"}, {"总统", "美國總統說"}, {"美聯儲", "美联储宣布"}}, nil, .9},
	} {
		var c storyTally
		for _, x := range l.found {
			c.there++
			if asksOf(t, l.lang, x) {
				c.hit++
			} else {
				t.Logf("%s: %s is not found in %s", l.lang, x[0], x[1])
			}
		}
		for _, x := range l.others {
			if asksOf(t, l.lang, x) {
				t.Errorf("%s: %s is found in %s", l.lang, x[0], x[1])
			}
		}
		measureStory(t, "morphology/"+l.lang+"/found", c.recall(), 0, .9, l.floor)
	}
}

func asksOf(t *testing.T, lang string, x [2]string) bool {
	q, err := query.Parse(x[0])
	if err != nil {
		t.Fatal(err)
	}
	doc := text.Analyze(x[1], pack.For(lang))
	d := match.NewDoc(news.Article{ID: 1, Lang: lang, Text: x[1]}, news.Analysis{}, doc, news.Source{})
	got, _ := match.Compile(q, match.ByEntity(entity.Default())).Run(d)
	return got
}
