package letter_test

import (
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/letter"
	"marsad/internal/store"
	mailpkg "marsad/mail"
	"marsad/news"
)

var at = time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)

func desk() letter.Desk {
	return letter.Desk{Base: "https://desk.example", From: mail.Address{Name: "Desk", Address: "desk@desk.example"}, Name: "Desk",
		Token: func(p string, id int64) string { return p + "-tok" }}
}

// entry is an article in which somebody denies something.
func entry(source, words, denier string) store.Entry {
	who := strings.Index(words, denier)
	actor := &news.Actor{Span: news.Span{Start: who, End: who + len(denier)}}
	return store.Entry{Article: news.Article{ID: int64(len(words)), URL: "https://outlet.example/" + strings.ReplaceAll(source, " ", "-"), Lang: "en", Text: words, Published: news.Stamp{Time: at}},
		Analysis: news.Analysis{Claims: []news.Claim{{Span: news.Span{Start: who, End: len(words) - 1}, Stance: news.Denies, Claimant: actor}}}, Source: news.Source{Name: source}}
}

func about(lang string, kind news.ReasonKind) letter.About {
	return letter.About{
		Notice:    news.Notice{ID: "n1", Kind: kind, Planned: at, Due: at, Story: 3},
		Recipient: news.Recipient{ID: 5, Address: "lina@reader.example", Lang: lang, Zone: "Africa/Cairo"},
		Watch:     news.Watch{ID: 8, Name: "Ports"},
		Story:     news.Story{ID: 3, Headline: "Harbour opens", Articles: 3, Independent: 2, FirstAt: at},
		Entry:     entry("Quay Gazette", "The first ship came at dawn. It was late. Nobody minded. The mayor denied a delay.", "The mayor"),
		First:     "Harbour Post",
		Digest:    []letter.Line{{Headline: "Harbour opens", Story: 3, Sources: 2}},
	}
}

func TestEveryKindIsWhole(t *testing.T) {
	for _, lang := range []string{"en", "ar", "es", "fr", "ru", "zh", "fa", "he"} {
		for _, kind := range []news.ReasonKind{news.FirstMatch, news.Breaking, news.NewSources, news.Denial, news.NewHeadline, news.NewNumber, news.NewQuote, news.Correction, news.DigestSlot, news.Optin, news.TestMail} {
			l := desk().For(about(lang, kind))
			raw, err := mailpkg.Compose(l)
			if err != nil {
				t.Fatal(lang, kind, err)
			}
			all := l.Subject + l.Kicker + l.Headline + l.LinkText + l.Why + l.Stop + l.Action + l.Notice + strings.Join(l.Summary, "")
			for _, f := range l.Facts {
				all += f.Label + f.Value + f.More + f.When
			}
			if strings.Contains(all, "[mail.") || l.Subject == "" || l.Headline == "" || l.Link == "" || len(raw) == 0 {
				t.Errorf("%s %s: %+v", lang, kind, l)
			}
		}
	}
}

func TestWhatALetterSays(t *testing.T) {
	l := desk().For(about("en", news.FirstMatch))
	if l.Subject != "Harbour opens" || l.Link != "https://desk.example/stories/3" || l.StopLink != "https://desk.example/unsubscribe/unsubscribe-tok" {
		t.Errorf("%+v", l)
	}
	if len(l.Summary) != 2 || l.Summary[1] != "It was late." {
		t.Errorf("more than two sentences of somebody else's text leave the desk: %q", l.Summary)
	}
	if len(l.By) != 2 || l.By[0].Label != "" || l.By[1].Value != "Quay Gazette" || l.By[1].When == "" || l.By[1].Link != "https://outlet.example/Quay-Gazette" {
		t.Errorf("nothing says whose sentences these are: %+v", l.By)
	}
	if ask := desk().For(about("en", news.Optin)); ask.StopLink != "" || !strings.HasSuffix(ask.Link, "/confirm/confirm-tok") || len(ask.Facts) > 0 {
		t.Errorf("the question tells more than it should: %+v", ask)
	}
}

// TestALetterTellsAllThatWaited names a letter by the strongest thing in it, and says of each whose words it is.
func TestALetterTellsAllThatWaited(t *testing.T) {
	a := about("en", news.NewSources)
	denial := entry("Sea News", "Ships wait. The union denied the strike.", "The union")
	figure := entry("Port Times", "Now 15 ships wait, it said. The agency denied nothing.", "The agency")
	figure.Analysis.Claims[0].Negated = true
	a.Also = []letter.Told{
		{Notice: news.Notice{ID: "n2", Kind: news.Denial, Fact: "denial the union"}, Entry: denial},
		{Notice: news.Notice{ID: "n3", Kind: news.NewNumber, Fact: "number 12 15"}, Entry: figure},
	}
	l := desk().For(a)
	if l.Subject != "Denied: Harbour opens" || l.Kicker != "Denied · New figure · More sources" {
		t.Errorf("%q, %q", l.Subject, l.Kicker)
	}
	want := []string{"The first ship came at dawn.", "It was late.", "The union denied the strike.", "Now 15 ships wait, it said."}
	if !slices.Equal(l.Summary, want) {
		t.Errorf("%q", l.Summary)
	}
	for i, whose := range []string{"", "Quay Gazette", "Sea News", "Port Times"} {
		if l.By[i].Value != whose {
			t.Errorf("%q is said to be of %q", l.Summary[i], l.By[i].Value)
		}
	}
	for _, f := range []mailpkg.Fact{
		{Label: "Denied by", Value: "The mayor", Link: "https://outlet.example/Quay-Gazette"},
		{Label: "Denied by", Value: "The union", More: "Sea News", Link: "https://outlet.example/Sea-News"},
		{Label: "Figure", Value: "from 12 to 15", More: "Port Times"},
	} {
		if !slices.ContainsFunc(l.Facts, func(g mailpkg.Fact) bool {
			return g.Label == f.Label && strings.Trim(strings.NewReplacer("\u2066", "", "\u2069", "").Replace(g.Value), " ") == f.Value && g.More == f.More && (f.Link == "" || f.Link == g.Link)
		}) {
			t.Errorf("no line says %+v:\n%+v", f, l.Facts)
		}
	}
}

// TestSubjects names a letter by its news, in the punctuation of its language, and isolates only what runs against it.
func TestSubjects(t *testing.T) {
	for lang, want := range map[string]string{"en": "Breaking: Harbour opens", "fr": "Urgent\u00a0: Harbour opens", "zh": "突发：Harbour opens", "ar": "عاجل: \u2066Harbour opens\u2069"} {
		if got := desk().For(about(lang, news.Breaking)).Subject; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
	near := about("ar", news.Breaking)
	near.Story.Lang = "en"
	near.Entry.Article.Lang, near.Entry.Article.Headline = "ar", "الميناء يفتح"
	if got := desk().For(near).Subject; got != "عاجل: الميناء يفتح" {
		t.Errorf("a reader of Arabic gets %q, though the article has a headline in Arabic", got)
	}
	near.Recipient.Lang = "fr"
	if got := desk().For(near).Headline; got != "Harbour opens" {
		t.Errorf("a reader of neither language gets %q", got)
	}
	a := about("en", news.DigestSlot)
	for n, want := range []string{"Ports: no stories", "Ports: Harbour opens", "Ports: Harbour opens and 1 more", "Ports: Harbour opens and 2 more"} {
		a.Digest = nil
		for range n {
			a.Digest = append(a.Digest, letter.Line{Headline: "Harbour opens", Story: 3, Sources: 2})
		}
		if got := desk().For(a).Subject; got != want {
			t.Errorf("%d stories: %q, want %q", n, got, want)
		}
	}
}

// TestAListHasItsNewsroomsClock tells the public times in the zone of the list's watch, under the list's name, and dates a copy when it was
// released.
func TestAListHasItsNewsroomsClock(t *testing.T) {
	a := about("en", news.Breaking)
	a.Recipient.Zone, a.Watch.Zone = "", "Asia/Amman"
	l := desk().ForList(a, news.PublicList{Name: "Ports", Slug: "ports"}, "en")
	if l.Masthead != "Ports" || l.When != "Tuesday 3 March 2026" || !strings.HasPrefix(l.By[len(l.By)-1].When, "12:00 (") {
		t.Errorf("%q %q %+v", l.Masthead, l.When, l.By)
	}
	n := a.Notice
	n.Due = at.Add(3 * time.Hour)
	copied := desk().Personal(l, n, news.Recipient{Address: "omar@reader.example"}, letter.Links{Leave: "https://desk.example/l", LeaveMail: "bounces+x@desk.example"})
	if !copied.Date.Equal(n.Due) || copied.StopLink != "https://desk.example/l" || copied.StopMail != "bounces+x@desk.example" {
		t.Errorf("%+v", copied)
	}
}
