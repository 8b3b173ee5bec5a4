package quote_test

import (
	"strings"
	"testing"

	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/quote"
	"marsad/text"
)

// named marks the words of one name in a text, in a mention of the given kind; a "?" before them makes it a mere candidate.
func named(body string, names map[string]news.MentionKind) (out []news.Mention) {
	for words, kind := range names {
		name := strings.TrimPrefix(words, "?")
		if i := strings.Index(body, name); i >= 0 {
			out = append(out, news.Mention{Span: news.Span{Start: i, End: i + len(name)}, Kind: kind, Name: name, Known: name == words, Entity: name})
		}
	}
	return out
}

// TestWhoIsThankedDoesNotSpeak: a name behind a verb that takes an object is that object, unless the text shows that it is the
// subject; and a verb before a name is no part of it.
func TestWhoIsThankedDoesNotSpeak(t *testing.T) {
	for _, c := range []struct {
		text, who string
		names     map[string]news.MentionKind
	}{
		{"سخر زلفان من الخطوط عندما شكر طنجة على “دعمها الثابت” للرصيف.", "زلفان", map[string]news.MentionKind{"طنجة": news.Place}},
		{"وعندما شكر طنجة على “دعمها الثابت” للرصيف صفق الجميع.", "", map[string]news.MentionKind{"طنجة": news.Place}},
		{"وهاجم زلفان طنجة قائلا إنها “لا تحترم أحدا من جيرانها”.", "", map[string]news.MentionKind{"طنجة": news.Place}},
		{"وتروي سلمى العباسي: “كنا نخرج إلى البحر كل ليلة”.", "سلمى العباسي", map[string]news.MentionKind{"?وتروي سلمى العباسي": news.Person}},
		{"وانتقد سامي حداد “العقوبات الظالمة” على بلاده.", "سامي حداد", map[string]news.MentionKind{"سامي حداد": news.Person}},
	} {
		doc := text.Analyze(c.text, pack.For("ar"))
		qs := quote.Find(doc, named(c.text, c.names))
		who := ""
		if len(qs) > 0 && qs[0].Speaker != nil {
			who = c.text[qs[0].Speaker.Start:qs[0].Speaker.End]
		}
		if who != c.who {
			t.Errorf("%s: said by %q, want %q", c.text, who, c.who)
		}
	}
}

// TestNameThatGoesOn: a known name that is the beginning of a longer one is not who speaks.
func TestNameThatGoesOn(t *testing.T) {
	const body = "发言人约翰·克里奇说，桥梁已经关闭。"
	qs := quote.Find(text.Analyze(body, pack.For("zh")), named(body, map[string]news.MentionKind{"约翰·克里": news.Person}))
	if len(qs) != 1 || qs[0].Speaker == nil {
		t.Fatalf("%d quotations", len(qs))
	}
	if s := qs[0].Speaker; s.Entity != "" || body[s.Start:s.End] != "约翰·克里奇" {
		t.Errorf("said by %q (%s)", body[s.Start:s.End], s.Entity)
	}
}

// TestWhoseLawyer: the name that a speaker is called by as somebody's is not the speaker's own.
func TestWhoseLawyer(t *testing.T) {
	for _, c := range []struct{ lang, text, speaker string }{
		{"fr", "L'avocate de M. Stern, Ruth Adler, affirme que son client « nie tout ».", "L'avocate de M. Stern"},
		{"pt", "A oposição acusou o governo de corrupção. “É mentira”, respondeu a senadora Ana Souza.", "Ana Souza"},
		{"de", "Putins Sprecher Dmitri Peskow sagte: „Das ist nicht wahr.“", "Dmitri Peskow"},
		{"de", "„Wir gehen nicht“, sagte Anna Kovacs, deren Bruder Peter Kovacs getötet wurde. „Man hat uns Hilfe versprochen“, fügte sie hinzu.", "Anna Kovacs"},
	} {
		doc := text.Analyze(c.text, pack.For(c.lang))
		qs := quote.Find(doc, entity.Default().Find(doc))
		got := ""
		if last := qs[len(qs)-1]; last.Speaker != nil {
			span := last.Speaker.Span
			if last.Speaker.Named != nil && last.Speaker.End-last.Speaker.Start <= len("sie") {
				span = *last.Speaker.Named
			}
			got = doc.Text[span.Start:span.End]
		}
		if got != c.speaker {
			t.Errorf("%s: %q speaks, want %q", c.text, got, c.speaker)
		}
	}
}

// TestUnknownVerb: who said it follows in words that nobody knows; the speaker before did not.
func TestUnknownVerb(t *testing.T) {
	doc := text.Analyze("斯特恩的律师露丝·阿德勒表示，当事人“否认一切”。“当时天很黑，”一位邻居嘟囔。", pack.For("zh"))
	for _, q := range quote.Find(doc, entity.Default().Find(doc)) {
		if strings.Contains(doc.Text[q.Start:q.End], "天很黑") && q.Speaker != nil {
			t.Errorf("said by %q", doc.Text[q.Speaker.Start:q.Speaker.End])
		}
	}
}
