package bounce_test

import (
	"strings"
	"testing"

	"marsad/internal/bounce"
)

// TestWritten tells a reader's own mail from what programs send by themselves, in the shapes of known ones.
func TestWritten(t *testing.T) {
	for name, c := range map[string]struct {
		header string
		want   bool
	}{
		"a reader":                    {"Return-Path: <lina@reader.example>\nFrom: Lina <lina@reader.example>\nSubject: unsubscribe", true},
		"a reader's mail program":     {"From: lina@reader.example\nSubject: unsubscribe\nAuto-Submitted: no", true},
		"with two tags":               {"From: lina@reader.example\nX-Priority: 3", true},
		"on holiday":                  {"From: lina@reader.example\nAuto-Submitted: auto-replied\nSubject: Re: Harbour", false},
		"on holiday, with a comment":  {"From: lina@reader.example\nAuto-Submitted: auto-replied (vacation)", false},
		"on holiday, at Exchange":     {"From: lina@reader.example\nX-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated", false},
		"on holiday, an old program":  {"From: lina@reader.example\nPrecedence: bulk\nSubject: Out of office", false},
		"on holiday, older still":     {"From: lina@reader.example\nPrecedence: auto_reply", false},
		"on holiday, without a path":  {"Return-Path: <>\nFrom: lina@reader.example", false},
		"on holiday, cPanel":          {"From: lina@reader.example\nX-Autorespond: Harbour", false},
		"a mailing list":              {"From: lina@reader.example\nList-Id: <talk.reader.example>", false},
		"a mail server":               {"From: MAILER-DAEMON@mx.example\nSubject: failure notice", false},
		"a mail server, by its agent": {"From: Postmaster <postmaster@mx.example>", false},
		"a report":                    {"From: x@mx.example\nContent-Type: multipart/report; boundary=b", false},
		"nobody":                      {"Subject: unsubscribe", false},
	} {
		message := "Delivered-To: bounces+tag1@desk.example\n" + c.header + "\n\nthis is a request\n"
		r, err := bounce.Read([]byte(strings.ReplaceAll(message, "\n", "\r\n")), address)
		if err != nil || r.Written != c.want || r.Tag != "tag1" || r.Means() != bounce.Nothing {
			t.Errorf("%s: %+v %v", name, r, err)
		}
	}
}
