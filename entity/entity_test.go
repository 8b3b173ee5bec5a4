package entity

import (
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

func find(t testing.TB, names *Names, lang, s string) map[string]news.Mention {
	t.Helper()
	out := map[string]news.Mention{}
	d := text.Analyze(s, pack.For(lang))
	ms := names.Find(d)
	check(t, d, ms)
	for _, m := range ms {
		out[s[m.Start:m.End]] = m
	}
	return out
}

// check holds for every text: spans lie inside it, on rune boundaries, in order and apart, and a known name has an entity.
func check(t testing.TB, d *text.Doc, ms []news.Mention) {
	t.Helper()
	end := 0
	for _, m := range ms {
		switch {
		case m.Start < end || m.End <= m.Start || m.End > len(d.Text):
			t.Fatalf("span %d-%d after %d in %d bytes", m.Start, m.End, end, len(d.Text))
		case !utf8.RuneStart(d.Text[m.Start]) || m.End < len(d.Text) && utf8.ValidString(d.Text) && !utf8.RuneStart(d.Text[m.End]):
			t.Fatalf("span %d-%d splits a rune of %q", m.Start, m.End, d.Text)
		case m.Known && (m.Entity == "" || m.Name == ""):
			t.Fatalf("known, but nobody: %+v", m)
		case m.Score <= 0 || m.Score > 1 || m.Rule == "":
			t.Fatalf("score or rule of %+v", m)
		}
		end = m.End
	}
}

// TestNamesakes: a family name behind a given name that no list has with it is somebody else's, there and later; names with particles and
// hyphens are whole, and titles no part of them.
func TestNamesakes(t *testing.T) {
	for _, c := range []struct{ lang, text, words, name string }{
		{"pt", "O senador Flávio Bolsonaro acusou o governo. Bolsonaro riu.", "Flávio Bolsonaro", "Flávio Bolsonaro"},
		{"de", "Der Vorstand der Oldmere AG, Peter Lindner, sagte nichts. Sie warf Lindner vor, zu lügen.", "Lindner", "Peter Lindner"},
		{"en", "Environment Secretary Helen Marsh was heckled on Monday.", "Helen Marsh", "Helen Marsh"},
		{"en", "Chief Executive Anneke van der Velde told analysts so. Then van der Velde left.", "van der Velde", "Anneke van der Velde"},
		{"pt", "A viúva, Maria de Lourdes dos Santos Pereira, contou tudo.", "Maria de Lourdes dos Santos Pereira", "Maria de Lourdes dos Santos Pereira"},
		{"de", "Sie warfen dem Angeklagten Thomas von der Osten-Sacken vieles vor.", "Thomas von der Osten-Sacken", "Thomas von der Osten-Sacken"},
		{"zh", "台灣總統府發言人否認。", "台灣", "台湾"},
		{"fr", "Le chef d'état-major, le général Fabien Mandon, a parlé.", "Fabien Mandon", "Fabien Mandon"},
	} {
		m, ok := find(t, Default(), c.lang, c.text)[c.words]
		if !ok || m.Name != c.name || m.Kind == news.Person && m.Known {
			t.Errorf("%s: %q is %+v, want %q", c.text, c.words, m, c.name)
		}
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ lang, text, words, entity string }{
		{"ar", "وصل إلى وروسيا", "روسيا", "Q159"},
		{"ar", "جاء في بيان بالكرملين", "الكرملين", "Q133274"},
		{"ar", "رسالة للولايات المتحدة", "للولايات المتحدة", "Q30"},
		{"ar", "قال وزير الدفاع أندريه بيلوسوف", "أندريه بيلوسوف", "Q4082839"},
		{"ar", "قال الرئيس ماكرون", "ماكرون", "Q3052772"},
		{"ar", "شركتي Planet Labs وMaxar Technologies", "Maxar Technologies", "m:maxar"},
		{"ru", "переговоры с Путиным", "Путиным", "Q7747"},
		{"ru", "стены Кремля", "Кремля", "Q133274"},
		{"ru", "встреча с Владимиром Путиным", "Владимиром Путиным", "Q7747"},
		{"ru", "в Организации Объединённых Наций", "Организации Объединённых Наций", "Q1065"},
		{"uk", "зустріч із Зеленським", "Зеленським", "Q3874799"},
		{"en", "the U.S. and Putin's Russia", "Putin", "Q7747"},
		{"en", "a house in Davis, California", "California", "Q99"},
		{"en", "the National Security Council met", "National Security Council", "m:us-national-security-council"},
		{"fr", "la guerre de l'Ukraine", "Ukraine", "Q212"},
		{"de", "Kritik an Putins Politik", "Putins", "Q7747"},
		{"tr", "Putin'in ziyareti", "Putin", "Q7747"},
		{"zh", "俄罗斯总统普京访问朝鲜", "普京", "Q7747"},
		{"ko", "푸틴은 평양에 도착했다", "푸틴은", "Q7747"},
		{"en", "It rained. The Netherlands won.", "Netherlands", "Q55"},
		{"de", "Es regnet. Der Rhein steigt.", "Rhein", "m:rhine"},
		{"zh", "他在厦门工作", "厦门", "geonames:1790645"},
		{"he", "נשיא רוסיה ולדימיר פוטין", "ולדימיר פוטין", "Q7747"},
		{"fa", "ولادیمیر پوتین در پیونگ یانگ", "ولادیمیر پوتین", "Q7747"},
	} {
		if m := find(t, Default(), c.lang, c.text)[c.words]; m.Entity != c.entity || !m.Known {
			t.Errorf("%s: %q in %q is %+v, want %s", c.lang, c.words, c.text, m, c.entity)
		}
	}
}

func TestFindsNobodyThere(t *testing.T) {
	for _, c := range []struct{ lang, text, words string }{
		{"ar", "زار المدينة أمس", "المدينة"},
		{"ar", "الاقتصاد الروسية والحرب الروسية", "الروسية"},
		{"en", "Michael Jordan scored again", "Jordan"},
		{"en", "they told us so", "us"},
		{"en", "Nice weather, Reading is fun", "Reading"},
		{"en", "Lyudmila Putin spoke", "Putin"},
		{"fr", "un homme est venu", "un"},
		{"en", "Medvedev spoke with Mr Hill", "Hill"},
		{"zh", "内政部宣布结果有效", "布"},
		{"ar", "حاولوا النيل من خصومهم", "النيل"},
	} {
		if m, ok := find(t, Default(), c.lang, c.text)[c.words]; ok && m.Known {
			t.Errorf("%s: %q in %q is taken for %+v", c.lang, c.words, c.text, m)
		}
	}
}

func TestJoins(t *testing.T) {
	for _, c := range []struct{ lang, text, words, entity, rule string }{
		{"en", "Kim Jong Un came. Kim smiled.", "Kim", "Q56226", "surname"},
		{"ar", "وصل كيم جونغ أون. وابتسم كيم.", "كيم", "Q56226", "surname"},
		{"en", "Vladimir Putin came. The Russian president smiled.", "Russian president", "Q7747", "title"},
		{"en", "Vladimir Putin came. The president of Russia smiled.", "president", "Q7747", "title"},
		{"ar", "وصل فلاديمير بوتين. وابتسم الرئيس الروسي.", "الرئيس الروسي", "Q7747", "title"},
		{"ru", "Приехал Сергей Лавров. Министр иностранных дел России молчал.", "Министр иностранных дел", "Q58217", "title"},
	} {
		if m := find(t, Default(), c.lang, c.text)[c.words]; m.Entity != c.entity || !strings.HasPrefix(m.Rule, c.rule) {
			t.Errorf("%q in %q is %+v, want %s by %s", c.words, c.text, m, c.entity, c.rule)
		}
	}
	for _, c := range []struct{ lang, text, words string }{
		{"en", "Kim smiled at the crowd.", "Kim"},
		{"en", "Vladimir Putin came. The former Russian president smiled.", "Russian president"},
		{"en", "Donald Trump met Joe Biden. The US president smiled.", "US president"},
		{"en", "The Russian president smiled.", "Russian president"},
		{"en", "Vladimir Putin came. The president of the club smiled.", "president"},
		{"de", "Olaf Scholz kam. Der Kanzler der Universität lachte.", "Kanzler"},
	} {
		if m, ok := find(t, Default(), c.lang, c.text)[c.words]; ok && m.Known {
			t.Errorf("%q in %q is said to be %s", c.words, c.text, m.Entity)
		}
	}
}

func TestCandidates(t *testing.T) {
	for _, c := range []struct {
		lang, text, words string
		kind              news.MentionKind
	}{
		{"en", "Professor Jane Goodwin said so.", "Jane Goodwin", news.Person},
		{"en", "A study by Northfield University said so.", "Northfield University", news.Org},
		{"ru", "Об этом сказала профессор Мария Соколова.", "Мария Соколова", news.Person},
		{"en", "Carmela Zerafa, shift leader of the pilots, said the ship had turned.", "Carmela Zerafa", news.Person},
		{"en", "The ship turned, said Carmela Zerafa.", "Carmela Zerafa", news.Person},
		{"en", "They met Ms Zerafa there.", "Zerafa", news.Person},
		{"en", "The ferry belongs to the Guild of Pelican Ports.", "Guild of Pelican Ports", news.Org},
		{"en", "They sailed over Lake Zerafa at noon.", "Zerafa", news.Place},
		{"en", "Late in the game Ollie Watkins and Xavi Simons scored.", "Xavi Simons", news.Person},
		{"en", "Teenager Lamine Yamal scored.", "Lamine Yamal", news.Person},
		{"en", "The adviser, Chang Ho-jin, spoke in Seoul.", "Chang Ho-jin", news.Person},
		{"de", "In der 90. Minute traf Barbora Zerafa.", "Barbora Zerafa", news.Person},
		{"fr", "Il a remis la lettre à la Ligue des ports du Zerafa.", "Ligue des ports du Zerafa", news.Org},
		{"es", "El barco ha girado, dijo Carmela Zerafa.", "Carmela Zerafa", news.Person},
		{"ru", "Корабль повернул, — сказала Кармела Зерафа.", "Кармела Зерафа", news.Person},
		{"ru", "Мэр Давид Штерн ушёл. Адвокат Штерна Рут Адлер молчит.", "Рут Адлер", news.Person},
		{"ru", "Об этом узнали в компании «Синий парус».", "Синий парус", news.Org},
		{"zh", "校长塔博·塞莱告诉记者。", "塔博·塞莱", news.Person},
		{"zh", "昨天，沈若澜说船已转向。", "沈若澜", news.Person},
		{"ar", "وقال الدكتور سمير الحلبي أستاذ العلوم السياسية إن الزيارة مهمة.", "سمير الحلبي", news.Person},
	} {
		m, ok := find(t, Default(), c.lang, c.text)[c.words]
		if !ok || m.Kind != c.kind || m.Known {
			t.Errorf("%q in %q is %+v", c.words, c.text, m)
		}
	}
}

// TestOneName has a person whom nobody knows in two scripts.
func TestOneName(t *testing.T) {
	got := find(t, Default(), "ar", "وقال الدكتور سمير الحلبي إن الزيارة مهمة. ونشرت صحيفة مقالا بقلم Samir Halabi أمس، ومقالا بقلم Robert Quindlen.")
	if m := got["Samir Halabi"]; m.Name != "سمير الحلبي" || m.Known {
		t.Errorf("%+v", got)
	}
	if m, ok := got["Robert Quindlen"]; ok && m.Name != "Robert Quindlen" {
		t.Errorf("%+v", m)
	}
}

// TestNoCandidates has capitals that name nobody: of a headline, of a sentence's beginning, of all German nouns.
func TestNoCandidates(t *testing.T) {
	for _, c := range []struct{ lang, text, words string }{
		{"en", "Zerafa spoke. Although Zerafa said so, nobody came.", "Although Zerafa"},
		{"en", "Crane Rollers Wear Down Quickly, Said Harbour Board Today", "Crane Rollers"},
		{"en", "The owner, Pelican Maps, said so.", "Pelican Maps"},
		{"en", "A storm hit the Danish island again.", "Danish"},
		{"de", "Das sagte Grüner Kran am Kai.", "Grüner Kran"},
		{"es", "Suma cuatro Grand Slam y una copa.", "Grand Slam"},
		{"es", "Habló el jefe del Estado Mayor de la Defensa.", "Mayor"},
		{"en", "They met at Centre Court and in the Austin Tower building.", "Austin Tower"},
		{"zh", "军方，王方面说没有。", "王方面"},
	} {
		if m, ok := find(t, Default(), c.lang, c.text)[c.words]; ok {
			t.Errorf("%q in %q is %+v", c.words, c.text, m)
		}
	}
}

// TestFindTexts reads three whole texts and wants these entities and no others among the known.
func TestFindTexts(t *testing.T) {
	common := "Q7747 Q56226 Q18808 Q423 Q133274 Q35525 Q30 Q61 m:john-kirby m:us-national-security-council Q4082839 Q58217 Q4321847 " +
		"m:planet-labs m:maxar Q1764511 Q38 Q42308 Q130879 Q649"
	for lang, more := range map[string]string{
		"en": "Q212 m:rodong-sinmun m:kim-il-sung-square geonames:4691930 Q1439",
		"ar": "Q212 m:rodong-sinmun m:kim-il-sung-square Q159 Q145",
		"ru": "Q159 Q41117 Q1065 Q311440 Q1899 Q851",
	} {
		body, err := os.ReadFile(filepath.Join("testdata", lang+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]bool{}
		for _, id := range strings.Fields(common + " " + more) {
			want[id] = true
		}
		for words, m := range find(t, Default(), lang, string(body)) {
			if m.Known && !want[m.Entity] {
				t.Errorf("%s: %q is said to be %s, by %s", lang, words, m.Entity, m.Rule)
			}
		}
		for id := range want {
			found := false
			for _, m := range find(t, Default(), lang, string(body)) {
				found = found || m.Entity == id && m.Known
			}
			if !found {
				t.Errorf("%s: %s is not found", lang, id)
			}
		}
	}
}

func TestEntity(t *testing.T) {
	e, ok := Default().Entity("Q7747")
	if !ok || e.Kind != news.Person || e.Country != "RU" || e.Names["ar"][0] != "فلاديمير بوتين" || len(e.Offices) == 0 {
		t.Fatalf("%+v", e)
	}
	if n := Default().Name("Q7747", "ru-RU"); n != "Владимир Путин" {
		t.Errorf("Russian name %q", n)
	}
	if n := Default().Name("Q7747", "xx"); n != "Vladimir Putin" {
		t.Errorf("a language without a name got %q", n)
	}
	if e, ok := Default().Entity("m:andrei-belousov"); !ok || e.ID != "Q4082839" || ID("Q7747") != "Q7747" {
		t.Errorf("an id of old is %+v", e)
	}
	for old, id := range renamed() {
		if _, ok := Default().Entity(id); !ok || strings.HasPrefix(id, "m:") {
			t.Errorf("%s was renamed %s, which is nobody", old, id)
		}
	}
	if n := Default().Name("nobody", "en"); n != "" {
		t.Errorf("nobody is called %q", n)
	}
	if e, _ := Default().Entity("Q42308"); e.Lat < 49 || e.Lat > 51 || e.Lon < 35 || e.Lon > 37 {
		t.Errorf("Kharkiv lies at %v %v", e.Lat, e.Lon)
	}
}

// TestDefault reads every record of the embedded table.
func TestDefault(t *testing.T) {
	n := Default()
	if entities, aliases := n.Len(); entities < 20000 || aliases < 100000 {
		t.Fatalf("%d entities, %d aliases", entities, aliases)
	}
	for _, kind := range []news.MentionKind{news.Person, news.Place, news.Org} {
		for _, id := range n.IDs(kind) {
			e, ok := n.Entity(id)
			if !ok || e.ID != id || e.Kind != kind || len(e.Names) == 0 {
				t.Fatalf("%s: %+v", id, e)
			}
		}
	}
}

// TestBuildIsStable builds a table twice, and reads back what went in.
func TestBuildIsStable(t *testing.T) {
	list := []Entity{{ID: "b", Kind: news.Org, Country: "FR", Names: map[string][]string{"fr": {"Société Néant"}, "en": {"Void Company"}}},
		{ID: "a", Kind: news.Person, Names: map[string][]string{"en": {"Ann Other"}}, Offices: []Office{{Title: "mayor", Of: "FR", From: "2020", Current: true}}}}
	raw := Build(list)
	if raw != Build(list) {
		t.Fatal("two tables of one list differ")
	}
	tb, err := open(raw)
	if err != nil {
		t.Fatal(err)
	}
	i, ok := tb.find("a")
	if !ok || tb.entity(i).Offices[0] != list[1].Offices[0] || tb.name(i, "fr") != "Ann Other" {
		t.Fatalf("%v %+v", ok, tb.entity(i))
	}
	for cut := 0; cut < len(raw); cut += 7 {
		if _, err := open(raw[:cut]); err == nil && cut < headWords*4 {
			t.Fatalf("a table of %d bytes opened", cut)
		}
	}
}

func TestWith(t *testing.T) {
	names, err := Default().With([]Alias{{ID: "x1", Name: "Zorblax Industries", Kind: news.Org}, {ID: "x2", Name: "Quill Farnham-Tobe"}, {ID: "mine", Name: "Rodong Sinmun", Kind: news.Org}})
	if err != nil {
		t.Fatal(err)
	}
	got := find(t, names, "en", "Zorblax Industries hired Quill Farnham-Tobe, said Rodong Sinmun in Pyongyang.")
	for words, id := range map[string]string{"Zorblax Industries": "x1", "Quill Farnham-Tobe": "x2", "Rodong Sinmun": "mine", "Pyongyang": "Q18808"} {
		if got[words].Entity != id {
			t.Errorf("%q is %q, want %q", words, got[words].Entity, id)
		}
	}
	if _, ok := find(t, Default(), "en", "Zorblax Industries")["Zorblax Industries"]; ok {
		t.Error("a list changed the shared names")
	}
}

// TestFindDamagedTexts damages our texts in many ways and reads them in languages that they may not be in: what holds for every text
// holds.
func TestFindDamagedTexts(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	langs := []string{"ar", "en", "ru", "zh", "ko", "tr", "xx", "de", "he"}
	for i := range 600 {
		body, err := os.ReadFile(filepath.Join("testdata", langs[i%3]+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		d := text.Analyze(string(damage(r, body)), pack.For(langs[r.Intn(len(langs))]))
		check(t, d, Default().Find(d))
	}
}

// damage overwrites, cuts out, doubles and splits pieces.
func damage(r *rand.Rand, b []byte) []byte {
	for range 1 + r.Intn(60) {
		if len(b) < 10 {
			break
		}
		from := r.Intn(len(b))
		to := from + r.Intn(min(60, len(b)-from))
		switch r.Intn(4) {
		case 0:
			b[from] = byte(r.Intn(256))
		case 1:
			b = slices.Delete(b, from, to)
		case 2:
			b = slices.Insert(b, to, slices.Clone(b[from:to])...)
		case 3:
			b = slices.Insert(b, from, ' ')
		}
	}
	return b
}

func FuzzFind(f *testing.F) {
	for _, lang := range []string{"ar", "en", "ru"} {
		body, _ := os.ReadFile(filepath.Join("testdata", lang+".txt"))
		f.Add(string(body), lang)
	}
	f.Add("Mr. \xff Putin\n\n. the والكرملين", "ar")
	f.Add("普京普京普京 金正恩", "zh")
	f.Add("푸틴은푸틴 Kim\u200fKim's’s", "ko")
	f.Fuzz(func(t *testing.T, s, lang string) {
		d := text.Analyze(s, pack.For(lang))
		check(t, d, Default().Find(d))
	})
}
