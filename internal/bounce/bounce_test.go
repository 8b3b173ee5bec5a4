package bounce_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsad/internal/bounce"
	"marsad/internal/fault"
)

const address = "bounces@desk.example"

// report gives a delivery report as mail servers write them; fields stand in its second group.
func report(to, fields string) string {
	return strings.ReplaceAll(`Return-Path: <>
Delivered-To: `+to+`
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: `+to+`
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Tue, 3 Mar 2026 09:00:00 +0000

Final-Recipient: rfc822; lina@reader.example
`+fields+`
--b
Content-Type: message/rfc822

Subject: Harbour opens
To: lina@reader.example

x
--b--
`, "\n", "\r\n")
}

func Example() {
	r, err := bounce.Read([]byte(report("bounces+ab12@desk.example", "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n")), address)
	fmt.Println(r.Tag, r.Means(), r.Words, err)
	// Output: ab12 gone smtp; 550 no such user <nil>
}

func TestMeans(t *testing.T) {
	for name, c := range map[string]struct{ fields, want string }{
		"nobody there":     {"Action: failed\nStatus: 5.1.1\n", bounce.Gone},
		"box is closed":    {"Action: failed\nStatus: 5.2.1\n", bounce.Gone},
		"comment":          {"Action: failed\nStatus: 5.1.1 (bad destination)\n", bounce.Gone},
		"small letters":    {"action: Failed\nstatus: 5.1.10\n", bounce.Gone},
		"policy":           {"Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 blocked\n", bounce.Refused},
		"our address":      {"Action: failed\nStatus: 5.1.8\n", bounce.Refused},
		"full":             {"Action: failed\nStatus: 5.2.2\n", bounce.Failed},
		"given up on":      {"Action: failed\nStatus: 4.4.1\n", bounce.Nothing},
		"delayed":          {"Action: delayed\nStatus: 4.4.1\n", bounce.Nothing},
		"delivered":        {"Action: delivered\nStatus: 2.0.0\n", bounce.Nothing},
		"no status":        {"Action: failed\n", bounce.Nothing},
		"no action":        {"Status: 5.1.1\n", bounce.Nothing},
		"two, one for bad": {"Action: delayed\nStatus: 4.4.1\n\nFinal-Recipient: rfc822; b@reader.example\nAction: failed\nStatus: 5.1.1\n", bounce.Gone},
	} {
		r, err := bounce.Read([]byte(report("bounces+ab12@desk.example", c.fields)), address)
		if err != nil || r.Means() != c.want || r.Tag != "ab12" {
			t.Errorf("%s: %+v means %q, want %q (%v)", name, r, r.Means(), c.want, err)
		}
	}
}

// TestAnswers are no reports: people and mailboxes that answer by themselves.
func TestAnswers(t *testing.T) {
	for name, m := range map[string]string{
		"on holiday":       "To: bounces+ab12@desk.example\r\nSubject: Out of office: 5.1.1\r\nAuto-Submitted: auto-replied\r\nContent-Type: text/plain\r\n\r\nStatus: 5.1.1\r\nAction: failed\r\n",
		"a person":         "To: bounces+ab12@desk.example\r\nSubject: who are you\r\n\r\n550 5.1.1\r\n",
		"a read receipt":   "To: bounces+ab12@desk.example\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n",
		"an empty report":  "To: bounces+ab12@desk.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b--\r\n",
		"no boundary":      "To: bounces+ab12@desk.example\r\nContent-Type: multipart/report; report-type=delivery-status\r\n\r\nAction: failed\r\n",
		"quoted elsewhere": "To: bounces+ab12@desk.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nx: y\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n",
	} {
		r, err := bounce.Read([]byte(m), address)
		if err != nil || !r.Auto || r.Means() != bounce.Nothing {
			t.Errorf("%s: %+v %v", name, r, err)
		}
	}
}

func TestTags(t *testing.T) {
	for to, want := range map[string]string{
		"bounces+ab12@desk.example":                      "ab12",
		"Bounces+AB12@Desk.Example":                      "ab12",
		"bounces@desk.example":                           "",
		"bounces+ab12@other.example":                     "",
		"x <bounces+a'b@desk.example>":                   "",
		"bounces+1@x.example, bounces+ab12@desk.example": "ab12",
	} {
		r, err := bounce.Read([]byte(report(to, "Action: failed\nStatus: 5.1.1\n")), address)
		if err != nil || r.Tag != want {
			t.Errorf("%s: %q %v", to, r.Tag, err)
		}
	}
	if _, err := bounce.Read(make([]byte, 11<<20), address); fault.KindOf(err) != fault.TooLarge {
		t.Error(err)
	}
}

func TestMaildir(t *testing.T) {
	dir := t.TempDir()
	if err := bounce.Maildir(dir, nil); fault.KindOf(err) != fault.Invalid {
		t.Fatal(err)
	}
	for _, d := range []string{"new", "cur", "tmp"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range []string{"1", "2", "3"} {
		if err := os.WriteFile(filepath.Join(dir, "new", n), []byte(n), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	err := bounce.Maildir(dir, func(m []byte) error {
		if string(m) == "2" && len(got) < 2 {
			got = append(got, "no")
			return errors.New("not now")
		}
		got = append(got, string(m))
		return nil
	})
	if err == nil {
		t.Fatal("an error was swallowed")
	}
	if err := bounce.Maildir(dir, func(m []byte) error { got = append(got, string(m)); return nil }); err != nil || strings.Join(got, " ") != "1 no 2 3" {
		t.Fatal(got, err)
	}
	if seen, _ := os.ReadDir(filepath.Join(dir, "cur")); len(seen) != 3 {
		t.Fatal(seen)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(report("bounces+ab12@desk.example", "Action: failed\nStatus: 5.1.1\n")))
	f.Add([]byte("Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\nQWN0aW9u\r\n--b--"))
	for _, s := range samples {
		f.Add([]byte(s.message))
	}
	f.Fuzz(func(t *testing.T, m []byte) {
		r, err := bounce.Read(m, address)
		if err == nil && (len(r.Tag) >= 100 || strings.ContainsAny(r.Words, "\r\n")) {
			t.Errorf("%+v", r)
		}
		_ = r.Means()
	})
}
