package letter_test

import (
	"net/mail"
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

func about(lang string, kind news.ReasonKind) letter.About {
	return letter.About{
		Notice:    news.Notice{ID: "n1", Kind: kind, Planned: at, Due: at, Story: 3},
		Recipient: news.Recipient{ID: 5, Address: "lina@reader.example", Lang: lang, Zone: "Africa/Cairo"},
		Watch:     news.Watch{ID: 8, Name: "Ports"},
		Story:     news.Story{ID: 3, Headline: "Harbour opens", Articles: 3, Independent: 2, FirstAt: at},
		Entry:     store.Entry{Article: news.Article{Text: "The first ship came at dawn. It was late. Nobody minded.", Published: news.Stamp{Time: at}}, Source: news.Source{Name: "Quay Gazette"}},
		First:     "Harbour Post", Denied: []string{"The mayor"},
		Digest: []letter.Line{{Headline: "Harbour opens", Story: 3, Sources: 2}},
	}
}

func TestEveryKindIsWhole(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		for _, kind := range []news.ReasonKind{news.FirstMatch, news.Breaking, news.NewSources, news.Denial, news.NewHeadline, news.Correction, news.DigestSlot, news.Optin, news.TestMail} {
			l := desk().For(about(lang, kind))
			raw, err := mailpkg.Compose(l)
			if err != nil {
				t.Fatal(lang, kind, err)
			}
			all := l.Subject + l.Kicker + l.Headline + l.LinkText + l.Why + l.Stop + l.Action + l.Notice + strings.Join(l.Summary, "")
			for _, f := range l.Facts {
				all += f.Label + f.Value + f.More
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
	if last := l.Facts[len(l.Facts)-1]; last.Value != "Quay Gazette" || last.More == "" {
		t.Errorf("nothing says whose sentences these are: %+v", l.Facts)
	}
	if ask := desk().For(about("en", news.Optin)); ask.StopLink != "" || !strings.HasSuffix(ask.Link, "/confirm/confirm-tok") || len(ask.Facts) > 0 {
		t.Errorf("the question tells more than it should: %+v", ask)
	}
}
