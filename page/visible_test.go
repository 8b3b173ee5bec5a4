package page

import (
	"testing"

	"marsad/news"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"Donau\u00addampf":                      "Donaudampf",
		"one\u200btwo":                          "onetwo",
		"ไทย\u200bคำ":                           "ไทย\u200bคำ",
		"می\u200cشود":                           "می\u200cشود",
		"\u202bنص\u202c \u202eevil":             "نص evil",
		"of\ufb01ce, \ufefb":                    "office, لا",
		"ﷺ":                                     "ﷺ",
		"\ufeffstart\u2060end":                  "startend",
		"\ufee3\ufee6 \ufe91\ufeb4\ufea0\ufee6": "من بسجن",
		"\ufee6\ufee3":                          "\ufee6\ufee3", // in the order of sight
		"plain":                                 "plain",
	} {
		if got := visible(in); got != want {
			t.Errorf("visible(%q) = %q, not %q", in, got, want)
		}
	}
}

// TestInvisibleInText: the text and the headline of a page have none of it, written as characters or as references.
func TestInvisibleInText(t *testing.T) {
	html := `<html><head><title>Der Zu\u00adsammenstoß am Tunnel</title></head><body><h1>Der Zu&shy;sammenstoß am Tunnel</h1><article>` +
		"<p>Bei einem Zu&shy;sammen\u00adstoß zweier Güter\u200bzüge vor dem Tunnel sind am frühen Morgen sieben Menschen verletzt worden, wie die Bahn mitteilte.</p>" +
		"<p>Drei mit Ge&#8203;treide be\u2060ladene Waggons sprangen aus den Schienen, der Verkehr auf der Strecke ruht nach An\u202egaben der Bahn in beiden Richtungen.</p></article></body></html>"
	a, err := Extract(news.Page{Body: []byte(html), ContentType: "text/html; charset=utf-8"}, nil)
	want := "Bei einem Zusammenstoß zweier Güterzüge vor dem Tunnel sind am frühen Morgen sieben Menschen verletzt worden, wie die Bahn mitteilte.\n\n" +
		"Drei mit Getreide beladene Waggons sprangen aus den Schienen, der Verkehr auf der Strecke ruht nach Angaben der Bahn in beiden Richtungen."
	if err != nil || a.Text != want || a.Headline != "Der Zusammenstoß am Tunnel" {
		t.Errorf("%v\n%q\n%q", err, a.Headline, a.Text)
	}
}
